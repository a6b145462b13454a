import assert from 'node:assert/strict';
import { nodeFiles } from '../../../src/core/files/nodeFiles';
import { HIDDEN_TEAM } from '../../../src/core/model/pullRequest';
import { openSqlStore, type SqlStore } from '../../../src/core/store/sqlStore';
import { expectedState, type ExpectedPullRequest } from '../../github-server/expectedState';
import type { World } from '../../github-server/world';
import { sqlJs } from '../store/fixtures';
import { REPO, type SyncHarness } from './syncHarness';

/**
 * What lies in the storage folder equals what the server has, field by field: every pull request with all its lists,
 * labels and milestones. Read from the file, as the next process would.
 */
export async function assertEqualsServer(h: Pick<SyncHarness, 'storage' | 'world'>, name = REPO, shown: Shown = {}): Promise<void> {
	const stored = await storedState(h.storage, name);
	const expected = serverState(h.world, name, shown);
	assert.deepEqual(stored.repository, expected.repository);
	assert.deepEqual(stored.strangers, [], 'everybody who is named was seen in the repository');
	assert.deepEqual(stored.labels, expected.labels);
	assert.deepEqual(stored.milestones, expected.milestones);
	const isMeant = ({ number }: { number: number }) => shown.within?.has(number) !== false;
	const [found, wanted] = [stored.pullRequests.filter(isMeant), expected.pullRequests.filter(isMeant)];
	assert.deepEqual(found.map(({ number }) => number), wanted.map(({ number }) => number), 'the same pull requests');
	wanted.forEach((pullRequest, i) => assert.deepEqual(found[i] && comparable(found[i]), comparable(pullRequest), `#${pullRequest.number}`));
}

/** Without what is no longer asked of a closed one: it has what was last seen, or nothing. */
export function comparable(row: Row): Row {
	return row['state'] === 'OPEN' ? row : { ...row, 'events:rows': '', review_threads: '', unresolved_threads: '' };
}

/** How far the server shows what it has to the token of the test. */
export interface Shown {
	/** Teams by their names; not to the default token. */
	teamNames?: boolean;
	/** Checks over REST alone. */
	restChecks?: boolean;
	/** Only these pull requests are compared. */
	within?: ReadonlySet<number>;
}

type Row = Record<string, unknown>;

async function table(store: SqlStore, sql: string): Promise<Row[]> {
	const { columns, rows } = await store.query(sql, { rows: 10_000_000 });
	return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]])));
}

function grouped(rows: Row[]): Map<number, Row[]> {
	const groups = new Map<number, Row[]>();
	for (const { number, ...row } of rows) {
		const group = groups.get(Number(number)) ?? [];
		group.push(row);
		groups.set(Number(number), group);
	}
	return groups;
}

/**
 * What lies in a storage folder of one repository, as tables have it; lists under `<name>:rows`.
 * @throws AssertionError when the database is damaged
 */
export async function storedState(folder: string, name: string) {
	const store = await openSqlStore({ files: nodeFiles, folder, loadSql: sqlJs, log: () => undefined });
	try {
		return await stateIn(store, name);
	} finally {
		await store.close();
	}
}

/** Where people are named. */
const NAMED = ['author_login AS login FROM pull_request', 'merged_by FROM pull_request', 'login FROM pull_request_assignee', "iif(kind = 'TEAM', NULL, login) FROM review_request", 'author_login FROM review', 'actor_login FROM pull_request_event', "iif(instr(subject_login, '/') OR subject_login = 'a team', NULL, subject_login) FROM pull_request_event"];

