import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ManualClock } from '../../github-server/clock';
import { GithubServer } from '../../github-server/githubServer';
import { World } from '../../github-server/world';
import { graphql } from './call';

const repo = 'octo-sample/paged';

interface Page {
	totalCount: number;
	pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
	nodes: { number: number }[];
	edges: { cursor: string; node: { number: number } }[];
}

describe('The stand-in\'s paging', () => {
	let world: World;
	let clock: ManualClock;
	let server: GithubServer;

	beforeEach(async () => {
		clock = new ManualClock();
		world = new World(clock);
		world.createRepository(repo);
		for (let count = 0; count < 12; count++) {
			world.createPullRequest(repo);
			// Pairs share a second, so the second part of the key has to tell them apart.
			if (count % 2 === 1) clock.advance(1000);
		}
		server = await GithubServer.start({ world });
	});
	afterEach(() => server.stop());

	async function page(args: string): Promise<Page> {
		const query = `{ repository(owner: "octo-sample", name: "paged") { pullRequests(${args}) {
			totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { number } edges { cursor node { number } } } } }`;
		const { data, errors } = await graphql<{ repository: { pullRequests: Page } }>(server, query);
		assert.deepEqual(errors, []);
		return data.repository.pullRequests;
	}

	const numbers = ({ nodes }: Page): number[] => nodes.map(({ number }) => number);
	const updated = 'orderBy: { field: UPDATED_AT, direction: DESC }';

	it('lists by creation unless told otherwise, forwards and backwards', async () => {
		const first = await page('first: 5');
		assert.deepEqual(numbers(first), [1, 2, 3, 4, 5]);
		assert.equal(first.totalCount, 12);
		const cursor = first.pageInfo.endCursor ?? '';
		assert.equal(cursor, first.edges.at(-1)?.cursor);
		assert.equal(first.pageInfo.hasPreviousPage, false);
		const next = await page(`first: 5, after: "${cursor}"`);
		assert.deepEqual(numbers(next), [6, 7, 8, 9, 10]);
		assert.deepEqual(numbers(await page(`last: 2, before: "${next.pageInfo.startCursor ?? ''}"`)), [4, 5]);
		assert.deepEqual(numbers(await page('last: 3')), [10, 11, 12]);
		assert.deepEqual(numbers(await page('first: 3, orderBy: { field: CREATED_AT, direction: DESC }')), [12, 11, 10]);
	});

	it('filters by state, label and base', async () => {
		world.merge(repo, 4);
		world.addLabel(repo, 7, 'Bug');
		assert.deepEqual(numbers(await page('first: 100, states: [MERGED, CLOSED]')), [4]);
		assert.deepEqual(numbers(await page('first: 100, labels: ["bug"]')), [7]);
		assert.deepEqual(numbers(await page('first: 100, baseRefName: "none"')), []);
	});

	it('goes on after the same key when the row moved, left, or new ones came', async () => {
		const first = await page(`first: 4, ${updated}`);
		assert.deepEqual(numbers(first), [12, 11, 10, 9]);
		world.comment(repo, 9);
		world.removePullRequest(repo, 8);
		world.createPullRequest(repo);
		assert.deepEqual(numbers(await page(`first: 4, ${updated}, after: "${first.pageInfo.endCursor ?? ''}"`)), [7, 6, 5, 4]);
	});

	it('skips a row that is bumped ahead of the cursor, as GitHub does', async () => {
		const first = await page(`first: 4, ${updated}`);
		world.comment(repo, 3);
		assert.ok(!numbers(await page(`first: 100, ${updated}, after: "${first.pageInfo.endCursor ?? ''}"`)).includes(3));
		assert.equal(numbers(await page(`first: 1, ${updated}`))[0], 3);
	});

	it('visits each row once, whatever the page size and the order', async () => {
		const orders = ['CREATED_AT', 'UPDATED_AT', 'COMMENTS'].flatMap((field) => ['ASC', 'DESC'].map((direction) => `orderBy: { field: ${field}, direction: ${direction} }`));
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...orders), fc.integer({ min: 1, max: 13 }), fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 6 }), async (order, size, commented) => {
				for (const number of commented) world.comment(repo, number);
				const seen: number[] = [];
				for (let after = '', more = true; more;) {
					const one = await page(`first: ${size}, ${order}${after}`);
					seen.push(...numbers(one));
					more = one.pageInfo.hasNextPage;
					after = `, after: "${one.pageInfo.endCursor ?? ''}"`;
				}
				assert.deepEqual(seen.sort((left, right) => left - right), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
			}),
			{ numRuns: 25 },
		);
	});
});
