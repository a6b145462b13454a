import assert from 'node:assert/strict';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inEnglish } from '../../../src/core/model/sentence';
import { assertEqualsServer } from './equality';
import { asAtFirst, makeOlder } from './histories/olderCache';
import { SyncHarness, REPO } from './syncHarness';

describe('the cache on disk', () => {
	let h: SyncHarness;
	beforeEach(async () => {
		h = await SyncHarness.start();
	});
	afterEach(() => h.stop());

	const folder = () => join(h.storage, 'cache', 'github.com', 'octo', 'harbor');

	it('of an older version without repo_pushed_at still loads', async () => {
		h.createPullRequests(3);
		await h.seed();
		const path = join(folder(), 'state.json');
		const older = JSON.parse(asAtFirst(await readFile(path, 'utf8'))) as object;
		await writeFile(path, JSON.stringify({ ...older, version: 1 }));
		await h.forgetProcess();
		h.later();
		assert.equal((await h.seed()).mode, 'unchanged');
	});

	/** Makes the cache one that the release before would have left. */
	async function makeReleaseBefore(): Promise<void> {
		const path = join(folder(), await journal());
		const text = (await readFile(path, 'utf8')).replace(/,"version":\d+\}$/gm, '}').replace(/"mergedBy":(?:null|\{[^}]*\}),/g, '');
		await writeFile(path, text);
		const state = await readFile(join(folder(), 'state.json'), 'utf8');
		await writeFile(join(folder(), 'state.json'), state.replace(/("journal":\{"file":"[^"]*","size":)\d+/, (_found, before: string) => `${before}${Buffer.byteLength(text)}`));
		await rm(join(folder(), 'index.json'));
		await h.forgetProcess();
		h.later();
	}

	it('of the release before is asked for once more where what it lacks could not be read', async () => {
		h.createPullRequests(2);
		h.world.merge(REPO, 2);
		h.later();
		await h.seed();
		await makeReleaseBefore();
		h.server.addFault({
			kind: 'patch',
			times: Infinity,
			match: { operationName: 'Details' },
			patch: (answer) => {
				const body = structuredClone(answer.body) as { data?: { nodes?: Record<string, unknown>[] }; errors?: unknown[] };
				const errors = (body.data?.nodes ?? []).map((node, index) => {
					node['mergedBy'] = null;
					return { message: 'Something went wrong.', path: ['nodes', index, 'mergedBy'] };
				});
				return { ...answer, body: { ...body, errors } };
			},
		});
		assert.deepEqual((await h.seed()).pending, [1, 2], 'marked, and to be read again');
		h.server.clearFaults();
		h.later();
		await h.seed();
		await assertEqualsServer(h);
		h.later();
		await h.seed();
		assert.deepEqual(h.operations, ['Probe']);
	});

	for (const checkRuns of [true, false]) it(`of the release before still loads: of what it did not know only that is fetched, once, ${checkRuns ? 'with' : 'without'} checks`, async () => {
		h.createPullRequests(3);
		h.world.addReview(REPO, 1, 'octo-ada', 'APPROVED', 'Good');
		h.later();
		h.world.merge(REPO, 2);
		h.later();
		await h.seed();
		await makeReleaseBefore();
		const report = await h.seed({ checkRuns });
		assert.deepEqual([report.mode, h.operations, report.updated], ['incremental', ['Probe', 'Details'], 0]);
		assert.doesNotMatch(h.server.requests[1]?.query ?? '', /files|commits|statusCheckRollup/);
		await assertEqualsServer(h);
		h.later();
		await h.seed();
		assert.deepEqual(h.operations, ['Probe']);
	});

	it('of the first release still loads: what it did not know is not known until it is fetched', async () => {
		h.createPullRequests(3);
		h.world.addCheck(REPO, 1, { name: 'build', conclusion: 'FAILURE' });
		h.world.linkIssue(REPO, 2, 40);
		h.later();
		await h.seed();
		await makeOlder(folder(), await journal());
		await rm(join(h.storage, 'prs.sqlite'));
		await h.forgetProcess();
		h.later();
		const { seeder, store } = await h.open();
		assert.equal(await seeder.restore(), 1);
		const { rows } = await store.query('SELECT number, checks_state, partial FROM pull_request ORDER BY number', { rows: 5 });
		assert.deepEqual(rows, [[1, 'FAILURE', '[]'], [2, 'NONE', '[]'], [3, 'NONE', '[]']]);
		const issues = await store.query('SELECT issue_repository, issue_number FROM linked_issue', { rows: 5 });
		assert.deepEqual(issues.rows, [[REPO, 40]]);
		const report = await h.seed();
		assert.deepEqual([report.mode, h.operations, report.notes], ['incremental', ['Probe', 'Details'], []]);
		await assertEqualsServer(h);
	});

	for (const [what, damage] of [
		['a state that is not JSON', () => writeFile(join(folder(), 'state.json'), '{"version":')],
		['a state of a newer version', () => writeFile(join(folder(), 'state.json'), '{"version":99}')],
		['a state of a version that there never was', async () => {
			const path = join(folder(), 'state.json');
			await writeFile(path, (await readFile(path, 'utf8')).replace('"version":2', '"version":1.5'));
		}],
		['a state that says no more than its version', () => writeFile(join(folder(), 'state.json'), '{"version":2}')],
		['a state that is gone', () => rm(join(folder(), 'state.json'))],
		['a journal that is gone', async () => rm(join(folder(), await journal()))],
		['a damaged line that no index vouches for', async () => {
			await rm(join(folder(), 'index.json'));
			const path = join(folder(), await journal());
			await writeFile(path, (await readFile(path, 'utf8')).replace('{"pullRequest"', '{"pullReq'));
		}],
	] as const) {
		it(`${what} is set aside, and everything is fetched again`, async () => {
			h.createPullRequests(3);
			await h.seed();
			await damage();
			await h.forgetProcess();
			h.later();
			const report = await h.seed();
			assert.equal(report.mode, 'full');
			assert.match(report.notes.map(({ said }) => inEnglish(said)).join(), /could not be read.*set aside/);
			await assertEqualsServer(h);
			const [aside, ...others] = (await readdir(folder())).filter((name) => name.startsWith('unreadable-'));
			assert.deepEqual([others, await journals()].map(({ length }) => length), [0, 1], 'nothing of it is left behind');
			assert.ok((await readdir(join(folder(), aside ?? ''))).length > 0);
		});
	}

	it('is set aside as often as need be, and the newest copies are kept', async () => {
		h.createPullRequests(1);
		for (let time = 0; time < 6; time++) {
			await h.seed();
			await writeFile(join(folder(), 'state.json'), `{"version":2,"time":${time}}`);
			await h.forgetProcess();
			h.later();
		}
		await h.seed();
		const kept = (await readdir(folder())).filter((name) => name.startsWith('unreadable-')).sort();
		assert.deepEqual(await Promise.all(kept.map((name) => readFile(join(folder(), name, 'state.json'), 'utf8'))), [3, 4, 5].map((time) => `{"version":2,"time":${time}}`));
	});

	/** Replaces something in the last line of number 2, or right before it, by something as long. */
	const inLastLine = (pattern: RegExp, replacement: string) => (text: string) => {
		const at = text.lastIndexOf('\n{"pullRequest":{"number":2,');
		return text.slice(0, at) + text.slice(at).replace(pattern, (found) => replacement.padEnd(found.length));
	};

	for (const [what, damage] of [
		['a damaged line', inLastLine(/"number"/, '"numb\u0000r"')],
		['a line of an older version that lacks more than is known how to do without', inLastLine(/"headRef":"[^"]*",/, '')],
		['two lines that have become one', inLastLine(/\n/, ' ')],
		['one line that has become two', inLastLine(/"number":/, '"number"\n')],
	] as const) {
		describe(`with ${what} that the index vouches for`, () => {
			beforeEach(async () => {
				h.createPullRequests(4);
				h.world.addReview(REPO, 2, 'octo-ada', 'APPROVED', 'Good');
				h.later();
				await h.seed();
				const path = join(folder(), await journal());
				const text = await readFile(path, 'utf8');
				const damaged = damage(text);
				assert.notEqual(damaged, text);
				await writeFile(path, damaged);
				await h.forgetProcess();
				h.later();
			});

			for (const mode of ['in one run', 'one after the other']) {
				it(`has it fetched again when the database is made anew and the repository synced, ${mode}`, async () => {
					await rm(join(h.storage, 'prs.sqlite'));
					if (mode === 'one after the other') {
						assert.equal(await (await h.open()).seeder.restore(), 1);
						await h.forgetProcess();
					}
					await h.seed();
					await assertEqualsServer(h);
					assert.equal((await h.seed()).mode, 'unchanged');
				});
			}

			it('does not keep the journal from being read without its index, once it has been fetched again', async () => {
				await rm(join(h.storage, 'prs.sqlite'));
				await h.seed();
				await rm(join(folder(), 'index.json'));
				await h.forgetProcess();
				assert.equal((await h.seed()).mode, 'unchanged');
			});

			it('has it fetched again by a verify', async () => {
				await h.seed({ verify: true });
				await rm(join(h.storage, 'prs.sqlite'));
				await h.forgetProcess();
				await (await h.open()).seeder.restore();
				await assertEqualsServer(h);
			});

			it('costs nothing while nobody reads it', async () => {
				assert.equal((await h.seed()).mode, 'unchanged');
				assert.deepEqual(h.operations, ['Probe']);
				await assertEqualsServer(h);
			});
		});
	}

	it('a half-written last line is dropped', async () => {
		h.createPullRequests(3);
		await h.seed();
		const path = join(folder(), await journal());
		await writeFile(path, `${await readFile(path, 'utf8')}{"pullRequest":{"number":2,"ti`);
		await h.forgetProcess();
		h.later();
		assert.equal((await h.seed()).mode, 'unchanged');
		await assertEqualsServer(h);
	});

	it('a lost database is made again from the cache', async () => {
		h.createPullRequests(30);
		await h.seed();
		await rm(join(h.storage, 'prs.sqlite'));
		await h.forgetProcess();
		assert.equal(await (await h.open()).seeder.restore(), 1);
		await assertEqualsServer(h);
	});

	it('superseded records are dropped in time', async () => {
		h.createPullRequests(3);
		h.world.editBody(REPO, 1, 'x'.repeat(60_000));
		h.later();
		await h.seed();
		for (let i = 0; i < 25; i++) {
			h.later();
			h.world.editTitle(REPO, 1, `Title ${i}`);
			h.later();
			await h.seed();
		}
		assert.ok((await h.cache()).bytes < 1_300_000);
		await h.forgetProcess();
		await h.seed();
		await assertEqualsServer(h);
	});

	async function journals(): Promise<string[]> {
		return (await readdir(folder())).filter((name) => name.endsWith('.ndjson'));
	}

	async function journal(): Promise<string> {
		return (await journals())[0] ?? assert.fail('no journal');
	}
});
