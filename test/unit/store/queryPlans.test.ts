import assert from 'node:assert/strict';
import { Connection } from '../../../src/core/store/sqlite/connection';
import { type SqlValue } from '../../../src/core/store/sqlite/row';
import type { Row } from '../../../src/core/store/sqlite/row';
import type { PullRequestFilter } from '../../../src/core/store/read/filter';
import { WORK_ROLES } from '../../../src/core/store/read/workParts';
import type { Store } from '../../../src/core/store/store';
import { Bench, details, pullRequest, repository, user } from './fixtures';

/** Those that grow with the number of pull requests. */
const LARGE = new Set([
	'pull_request',
	'pull_request_label',
	'pull_request_assignee',
	'review_request',
	'review',
	'pull_request_commit',
	'changed_file',
	'check_run',
	'linked_issue',
	'pull_request_event',
]);

const WHEN = { staleBefore: '2026-01-01T00:00:00Z', mergedSince: '2026-01-01T00:00:00Z' };

/** What the views ask: of one repository, of several and of all, by every filter that they have. */
function questions(repositoryId: number): ((store: Store) => Promise<unknown>)[] {
	const attributes: Pick<PullRequestFilter, 'labels' | 'author' | 'bots' | 'reviewer' | 'draft' | 'text' | 'assignee' | 'milestone' | 'reviewState' | 'checks' | 'conflicts' | 'turn' | 'stuck' | 'asker'>[] = [
		{},
		{ labels: { match: 'any', names: ['bug'] } },
		{ labels: { match: 'none', names: ['bug', 'other'] } },
		{ author: 'ada' },
		{ draft: true },
		{ text: 'Change' },
		{ assignee: 'ada' },
		{ assignee: null, milestone: null },
		{ milestone: 'Spring' },
		{ bots: false },
		{ reviewer: 'ada', checks: 'failing' },
		{ reviewer: null, bots: true },
		{ reviewState: 'approved', conflicts: true },
		{ turn: 'author', stuck: true, asker: { me: [], stuckBefore: '2026-01-01T00:00:00Z' } },
		{ author: '@me', assignee: '@me', reviewer: '@me', asker: { me: [{ host: 'github.com', login: 'ada' }, { host: 'ghe.example.com', login: 'bo' }], stuckBefore: '' } },
	];
	const scopes = [{ repositoryId }, { repositoryIds: [repositoryId, repositoryId + 1] }, {}];
	const filters: PullRequestFilter[] = scopes.flatMap((of) =>
		attributes.flatMap((one) => [
			{ ...of, ...one, states: ['OPEN' as const] },
			{ ...of, ...one },
		]),
	);
	const works = WORK_ROLES.flatMap((role) => [null, 'ada'].flatMap((login) =>
		(['ready', 'stale', 'reviewRequested'] as const).map((part): PullRequestFilter => ({ states: ['OPEN'], work: { login, role, part, staleBefore: WHEN.staleBefore } })),
	));
	const page = { offset: 0, limit: 100 };
	return [
		...[...filters, ...works].flatMap((filter) => [
			...(['milestone', 'label', 'author', 'assignee', 'reviewer', 'turn'] as const).flatMap((by) => [
				(store: Store) => store.read.groups(by, filter),
				(store: Store) => store.read.mergedGroups(by, filter),
				(store: Store) => store.read.mergedGroups('label', { ...filter, group: { by, key: 'x', merged: true } }),
				...(['updated', 'created', 'number'] as const).map(
					(order) => (store: Store) => store.read.pullRequests({ ...filter, group: { by, key: 'x', merged: true } }, { ...page, order: { by: order, ascending: true } }),
				),
				(store: Store) => store.read.pullRequests({ ...filter, group: { by, key: 'x' } }, page),
				(store: Store) => store.read.pullRequests({ ...filter, group: { by, key: null } }, page),
			]),
			(store: Store) => store.read.pullRequests(filter, page),
			(store: Store) => store.read.countPullRequests(filter),
			(store: Store) => store.read.pullRequestRecords({ ...filter, repositoryId }, { after: 3, limit: 100 }),
			(store: Store) => store.read.pullRequests(filter, { ...page, order: { by: 'created', ascending: true } }),
			(store: Store) => store.read.pullRequests(filter, { ...page, order: { by: 'number', ascending: false } }),
		]),
		...scopes.flatMap((of) => [
			(store: Store) => store.read.milestones(of),
			(store: Store) => store.read.mergedMilestones(of),
			(store: Store) => store.read.myFacts({ host: 'github.com', login: 'ada', teams: ['octo/crew'] }, of),
			...WORK_ROLES.flatMap((role) => attributes.map((one) => (store: Store) => store.read.workload({ ...of, ...WHEN, role, attributes: one }))),
			...attributes.map((one) => (store: Store) => store.read.turnFacts({ ...of, ...one })),
		]),
		(store) => store.read.changes({ since: WHEN.staleBefore, repositoryId }),
		(store) => store.read.repositories(),
		(store) => store.read.viewers(),
		(store) => store.read.branchFacts({ name: 'topic', repositoryIds: [repositoryId], owners: ['octo'] }),
		(store) => store.read.updates({ repositories: [{ host: 'github.com', nodeId: 'R', until: WHEN.staleBefore }], otherwise: WHEN.staleBefore }),
		(store) => store.read.burnUp({ repositoryId, nodeId: 'M1' }),
		(store) => store.read.burnUp({ repositoryIds: [repositoryId, repositoryId + 1], key: 'x' }),
		(store) => store.read.pullRequestDetail({ repositoryId, number: 1 }),
		(store) => store.read.pullRequestNumbers({ host: 'github.com', nodeId: 'R' }, { after: 0, limit: 10 }),
		(store) => store.read.standing({ host: 'github.com', nodeId: 'R' }),
		(store) => store.apply({ repository: repository(), labels: [], milestones: [], pullRequests: [pullRequest(1, { details: details() })], removed: [9] }),
	];
}

