import { askedFilter } from '../../../src/cli/askedFilter';
import assert from 'node:assert/strict';
import { MARKS } from '../../../src/cli/marks';
import { milestonesReport } from '../../../src/cli/reports/milestonesReport';
import { workloadReport } from '../../../src/cli/reports/workloadReport';
import { exportRows, type ExportKind } from '../../../src/core/export/exportRows';
import { writeText } from '../../../src/core/export/exportText';
import { workPeriod } from '../../../src/core/insights/workloadModel';
import type { Store } from '../../../src/core/store/store';
import { OverviewRequests } from '../../../src/host/panel/overviewRequests';
import { milestonesTool } from '../../../src/host/tools/milestonesTool';
import { workloadTool } from '../../../src/host/tools/workloadTool';
import type { MilestonesResult, WorkloadResult } from '../../../src/webview/protocol';
import { english } from '../host/english';
import { Bench, details, NOW, pullRequest, repository, user } from '../store/fixtures';

const STALE_DAYS = 9;
const FRESH = { updatedAt: '2026-05-30T00:00:00Z' };

/** What the surfaces have in common of a person, by login. */
type Numbers = Record<string, Record<string, unknown>>;

describe('every surface tells the same numbers', () => {
	let bench: Bench;
	let store: Store;

	before(async () => {
		bench = await Bench.make();
		store = await bench.open();
		const asks = details({ reviewRequests: [user('bo')], reviews: [{ id: 'R', databaseId: null, state: 'CHANGES_REQUESTED', submittedAt: '2026-05-01T00:00:00Z', author: user('eve'), body: null, commitOid: null }] });
		await store.apply({
			repository: repository(),
			milestones: [
				{ id: 'M1', number: 1, title: 'late', state: 'OPEN', dueOn: '2026-05-01T07:00:00Z' },
				{ id: 'M2', number: 2, title: 'complete', state: 'OPEN', dueOn: '2026-05-01T07:00:00Z' },
				{ id: 'M3', number: 3, title: 'empty', state: 'OPEN', dueOn: null },
			],
			pullRequests: [
				pullRequest(1, { ...FRESH, assignees: [user('ada'), user('Bo')], milestoneId: 'M1', details: asks }),
				pullRequest(2, { ...FRESH, assignees: [user('ADA')], isDraft: true, milestoneId: 'M1', details: asks }),
				// Stale, a draft and not wanted as it is: counted once, as a draft.
				pullRequest(3, { assignees: [user('ada')], isDraft: true, details: asks }),
				pullRequest(4, { ...FRESH, milestoneId: 'M1' }),
				pullRequest(5, { ...FRESH, state: 'MERGED', mergedAt: '2026-05-30T00:00:00Z', closedAt: '2026-05-30T00:00:00Z', assignees: [user('cy')], milestoneId: 'M1' }),
				pullRequest(6, { state: 'CLOSED', closedAt: '2026-05-02T00:00:00Z', milestoneId: 'M2' }),
			],
		});
		// Its first run has not come to its end.
		await store.apply({
			repository: { ...repository('octo/pier'), syncedAt: null },
			milestones: [{ id: 'M9', number: 1, title: 'half read', state: 'OPEN', dueOn: '2026-05-01T07:00:00Z' }],
			pullRequests: [pullRequest(1, { state: 'CLOSED', closedAt: '2026-05-02T00:00:00Z', milestoneId: 'M9', assignees: [user('bo')] })],
		});
	});
	after(() => bench.dispose());

	const overview = () =>
		new OverviewRequests({
			store: () => Promise.resolve(store),
			filter: { get: () => ({}), work: undefined, applyWork: () => undefined },
			scope: { stored: () => undefined },
			staleDays: () => STALE_DAYS,
			clock: { now: () => NOW },
			l10n: english,
			save: () => Promise.resolve(undefined),
			takeTab: () => undefined,
		});
	const source = async () => ({ store, repositories: await store.read.repositories(), filter: {}, merged: false, asked: askedFilter({}), now: NOW, staleDays: STALE_DAYS, marks: MARKS });
	const tool = { now: NOW, staleDays: STALE_DAYS };
	const exported = async (kind: ExportKind): Promise<Record<string, unknown>[]> => {
		let text = '';
		await writeText(exportRows(kind, store, {}, workPeriod(NOW, { staleDays: STALE_DAYS })), (piece) => Promise.resolve(void (text += piece)), { format: 'json', mark: false });
		return JSON.parse(text) as Record<string, unknown>[];
	};

	it('of the workload', async () => {
		const ofPeople = (rows: readonly object[]): Numbers => {
			const columns = ['open', 'ready', 'changesRequested', 'draft', 'stale', 'alsoStale', 'reviewRequested', 'merged'];
			return Object.fromEntries(
				(rows as Record<string, unknown>[]).map((row) => [typeof row['login'] === 'string' ? row['login'].toLowerCase() : '', Object.fromEntries(columns.map((column) => [column, row[column]]))]),
			);
		};
		const { model } = (await overview().answer({ kind: 'workload', id: 1, repository: null, mergedDays: 30, role: 'assignee' })) as WorkloadResult;
		const page = ofPeople([...model.people, model.unassigned].filter(({ total, merged }) => total + merged > 0).map(({ login, open, parts, alsoStale, merged }) => ({ login, open, ...parts, alsoStale, merged })));
		const nothing = { open: 0, ready: 0, changesRequested: 0, draft: 0, stale: 0, alsoStale: 0, reviewRequested: 0, merged: 0 };
		assert.deepEqual(page, {
			'': { ...nothing, open: 1, ready: 1 },
			ada: { ...nothing, open: 3, changesRequested: 1, draft: 2, alsoStale: 1 },
			bo: { ...nothing, open: 1, changesRequested: 1, reviewRequested: 3 },
			cy: { ...nothing, merged: 1 },
		});
		assert.deepEqual(ofPeople((await workloadReport(await source())).items), page);
		assert.deepEqual(ofPeople((await workloadTool.answer({ store, ...tool }, {})).rows), page);
		assert.deepEqual(ofPeople(await exported('workload')), page);
	});

	it('of milestones', async () => {
		const { milestones } = (await overview().answer({ kind: 'milestones', id: 1, repository: null })) as MilestonesResult;
		const page = milestones.map(({ title, left, done, percent, overdue }) => [title, left, done, percent, overdue]);
		assert.deepEqual(page, [
			['complete', 0, 1, 100, false],
			// Until all is read, nobody knows that nothing is left.
			['half read', 0, 1, null, true],
			['late', 3, 1, 25, true],
			['empty', 0, 0, null, false],
		]);
		const report = (await milestonesReport(await source())).items as { title: string; open: number; closed: number; progress: number | null; overdue: boolean }[];
		assert.deepEqual(report.map(({ title, open, closed, progress, overdue }) => [title, open, closed, progress === null ? null : Math.floor(progress * 100), overdue]), page);
		const told = (await milestonesTool.answer({ store, ...tool }, {})).rows as Record<string, unknown>[];
		assert.deepEqual(told.map(({ title, left, done, percent, overdue }) => [title, left, done, percent, overdue]), page);
		assert.deepEqual((await exported('milestones')).map(({ title, open, closed, percent }) => [title, open, closed, percent]), page.map(([title, left, done, percent]) => [title, left, done, percent]));
	});
});