async function stateIn(store: SqlStore, name: string) {
	const [{ rows: integrity }, { rows: foreignKeys }] = await Promise.all([
		store.query('SELECT * FROM pragma_integrity_check', { rows: 10 }),
		store.query('SELECT * FROM pragma_foreign_key_check', { rows: 10 }),
	]);
	assert.deepEqual([integrity, foreignKeys], [[['ok']], []]);
	const [repository] = await table(store, `SELECT id, node_id, name_with_owner FROM repository WHERE name_with_owner = '${name}'`);
	assert.ok(repository, `${name} is in the database`);
	const of = `WHERE repository_id = ${Number(repository['id'])}`;
	const lists = {
		labels: grouped(await table(store, `SELECT number, label_node_id FROM pull_request_label ${of} ORDER BY label_node_id`)),
		assignees: grouped(await table(store, `SELECT number, login FROM pull_request_assignee ${of} ORDER BY login COLLATE BINARY`)),
		reviewRequests: grouped(await table(store, `SELECT number, login FROM review_request ${of} ORDER BY login COLLATE BINARY`)),
		reviews: grouped(await table(store, `SELECT number, node_id, database_id, state, submitted_at, author_login, body, commit_oid FROM review ${of} ORDER BY number, position`)),
		commits: grouped(await table(store, `SELECT number, oid, message, author_login, author_name, authored_at, additions, deletions FROM pull_request_commit ${of} ORDER BY number, position`)),
		files: grouped(await table(store, `SELECT number, path, additions, deletions, change_type FROM changed_file ${of} ORDER BY path`)),
		checks: grouped(await table(store, `SELECT number, head_oid, node_id, database_id, kind, name, status, conclusion, started_at, completed_at, app, workflow, event FROM check_run ${of} ORDER BY number, position`)),
		events: grouped(await table(store, `SELECT number, kind, actor_login, subject_login, at FROM pull_request_event ${of} ORDER BY number, position`)),
		issues: grouped(await table(store, `SELECT number, issue_repository, issue_number, issue_title FROM linked_issue ${of} ORDER BY issue_number, issue_repository COLLATE BINARY`)),
	};
	const scalars = await table(
		store,
		`SELECT number, node_id, database_id, title, body, state, is_draft, author_login, created_at, updated_at, closed_at, merged_at, merged_by, additions,
			deletions, changed_files, base_ref, head_ref, head_oid, url, labels, milestone_number, milestone_title, assignees, linked_issues, partial, checks_state,
			review_decision, mergeable, merge_state, auto_merge_at, in_merge_queue, comments, author_association, is_cross_repository, head_owner, review_threads, unresolved_threads
		FROM pull_request ${of} ORDER BY number`,
	);
	return {
		repository: { id: repository['node_id'], nameWithOwner: repository['name_with_owner'] },
		strangers: await table(store, `SELECT login FROM (${NAMED.map((named) => `SELECT ${named} ${of}`).join(' UNION ')}) WHERE login NOT IN (
			SELECT login FROM member JOIN repository USING (host) JOIN repository_member USING (login) WHERE repository_id = repository.id AND repository_id = ${Number(repository['id'])})`),
		labels: await table(store, `SELECT node_id, name, color FROM label ${of} ORDER BY node_id`),
		milestones: await table(store, `SELECT node_id, number, title, state, due_on FROM milestone ${of} ORDER BY node_id`),
		pullRequests: scalars.map((row) => ({
			...row,
			number: Number(row['number']),
			database_id: text(row['database_id']),
			labels: sortedJson(row['labels']),
			assignees: sortedJson(row['assignees']),
			linked_issues: sortedJson(row['linked_issues']),
			...Object.fromEntries(
				Object.entries(lists).map(([list, byNumber]) => [
					`${list}:rows`,
					(byNumber.get(Number(row['number'])) ?? []).map((item) => ('database_id' in item ? { ...item, database_id: text(item['database_id']) } : item)),
				]),
			),
		})),
	};
}

/** What the server has, in the form of {@link storedState}. */
export function serverState(world: World, name: string, shown: Shown) {
	const state = expectedState(world, name);
	const labelName = new Map(state.labels.map(({ id, name: label }) => [id, label]));
	const milestones = new Map(state.milestones.map((milestone) => [milestone.id, milestone]));
	return {
		repository: { id: state.id, nameWithOwner: state.nameWithOwner },
		labels: state.labels.map(({ id, name: label, color }) => ({ node_id: id, name: label, color })),
		milestones: state.milestones.map(({ id, number, title, state: progress, dueOn }) => ({ node_id: id, number, title, state: progress, due_on: dueOn })),
		pullRequests: state.pullRequests.map((one) => {
			const milestone = one.milestoneId === null ? undefined : milestones.get(one.milestoneId);
			return {
				number: one.number,
				node_id: one.id,
				database_id: text(one.databaseId),
				title: one.title,
				body: one.body,
				state: one.state,
				is_draft: one.isDraft ? 1 : 0,
				author_login: one.author?.login ?? null,
				created_at: one.createdAt,
				updated_at: one.updatedAt,
				closed_at: one.closedAt,
				merged_at: one.mergedAt,
				merged_by: one.mergedBy?.login ?? null,
				additions: one.additions,
				deletions: one.deletions,
				changed_files: one.changedFiles,
				base_ref: one.baseRefName,
				head_ref: one.headRefName,
				head_oid: one.headRefOid,
				url: one.url,
				labels: one.labelIds.map((id) => labelName.get(id)).sort(),
				milestone_number: milestone?.number ?? null,
				milestone_title: milestone?.title ?? null,
				assignees: one.assignees,
				linked_issues: one.closingIssues.filter(({ repository }) => repository === state.nameWithOwner).map(({ number }) => number).sort(),
				partial: '[]',
				checks_state: one.checks.length === 0 ? 'NONE' : shown.restChecks === true ? null : one.rollup,
				review_decision: one.reviewDecision,
				mergeable: one.state === 'OPEN' ? one.mergeable : null,
				merge_state: one.state === 'OPEN' ? one.mergeStateStatus : null,
				auto_merge_at: one.autoMergeAt,
				in_merge_queue: Number(one.isInMergeQueue),
				comments: one.totalCommentsCount,
				author_association: one.authorAssociation,
				is_cross_repository: Number(one.isCrossRepository),
				head_owner: one.headOwner,
				review_threads: one.reviewThreads.length,
				unresolved_threads: one.reviewThreads.filter(({ isResolved }) => !isResolved).length,
				...listRows(one, shown),
			};
		}),
	};
}