describe('every query of the store', () => {
	it('finds its rows along an index', async () => {
		const bench = await Bench.make();
		const asked = new Map<string, { connection: Connection; values: SqlValue[] }>();
		const restore = record(asked);
		try {
			const store = await bench.open();
			await store.apply({ repository: repository(), pullRequests: [pullRequest(1, { author: user('ada') })] });
			const [{ id } = { id: 0 }] = await store.read.repositories();
			asked.clear();
			for (const question of questions(id)) await question(store);
			restore();
			assert.ok(asked.size > 50, `${asked.size} queries`);
			const scans = [...asked].flatMap(([sql, { connection, values }]) => plan(connection, sql, values).filter(isScan).map((step) => `${step}\n${sql.replace(/SELECT repository_id, number, title[^]*? AS checks/, 'SELECT …').replace(/\s+/g, ' ')}`));
			assert.deepEqual(scans, []);
		} finally {
			restore();
			await bench.dispose();
		}
	});
});

/** Keeps what a connection is asked until the function that it returns is called. */
function record(asked: Map<string, { connection: Connection; values: SqlValue[] }>): () => void {
	/* eslint-disable @typescript-eslint/unbound-method -- put back as they were, and called with their own this */
	const { all, run } = Connection.prototype;
	/* eslint-enable @typescript-eslint/unbound-method */
	Connection.prototype.all = function <T>(this: Connection, sql: string, values: SqlValue[], read: (row: Row) => T): T[] {
		asked.set(sql, { connection: this, values });
		return all.call(this, sql, values, read) as T[];
	};
	Connection.prototype.run = function (this: Connection, sql: string, ...values: SqlValue[]): void {
		if (/^\s*(?:UPDATE|DELETE)/.test(sql)) {
			asked.set(sql, { connection: this, values });
		}
		run.call(this, sql, ...values);
	};
	return () => {
		Connection.prototype.all = all;
		Connection.prototype.run = run;
	};
}

function plan(connection: Connection, sql: string, values: SqlValue[]): string[] {
	return connection.all(`EXPLAIN QUERY PLAN ${sql}`, values, (row) => row.text('detail'));
}

/**
 * Reads every row of a table that can be large, or every row that a repository has in it; or makes an index to do without
 * one. To walk along an index alone is no reading of rows: that is how counts and unfiltered pages in some order go.
 */
function isScan(step: string): boolean {
	const [, verb, table = ''] = /^(SCAN|SEARCH) (\w+)/.exec(step) ?? [];
	const isWhole = verb === 'SCAN' || (verb === 'SEARCH' && step.endsWith('(repository_id=?)') && !/COVERING|pull_request_incomplete/.test(step));
	return (isWhole && LARGE.has(table)) || step.includes('AUTOMATIC');
}
