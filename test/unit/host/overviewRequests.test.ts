import assert from 'node:assert/strict';
import { HumanError } from '../../../src/core/model/humanError';
import { storedProject, type Project } from '../../../src/core/projects/project';
import type { AttributeFilter } from '../../../src/core/filter/conditions';
import type { SqlStore } from '../../../src/core/store/sqlStore';
import type { WorkSelection } from '../../../src/core/store/read/workParts';
import { OverviewRequests, type OverviewSources } from '../../../src/host/panel/overviewRequests';
import { panelHtml } from '../../../src/host/panel/panelHtml';
import type { PageRequest, Results, Tab } from '../../../src/webview/protocol';
import { Bench, NOW, pullRequest, repository, user } from '../store/fixtures';
import { english } from './english';

describe('the answers to the overview page', () => {
	let bench: Bench;
	let store: SqlStore;
	let applied: (WorkSelection | undefined)[];
	let tab: Tab | undefined;
	let attributes: AttributeFilter;
	let project: Project | undefined;
	let requests: OverviewRequests;

	beforeEach(async () => {
		bench = await Bench.make();
		store = await bench.open();
		applied = [];
		tab = undefined;
		attributes = {};
		project = undefined;
		const sources: OverviewSources = {
			store: () => Promise.resolve(store),
			filter: { get: () => attributes, work: undefined, applyWork: (work) => applied.push(work) },
			scope: { stored: (rows) => project && storedProject(project, rows) },
			staleDays: () => 7,
			clock: { now: () => NOW },
			l10n: english,
			save: (format, content) => Promise.resolve(content === '' ? undefined : `workload.${format}`),
			takeTab: () => tab,
		};
		requests = new OverviewRequests(sources);
	});
	afterEach(() => bench.dispose());

	/** What a request is answered with; kinds of requests and results go together by name. */
	async function ask<K extends keyof Results>(request: Extract<PageRequest, { kind: K }>): Promise<Results[K]> {
		return (await requests.answer(request)) as Results[K];
	}

	async function fill(): Promise<void> {
		await store.apply({
			repository: repository(),
			milestones: [
				{ id: 'M1', number: 1, title: 'v1\n\u202ex', state: 'OPEN', dueOn: '2026-05-30T07:00:00Z' },
				{ id: 'M2', number: 2, title: 'v0', state: 'CLOSED', dueOn: null },
			],
			labels: [{ id: 'L', name: 'bug', color: 'ff0000' }],
			pullRequests: [
				pullRequest(1, { updatedAt: '2026-05-25T00:00:00Z', assignees: [user('ada')], milestoneId: 'M1', labelIds: ['L'] }),
				pullRequest(2, { updatedAt: '2026-05-24T23:59:59Z', assignees: [user('ada')], milestoneId: 'M1' }),
				pullRequest(3, { state: 'CLOSED', closedAt: '2026-02-01T00:00:00Z', milestoneId: 'M1' }),
			],
		});
		await store.apply({ repository: repository('octo/pier'), pullRequests: [pullRequest(1)] });
	}

	it('are empty while nothing is stored', async () => {
		const workload = await ask<'workload'>({ kind: 'workload', id: 1, repository: null, mergedDays: 30, role: 'assignee' });
		assert.deepEqual([workload.repositories, workload.model.people, workload.model.unassigned.total, workload.model.scale], [[], [], 0, 0]);
		assert.deepEqual(await ask<'milestones'>({ kind: 'milestones', id: 2, repository: null }), { repositories: [], repository: null, project: null, part: '', milestones: [] });
	});

	it('begin with the words, and the tab that a command asked for', async () => {
		const start = await ask<'start'>({ kind: 'start', id: 1 });
		assert.deepEqual([start.language, start.tab, start.selection], ['en', null, null]);
		assert.ok(Object.values(start.texts).every((text) => typeof text === 'object' || text !== ''));
		tab = 'milestones';
		assert.equal((await ask<'start'>({ kind: 'start', id: 1 })).tab, 'milestones');
	});

	it('count to the second what is stale, in one repository or all', async () => {
		await fill();
		const all = await ask<'workload'>({ kind: 'workload', id: 1, repository: null, mergedDays: 30, role: 'assignee' });
		assert.deepEqual(all.repositories.map(({ key }) => key), ['github.com/octo/harbor', 'github.com/octo/pier']);
		assert.deepEqual(all.period, { staleBefore: '2026-05-25T00:00:00Z', role: 'assignee' });
		assert.deepEqual(all.model.people[0], { login: 'ada', parts: { ready: 1, changesRequested: 0, draft: 0, stale: 1, reviewRequested: 0 }, open: 2, total: 2, alsoStale: 0, merged: 0, reviewed: 0 });
		assert.equal(all.model.unassigned.total, 1);
		const pier = await ask<'workload'>({ kind: 'workload', id: 1, repository: 'github.com/octo/pier', mergedDays: 7, role: 'assignee' });
		assert.deepEqual(pier.period.repository, { host: 'github.com', nameWithOwner: 'octo/pier' });
		assert.deepEqual(pier.model.people.map(({ total }) => total), [0]);
		const gone = await ask<'workload'>({ kind: 'workload', id: 1, repository: 'github.com/octo/gone', mergedDays: 7, role: 'assignee' });
		assert.equal(gone.repository, null);
	});

	it('are by assignee where half of what is open has one, else by author, until a role is chosen', async () => {
		await fill();
		const roleOf = async (repository: string | null) => (await ask<'workload'>({ kind: 'workload', id: 1, repository, mergedDays: 30, role: null })).role;
		assert.deepEqual([await roleOf(null), await roleOf('github.com/octo/pier')], ['assignee', 'author']);
		const { role, model } = await ask<'workload'>({ kind: 'workload', id: 1, repository: null, mergedDays: 30, role: 'author' });
		assert.deepEqual([role, model.people.reduce((sum, { open }) => sum + open, 0) + model.unassigned.open], ['author', 3]);
	});

	it('tell how far milestones are, and one of them over time', async () => {
		await fill();
		const { milestones } = await ask<'milestones'>({ kind: 'milestones', id: 1, repository: null });
		assert.deepEqual(
			milestones.map(({ title, repository: of, done, left, percent, due, dueDay, overdue, closed }) => ({ title, of, done, left, percent, due, dueDay, overdue, closed })),
			[
				{ title: 'v1 x', of: 'octo/harbor', done: 1, left: 2, percent: 33, due: '2 days overdue', dueDay: '2026-05-30', overdue: true, closed: false },
				{ title: 'v0', of: 'octo/harbor', done: 0, left: 0, percent: null, due: '', dueDay: null, overdue: false, closed: true },
			],
		);
		const one = await ask<'milestone'>({ kind: 'milestone', id: 2, milestone: milestones[0]!.key });
		assert.deepEqual(one.points.at(-1), { day: '2026-06-01', opened: 3, closed: 1 });
		assert.deepEqual(one.left, [{ name: 'bug', color: 'ff0000', count: 1 }, { name: null, color: null, count: 1 }]);
		await assert.rejects(ask<'milestone'>({ kind: 'milestone', id: 3, milestone: '{}' }), HumanError);
	});

	it('take a project’s milestones of one title as one, unless one repository is chosen', async () => {
		await fill();
		await store.apply({
			repository: repository('octo/quay'),
			milestones: [{ id: 'M1', number: 1, title: 'V1\n\u202ex', state: 'OPEN', dueOn: '2026-07-01T07:00:00Z' }],
			labels: [{ id: 'L', name: 'Bug', color: '00ff00' }],
			pullRequests: [pullRequest(1, { milestoneId: 'M1', labelIds: ['L'], assignees: [user('ADA')], updatedAt: '2026-05-30T00:00:00Z' })],
		});
		project = { name: 'Port', options: {}, repositories: ['quay', 'harbor', 'gone'].map((name) => ({ host: 'github.com', owner: 'octo', name })) };
		const all = await ask<'milestones'>({ kind: 'milestones', id: 1, repository: null });
		assert.deepEqual([all.project, all.repositories.map(({ name }) => name)], ['Port', ['octo/quay', 'octo/harbor']]);
		assert.deepEqual(
			all.milestones.map(({ title, repository: of, done, left, dueDay, closed }) => [title, of, done, left, dueDay, closed]),
			[['V1 x', 'quay, harbor', 1, 3, '2026-05-30', false], ['v0', 'harbor', 0, 0, null, true]],
		);
		const one = await ask<'milestone'>({ kind: 'milestone', id: 2, milestone: all.milestones[0]!.key });
		assert.deepEqual(one.points.at(-1), { day: '2026-06-01', opened: 4, closed: 1 });
		assert.deepEqual(one.left, [{ name: 'Bug', color: '00ff00', count: 2 }, { name: null, color: null, count: 1 }]);

		const workload = await ask<'workload'>({ kind: 'workload', id: 3, repository: null, mergedDays: 30, role: 'assignee' });
		assert.deepEqual([workload.project, workload.period.repository, workload.model.people.map(({ total }) => total), workload.model.unassigned.total], ['Port', undefined, [3], 0]);
		const harbor = await ask<'milestones'>({ kind: 'milestones', id: 4, repository: 'github.com/octo/harbor' });
		assert.deepEqual(harbor.milestones.map(({ title, left, repository: of }) => [title, left, of]), [['v1 x', 2, ''], ['v0', 0, '']]);
		const pier = await ask<'workload'>({ kind: 'workload', id: 5, repository: 'github.com/octo/pier', mergedDays: 30, role: 'assignee' });
		assert.equal(pier.repository, null, 'not of the project');

		const kept = all.milestones[0]!.key;
		project = undefined;
		await assert.rejects(ask<'milestone'>({ kind: 'milestone', id: 6, milestone: kept }), HumanError);
	});

	it('are empty in a project of which nothing is stored', async () => {
		await fill();
		project = { name: 'Far', options: {}, repositories: [{ host: 'github.com', owner: 'octo', name: 'gone' }] };
		assert.deepEqual(await ask<'milestones'>({ kind: 'milestones', id: 1, repository: null }), { repositories: [], repository: null, project: 'Far', part: '', milestones: [] });
		const { model } = await ask<'workload'>({ kind: 'workload', id: 2, repository: null, mergedDays: 30, role: 'assignee' });
		assert.deepEqual([model.people, model.unassigned.total], [[], 0]);
	});

	it('count under the trees’ filter, and show the trees the same', async () => {
		await fill();
		attributes = { labels: { match: 'any', names: ['bug'] } };
		const { model, period, narrowed } = await ask<'workload'>({ kind: 'workload', id: 1, repository: null, mergedDays: 30, role: 'assignee' });
		assert.deepEqual([model.people[0]?.total, model.unassigned.total, narrowed], [1, 0, 'labeled bug']);
		await ask<'filter'>({ kind: 'filter', id: 2, selection: { ...period, login: 'ada', part: 'ready' } });
		assert.deepEqual(applied[0]?.attributes, attributes);
		const work = applied[0];
		assert.equal((await store.read.pullRequests({ work }, { offset: 0, limit: 10 })).length, 1);
	});

	it('pass on what to show in the trees, and what was saved', async () => {
		const selection: WorkSelection = { login: 'ada', part: 'stale', staleBefore: '2026-05-25T00:00:00Z' };
		assert.equal(await ask<'filter'>({ kind: 'filter', id: 1, selection }), null);
		await ask<'filter'>({ kind: 'filter', id: 1, selection: null });
		assert.deepEqual(applied, [{ ...selection, attributes: {} }, undefined]);
		assert.deepEqual(await ask<'save'>({ kind: 'save', id: 1, format: 'svg', content: '<svg/>' }), { name: 'workload.svg' });
		assert.deepEqual(await ask<'save'>({ kind: 'save', id: 1, format: 'csv', content: '' }), { name: null });
	});
});

describe('the page’s frame', () => {
	it('allows one script and one style sheet, and nothing inline', () => {
		const html = panelHtml({ source: 'https://x.vscode-cdn.net', script: 'https://x/overview.js?"a', style: 'https://x/overview.css', nonce: 'n0nce', language: 'en', title: '<Overview>' });
		const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
		assert.match(policy, /^default-src 'none'; script-src 'nonce-n0nce'; style-src https:\/\/x\.vscode-cdn\.net; /);
		assert.ok(!/unsafe|\*|data:|blob:/.test(policy));
		assert.ok(!/<style|style=|<script(?![^>]*src=)|\son[a-z]+=/.test(html));
		assert.ok(html.includes('&lt;Overview&gt;') && html.includes('overview.js?&quot;a'));
	});
});