const EVENT_KINDS = {
	ConvertToDraftEvent: 'CONVERTED_TO_DRAFT',
	ReadyForReviewEvent: 'READY_FOR_REVIEW',
	ReviewRequestRemovedEvent: 'REVIEW_REQUEST_REMOVED',
	ReviewRequestedEvent: 'REVIEW_REQUESTED',
} as const;

function listRows(one: ExpectedPullRequest, { teamNames = false, restChecks = false }: Shown) {
	return {
		'labels:rows': one.labelIds.map((id) => ({ label_node_id: id })),
		'assignees:rows': one.assignees.map((login) => ({ login })),
		'reviewRequests:rows': reviewers(one, teamNames).map((login) => ({ login })),
		'reviews:rows': one.reviews.map(({ id, databaseId, state, submittedAt, author, body, commitOid }) => ({
			node_id: id,
			database_id: text(databaseId),
			state,
			submitted_at: submittedAt,
			author_login: author?.login ?? null,
			body,
			commit_oid: commitOid,
		})),
		'events:rows': one.events.map(({ type, createdAt, actor, reviewer }) => ({
			kind: EVENT_KINDS[type],
			actor_login: actor?.login ?? null,
			subject_login: reviewer !== null && reviewer.includes('/') && !teamNames ? HIDDEN_TEAM : reviewer,
			at: createdAt,
		})),
		'commits:rows': one.commits.map(({ oid, message, authorLogin, authorName, authoredDate, additions, deletions }) => ({
			oid,
			message,
			author_login: authorLogin,
			author_name: authorName,
			authored_at: authoredDate,
			additions,
			deletions,
		})),
		'files:rows': one.files.map(({ path, additions, deletions, changeType }) => ({ path, additions, deletions, change_type: changeType })),
		'checks:rows': one.checks.map((check) =>
			check.kind === 'CHECK_RUN'
				? {
						head_oid: one.headRefOid,
						node_id: check.id,
						database_id: text(check.databaseId),
						kind: check.kind,
						name: check.name,
						status: check.status,
						conclusion: check.conclusion,
						started_at: check.startedAt,
						completed_at: check.completedAt,
						app: check.app,
						// REST does not tell these.
						workflow: restChecks ? null : check.workflow,
						event: restChecks ? null : check.event,
					}
				: {
						head_oid: one.headRefOid,
						node_id: check.id,
						database_id: null,
						kind: check.kind,
						name: check.context,
						...(check.state === 'PENDING' || check.state === 'EXPECTED'
							? { status: check.state, conclusion: null }
							: { status: 'COMPLETED', conclusion: check.state }),
						started_at: check.createdAt,
						completed_at: null,
						app: null,
						workflow: null,
						event: null,
					},
		),
		'issues:rows': one.closingIssues.map(({ repository, number, title }) => ({ issue_repository: repository, issue_number: number, issue_title: title })),
	};
}

/** Whoever GitHub does not name, because they are gone or may not be seen, is a team without a name. */
function reviewers({ reviewRequests, unnamedReviewers }: ExpectedPullRequest, teamNames: boolean): string[] {
	const named = reviewRequests.map((login) => (!teamNames && login.includes('/') ? HIDDEN_TEAM : login));
	return [...named, ...Array.from({ length: unnamedReviewers }, () => HIDDEN_TEAM)].sort();
}

function text(id: unknown): string | null {
	return typeof id === 'string' || typeof id === 'number' ? `${id}` : null;
}

function sortedJson(json: unknown): unknown[] {
	return (JSON.parse(String(json)) as unknown[]).sort();
}
