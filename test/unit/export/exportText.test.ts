import assert from 'node:assert/strict';
import { exportRows, type ExportKind } from '../../../src/core/export/exportRows';
import { writeText, type ExportFormat } from '../../../src/core/export/exportText';
import { shownText } from '../../../src/core/model/visibleText';
import { CancelledError } from '../../../src/core/model/humanError';
import type { SqlStore } from '../../../src/core/store/sqlStore';
import type { PullRequestFilter } from '../../../src/core/store/read/filter';
import { Bench, details, fullDetails, NO_TIME, pullRequest, repository, user } from '../store/fixtures';

const LABELS = [{ id: 'L_bug', name: 'bug', color: 'ff0000' }, { id: 'L_odd', name: 'a "b", c', color: '00ff00' }];
const MILESTONES = [{ id: 'M1', number: 1, title: '=HYPERLINK("http://evil.example","Spring")', state: 'OPEN' as const, dueOn: '2026-03-01T08:00:00Z' }];

describe('an export', () => {
	let bench: Bench;
	let store: SqlStore;

	beforeEach(async () => {
		bench = await Bench.make();
		store = await bench.open();
	});
	afterEach(() => bench.dispose());

	const seed = async (): Promise<void> => {
		await store.apply({
			repository: repository(),
			labels: LABELS,
			milestones: MILESTONES,
			pullRequests: [
				pullRequest(2, { title: "=cmd|' /C calc'!A0", labelIds: ['L_bug', 'L_odd'], milestoneId: 'M1', assignees: [user('ada'), user('Zoe')], details: fullDetails(), author: null }),
				pullRequest(1, { title: 'First, "quoted"\nand more', isDraft: true, state: 'MERGED', partial: ['reviews'] }),
			],
		});
		await store.apply({ repository: repository('octo/pier'), pullRequests: [pullRequest(9, { assignees: [user('ADA')] })] });
	};

	const written = async (kind: ExportKind, format: ExportFormat, filter: PullRequestFilter = {}) => {
		let text = '';
		const count = await writeText(exportRows(kind, store, filter, NO_TIME), (piece) => Promise.resolve(void (text += piece)), { format, mark: true });
		return { text, count };
	};
	const json = async (kind: ExportKind, filter?: PullRequestFilter) => JSON.parse((await written(kind, 'json', filter)).text) as Record<string, unknown>[];

	it('of pull requests as CSV: a line each, nothing in it a formula', async () => {
		await seed();
		const { text, count } = await written('pull-requests', 'csv');
		assert.equal(count, 3);
		assert.equal(
			text,
			'\ufeff"repository","host","number","title","state","isDraft","author","createdAt","updatedAt","closedAt","mergedAt","milestone","labels","assignees","reviewRequests","changesRequested","checks","additions","deletions","changedFiles","baseRef","headRef","linkedIssues","incomplete","url","mergedBy"\r\n' +
				'"octo/harbor","github.com",1,"First, ""quoted""\nand more","MERGED",true,"ada","2026-01-01T00:00:00Z","2026-02-01T00:01:00Z",,,,,,,false,"unknown",,,,"main","topic-1",,"reviews; details","https://github.com/octo/harbor/pull/1",\r\n' +
				`"octo/harbor","github.com",2,"'=cmd|' /C calc'!A0","OPEN",false,,"2026-01-01T00:00:00Z","2026-02-01T00:02:00Z",,,"'=HYPERLINK(""http://evil.example"",""Spring"")","bug; a ""b"", c","ada; Zoe","grace; octo/reviewers; Bob",true,"pending",10,2,1,"main","topic-2","9",,"https://github.com/octo/harbor/pull/2",\r\n` +
				'"octo/pier","github.com",9,"Change 9","OPEN",false,"ada","2026-01-01T00:00:00Z","2026-02-01T00:09:00Z",,,,,"ADA",,false,"unknown",,,,"main","topic-9",,"details","https://github.com/octo/harbor/pull/9",\r\n',
		);
	});

	it('of checks that could not be read: they are not known, which is not none', async () => {
		await store.apply({ repository: repository(), pullRequests: [pullRequest(1, { details: details({ checksState: null }), partial: ['checks'] }), pullRequest(2, { details: details() }), pullRequest(3)] });
		assert.deepEqual((await json('pull-requests')).map(({ checks }) => checks), ['unknown', 'none', 'unknown']);
	});

	it('of pull requests as JSON: every text as it is', async () => {
		await seed();
		const all = await json('pull-requests');
		assert.deepEqual(all.map(({ repository: name, number, title, labels, linkedIssues, isDraft, author, additions }) => [name, number, title, labels, linkedIssues, isDraft, author, additions]), [
			['octo/harbor', 1, 'First, "quoted"\nand more', [], [], true, 'ada', null],
			['octo/harbor', 2, "=cmd|' /C calc'!A0", ['bug', 'a "b", c'], [9], false, null, 10],
			['octo/pier', 9, 'Change 9', [], [], false, 'ada', null],
		]);
		assert.deepEqual((await json('pull-requests', { states: ['OPEN'], labels: { match: 'none', names: ['bug'] } })).map(({ number }) => number), [9]);
		const [, pier] = await store.read.repositories();
		assert.deepEqual((await json('pull-requests', { repositoryId: pier?.id ?? 0 })).map(({ number }) => number), [9]);
	});

	it('whose hidden signs are left out is judged without them', async () => {
		await store.apply({ repository: repository(), pullRequests: [pullRequest(1, { title: '\u200b=1+1' }), pullRequest(2, { title: 'a;\u034f=1' })] });
		let text = '';
		await writeText(exportRows('pull-requests', store, {}, NO_TIME), (piece) => Promise.resolve(void (text += piece)), { format: 'csv', mark: false, shown: shownText });
		assert.match(text, /,"'=1\+1",/);
		assert.match(text, /,"a;'=1",/);
	});

	it('of workload and milestones', async () => {
		await seed();
		assert.deepEqual(await json('workload'), [
			{ login: 'ada', open: 2, draft: 0, changesRequested: 1, reviewRequested: 0, ready: 1, stale: 0, merged: 0, alsoStale: 0 },
			{ login: 'Bob', open: 0, draft: 0, changesRequested: 0, reviewRequested: 1, ready: 0, stale: 0, merged: 0, alsoStale: 0 },
			{ login: 'grace', open: 0, draft: 0, changesRequested: 0, reviewRequested: 1, ready: 0, stale: 0, merged: 0, alsoStale: 0 },
			{ login: 'Zoe', open: 1, draft: 0, changesRequested: 1, reviewRequested: 0, ready: 0, stale: 0, merged: 0, alsoStale: 0 },
		]);
		assert.deepEqual(await json('milestones'), [
			{ repository: 'octo/harbor', host: 'github.com', number: 1, title: MILESTONES[0]?.title, state: 'OPEN', dueOn: '2026-03-01T08:00:00Z', open: 1, closed: 0, percent: 0 },
		]);
		assert.match((await written('milestones', 'csv')).text, /\r\n"octo\/harbor","github\.com",1,"'=HYPERLINK\(/);
	});

	it('of nothing is a line of titles, or an empty list', async () => {
		assert.match((await written('pull-requests', 'csv')).text, /^\ufeff"repository",[^\n]*,"url","mergedBy"\r\n$/);
		assert.deepEqual(await json('pull-requests'), []);
		assert.deepEqual(await json('milestones'), []);
	});

	it('holds no more than a page, and stops when it is taken back', async () => {
		await store.apply({ repository: repository(), pullRequests: Array.from({ length: 1_200 }, (_, i) => pullRequest(i + 1)) });
		const rows: number[] = [];
		let longest = 0;
		const sink = (piece: string) => Promise.resolve(void (longest = Math.max(longest, piece.split('\n').length)));
		assert.equal(await writeText(exportRows('pull-requests', store, {}, NO_TIME), sink, { format: 'csv', mark: false, onProgress: (count) => rows.push(count) }), 1_200);
		assert.deepEqual(rows, [500, 1_000, 1_200]);
		assert.equal(longest, 501);
		const abort = new AbortController();
		const stopped = writeText(exportRows('pull-requests', store, {}, NO_TIME), sink, { format: 'json', mark: false, signal: abort.signal, onProgress: () => abort.abort() });
		await assert.rejects(stopped, CancelledError);
	});

	it('has every pull request once, whatever changes meanwhile', async () => {
		await store.apply({ repository: repository(), pullRequests: Array.from({ length: 1_500 }, (_, i) => pullRequest(i + 1)) });
		const seen: number[] = [];
		const change = async (count: number) => {
			await store.apply({ repository: repository(), pullRequests: [pullRequest(count - 3, { updatedAt: '2026-05-01T00:00:00Z' }), pullRequest(1_400, { state: 'CLOSED' })], removed: [1_450] });
		};
		const sink = async (piece: string): Promise<void> => {
			seen.push(...[...piece.matchAll(/"number":(\d+)/g)].map(([, number]) => Number(number)));
			if (seen.length > 0 && seen.length < 1_500) await change(seen.length);
		};
		await writeText(exportRows('pull-requests', store, {}, NO_TIME), sink, { format: 'json', mark: false });
		assert.equal(new Set(seen).size, seen.length);
		assert.deepEqual(seen, Array.from({ length: 1_500 }, (_, i) => i + 1).filter((number) => number !== 1_450));
	});
});
