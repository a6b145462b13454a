import assert from 'node:assert/strict';
import { CursorTrail } from '../../../src/core/github/lists';
import { assertBounded } from '../../../src/core/sync/listing';
import type { SyncContext } from '../../../src/core/sync/syncContext';
import type { FaultAction } from '../../github-server/faults';
import { REPO, SyncHarness } from './syncHarness';

interface Page {
	totalCount: number;
	pageInfo: { hasNextPage: boolean; endCursor: string };
	nodes: object[];
}

const MANY = 10_000_000;

describe('a list that goes on without end', () => {
	let h: SyncHarness;
	let pages = 0;

	beforeEach(async () => {
		h = await SyncHarness.start();
		h.createPullRequests(2);
		h.world.pushCommit(REPO, 1, Array.from({ length: 120 }, (_, index) => ({ path: `src/${index}.ts` })));
		h.later();
		pages = 0;
	});
	afterEach(() => h.stop());

	/** Fills a page with rows that never were, and promises more. */
	function more(page: Page, row: (index: number) => object): Page {
		pages++;
		return { totalCount: MANY, pageInfo: { hasNextPage: true, endCursor: `made-up-${pages}` }, nodes: Array.from({ length: 100 }, (_, index) => row(pages * 100 + index)) };
	}

	/** Changes each answer; a cursor that was made up brings the first good answer once more. */
	function patched(change: (data: Record<string, Record<string, Page> | null>) => void): FaultAction {
		let good: { data: Record<string, Record<string, Page> | null> } | undefined;
		return {
			kind: 'patch',
			patch: (answer) => {
				const { errors, ...body } = answer.body as { errors?: unknown; data: Record<string, Record<string, Page> | null> };
				good ??= errors === undefined ? body : undefined;
				const made = structuredClone(good ?? body);
				change(made.data);
				return { ...answer, body: made };
			},
		};
	}

	it('of labels is left after 10,000, with a word', async () => {
		const label = (index: number) => ({ id: `LA_made_up_${index}`, name: `made up ${index}`, color: 'ededed' });
		const endless = () => patched(({ repository }) => {
			for (const name of ['labels', 'list']) {
				if (repository?.[name]) {
					repository[name] = more(repository[name], label);
				}
			}
		});
		h.server.addFault({ ...endless(), match: { operationName: 'Probe' }, times: Infinity });
		h.server.addFault({ ...endless(), match: { operationName: 'Catalogue' }, times: Infinity });
		const report = await h.seed();
		assert.ok(pages > 100 && pages < 250, `${pages} pages`);
		assert.match(report.notes.map((note) => (typeof note === 'string' ? note : JSON.stringify(note))).join(), /labels/);
		assert.equal((await h.cache()).entries.size, 2);
	});

	it('of a pull request’s files is left after 20,000, and marked', async () => {
		const endless = patched((data) => {
			const rest = data['rest0'];
			if (rest?.['list']) {
				rest['list'] = more(rest['list'], (index) => ({ path: `made-up/${index}.ts`, additions: 1, deletions: 0, changeType: 'ADDED' }));
			}
		});
		h.server.addFault({ ...endless, match: { operationName: 'Overflow' }, times: Infinity });
		const report = await h.seed();
		assert.ok(pages > 100 && pages <= 200, `${pages} pages`);
		assert.deepEqual(report.partial, [1]);
	});

	it('of pull requests is told of, with what to do', () => {
		const trail = new CursorTrail(null);
		const page = { totalCount: MANY, pageInfo: { hasNextPage: true, endCursor: 'next' }, nodes: new Array<object>(100_000) };
		const context = { cache: { entries: new Map() }, ref: h.ref } as unknown as SyncContext;
		for (let i = 0; i < 3; i++) {
			trail.take({ ...page, pageInfo: { ...page.pageInfo, endCursor: `next ${i}` } });
			assertBounded(context, trail);
		}
		trail.take(page);
		assert.throws(() => assertBounded(context, trail), /octo\/harbor lists more than 300,?000 pull requests\. Fetch a part/);
	});
});

describe('an answer that is too long', () => {
	let h: SyncHarness;
	beforeEach(async () => {
		h = await SyncHarness.start();
		h.createPullRequests(40);
		h.later();
	});
	afterEach(() => h.stop());

	const tooLong = { kind: 'respond', status: 200, headers: { 'content-type': 'application/json' }, body: { data: 'x'.repeat(9 * 1024 * 1024) } } as const;

	it('is asked for in smaller pieces, at once', async () => {
		h.server.addFault({ ...tooLong, match: { operationName: 'Details', variables: ({ ids }) => Array.isArray(ids) && ids.length > 5 }, times: Infinity });
		await h.seed();
		assert.deepEqual(h.clock.sleeps, []);
		assert.equal([...(await h.cache()).entries.values()].filter(({ detailsOf }) => detailsOf === null).length, 0);
	});

	it('about one list alone leaves that list incomplete', async () => {
		h.world.pushCommit(REPO, 1, Array.from({ length: 120 }, (_, index) => ({ path: `src/${index}.ts` })));
		h.later();
		h.server.addFault({ ...tooLong, match: { operationName: 'Overflow' }, times: Infinity });
		const report = await h.seed();
		assert.deepEqual(report.partial, [1]);
	});
});
