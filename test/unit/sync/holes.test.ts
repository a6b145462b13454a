import assert from 'node:assert/strict';
import type { Fault } from '../../github-server/faults';
import { assertEqualsServer } from './equality';
import { REPO, SyncHarness } from './syncHarness';

type Node = Record<string, unknown>;

/** Nulls that an error explains: they are not known, which is not the same as none. */
describe('a null that an error explains', () => {
	let h: SyncHarness;
	beforeEach(async () => {
		h = await SyncHarness.start();
		h.createPullRequests(3);
		h.world.createMilestone(REPO, { title: 'First' });
		h.world.setMilestone(REPO, 2, 1);
		h.world.merge(REPO, 2);
		h.world.addReview(REPO, 2, 'octo-bea', 'APPROVED', 'Good');
		h.world.addCheck(REPO, 2, { name: 'build' });
		h.later();
	});
	afterEach(() => h.stop());

	/** Takes a field from every pull request that an answer tells of, with an error beside it. */
	function taking(field: string, times = Infinity, type?: string): Fault {
		return {
			kind: 'patch',
			times,
			match: { kind: 'graphql' },
			patch: (answer) => {
				const body = structuredClone(answer.body) as { data?: { nodes?: Node[]; repository?: { pullRequests?: { nodes?: Node[] } } }; errors?: unknown[] };
				const errors: unknown[] = [];
				const take = (nodes: Node[] | undefined, path: string[]) =>
					nodes?.forEach((node, index) => {
						if (field in node) {
							node[field] = null;
							errors.push({ message: 'Something went wrong.', path: [...path, index, field], ...(type && { type }) });
						}
					});
				take(body.data?.nodes, ['nodes']);
				take(body.data?.repository?.pullRequests?.nodes, ['repository', 'pullRequests', 'nodes']);
				return errors.length === 0 ? answer : { ...answer, body: { ...body, errors: [...(body.errors ?? []), ...errors] } };
			},
		};
	}

	const row = async () => {
		const { store } = await h.open();
		const { rows } = await store.query('SELECT title, author_login, milestone_title, closed_at, merged_at, checks_state, partial FROM pull_request WHERE number = 2', { rows: 1 });
		return rows[0];
	};

	for (const field of ['author', 'milestone', 'closedAt', 'mergedAt', 'mergedBy', 'reviews', 'statusCheckRollup', 'rollupState']) {
		it(`${field}: what is known stays, is marked, and is asked for again`, async () => {
			await h.seed();
			const before = await row();
			h.server.addFault(taking(field));
			h.world.editTitle(REPO, 2, 'Edited');
			h.later();
			const report = await h.seed();
			assert.deepEqual([report.unreadable, report.pending], [[], [2]]);
			const after = await row();
			assert.deepEqual(after?.slice(1, 6), before?.slice(1, 6));
			assert.deepEqual([after?.[0], after?.[6]], ['Edited', JSON.stringify([field.toLowerCase().endsWith('rollup') || field === 'rollupState' ? 'checks' : field])]);
			h.server.clearFaults();
			h.later();
			await h.seed();
			await assertEqualsServer(h);
			h.later();
			await h.seed();
			assert.deepEqual(h.operations, ['Probe']);
		});

		it(`${field}, from the first time on: the pull request is there, and marked`, async () => {
			h.server.addFault(taking(field));
			const report = await h.seed();
			// That there are no checks is told by another field.
			assert.deepEqual([report.pullRequests, report.unreadable, report.partial], [3, [], field === 'rollupState' ? [2] : [1, 2, 3]]);
			h.server.clearFaults();
			h.later();
			await h.seed();
			await assertEqualsServer(h);
		});
	}

	it('mergedBy, refused to the token: what is known stays and is marked, also where it is not asked for any more, until it may be read', async () => {
		h.createPullRequests(1);
		h.world.merge(REPO, 4);
		h.later();
		await h.seed();
		h.server.addFault(taking('mergedBy', Infinity, 'FORBIDDEN'));
		const mergers = async () => (await (await h.open()).store.query('SELECT number, merged_by, partial FROM pull_request WHERE number IN (2, 4) ORDER BY number', { rows: 5 })).rows;
		const before = (await mergers()).map(([number, login]) => [number, login, '["mergedBy"]']);
		assert.ok(before.every(([, login]) => login !== null));
		for (const number of [2, 4, 2, 4]) {
			h.world.editTitle(REPO, number, `Edited ${h.serverClock.now()}`);
			h.later();
			const report = await h.seed();
			assert.deepEqual(report.pending, [], 'refused for good is no reason to come back');
		}
		assert.deepEqual(await mergers(), before);
		assert.doesNotMatch(h.server.requests.find(({ operationName }) => operationName === 'Details')?.query ?? '', /mergedBy/);
		h.server.clearFaults();
		h.later(50 * 3600);
		await h.seed();
		await assertEqualsServer(h);
		h.later();
		await h.seed();
		assert.deepEqual(h.operations, ['Probe']);
	});

	for (const field of ['additions', 'authoredDate', 'name']) {
		it(`${field} of a commit: what is known of it stays`, async () => {
			await h.seed();
			h.server.addFault({
				kind: 'patch',
				times: Infinity,
				match: { kind: 'graphql' },
				patch: (answer) => {
					const body = structuredClone(answer.body) as { data?: { nodes?: { commits?: { nodes?: { commit: Node & { author?: Node | null } | null }[] } }[] }; errors?: unknown[] };
					const errors: unknown[] = [];
					body.data?.nodes?.forEach((node, i) =>
						node.commits?.nodes?.forEach((one, j) => {
							const path = ['nodes', i, 'commits', 'nodes', j, 'commit'];
							const { commit } = one;
							if (field === 'name' && commit?.author) {
								commit.author['name'] = null;
								errors.push({ message: 'Something went wrong.', path: [...path, 'author', field] });
							} else if (commit && field in commit) {
								one.commit = null;
								errors.push({ message: 'Something went wrong.', path: [...path, field] });
							}
						}),
					);
					return errors.length === 0 ? answer : { ...answer, body: { ...body, errors: [...(body.errors ?? []), ...errors] } };
				},
			});
			const commits = async () => (await (await h.open()).store.query('SELECT number, oid, additions, deletions, author_name, authored_at FROM pull_request_commit ORDER BY 1, 2', { rows: 50 })).rows;
			const before = await commits();
			assert.ok(before.length > 2 && before.every((row) => !row.includes(null)));
			await h.seed({ refresh: true });
			assert.deepEqual(await commits(), before);
			h.server.clearFaults();
			h.later();
			await h.seed();
			await assertEqualsServer(h);
		});
	}

	for (const part of ['checkSuite', 'workflowRun']) {
		it(`${part} of a check: the check is marked, and asked for again`, async () => {
			h.server.addFault({
				kind: 'patch',
				times: Infinity,
				match: { kind: 'graphql' },
				patch: (answer) => {
					const errors: unknown[] = [];
					const walk = (value: unknown, path: (string | number)[]): void => {
						if (typeof value !== 'object' || value === null) return;
						for (const [key, inner] of Object.entries(value as Node)) {
							const here = [...path, Array.isArray(value) ? Number(key) : key];
							if (key === part) {
								(value as Node)[key] = null;
								errors.push({ message: 'Something went wrong.', path: here });
							} else walk(inner, here);
						}
					};
					const body = structuredClone(answer.body) as { data?: unknown; errors?: unknown[] };
					walk(body.data, []);
					return errors.length === 0 ? answer : { ...answer, body: { ...body, errors: [...(body.errors ?? []), ...errors] } };
				},
			});
			const report = await h.seed();
			assert.deepEqual(report.partial, [2]);
			h.server.clearFaults();
			h.later();
			await h.seed();
			await assertEqualsServer(h);
		});
	}

	for (const [list, column, give] of [
		['labels', 'labels', (number: number) => ['bug', 'docs', 'help'].forEach((name) => h.world.addLabel(REPO, number, name))],
		['assignees', 'assignees', (number: number) => ['octo-ada', 'octo-bea', 'octo-cal'].forEach((login) => h.world.assign(REPO, number, login))],
	] as const) {
		it(`in place of one of a pull request’s ${list}: those that are known stay, and it is marked`, async () => {
			give(2);
			h.later();
			await h.seed();
			const stored = async () => (await (await h.open()).store.query(`SELECT ${column}, partial FROM pull_request WHERE number = 2`, { rows: 1 })).rows[0];
			const [known] = (await stored()) ?? [];
			h.server.addFault({
				kind: 'patch',
				times: Infinity,
				match: { operationName: 'Details' },
				patch: (answer) => {
					const body = structuredClone(answer.body) as { data: { nodes: Record<string, { nodes: unknown[] }>[] } };
					body.data.nodes.forEach((node) => node[list]?.nodes.splice(0, 1, null));
					return { ...answer, body };
				},
			});
			h.world.editTitle(REPO, 2, 'Edited');
			h.later();
			await h.seed();
			assert.deepEqual(await stored(), [known, JSON.stringify([list])]);
			h.server.clearFaults();
			h.later();
			await h.seed();
			await assertEqualsServer(h);
		});
	}

	it('checks: stay marked through a run that does not ask for them, and are asked for by the next', async () => {
		h.server.addFault(taking('statusCheckRollup'));
		await h.seed();
		h.server.clearFaults();
		h.later();
		await h.seed({ checkRuns: false });
		assert.equal((await row())?.at(-1), '["checks"]');
		h.later();
		await h.seed({ checkRuns: false });
		assert.deepEqual(h.operations, ['Probe']);
		h.later();
		await h.seed();
		await assertEqualsServer(h);
	});

	it('for good: is asked for three times, then once a day', async () => {
		h.server.addFault(taking('author'));
		await h.seed();
		let requests = 0;
		for (let quarter = 0; quarter < 96; quarter++) {
			h.later(900);
			await h.seed();
			requests += h.requests.length;
		}
		assert.ok(requests <= 96 + 4, `${requests} requests in 96 runs`);
	});
});
