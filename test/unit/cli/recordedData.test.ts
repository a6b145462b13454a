import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { loadNdjson } from '../../github-server/ndjson';
import type { RecordedActor, RecordedPullRequest } from '../../github-server/recordedPullRequest';
import { repositoryRoot } from '../../vscode/paths';
import { Scene, type Row } from './commandLine';

// Real pull requests that were recorded from GitHub. They lie beside the repository where they lie at all, and are never copied into it.
const folder = join(repositoryRoot, '..', 'shared', 'data');
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.ndjson')) : [];

(files.length === 0 ? describe.skip : describe)('pr-seeder seed, real recorded pull requests', () => {
	for (const file of files) {
		describe(file, () => {
			let scene: Scene;
			let records: RecordedPullRequest[];

			before(async function () {
				this.timeout(120_000);
				records = await lastRecords(join(folder, file));
				const repository = await loadNdjson(join(folder, file));
				scene = await Scene.make([repository]);
				const { status, stderr, stdout } = await scene.run(['seed', repository.nameWithOwner]);
				assert.equal(status, 0, stderr + stdout);
			});

			after(() => scene.dispose());

			it('every pull request', async () => {
				const rows = await scene.table(
					`SELECT number, node_id, CAST(database_id AS TEXT) AS database_id, title, body, state, is_draft, author_login, created_at, updated_at,
						closed_at, merged_at, additions, deletions, changed_files, base_ref, head_ref, head_oid, milestone_number, milestone_title,
						labels, assignees, linked_issues, partial
					FROM pull_request ORDER BY number`,
				);
				assert.equal(rows.length, records.length);
				records.forEach((record, i) => {
					const { labels, assignees, ...row } = rows[i] ?? {};
					const expected = expectedRow(record, records);
					assert.deepEqual(pickRecorded(row, expected), expected);
					assert.deepEqual(names(labels), labelNames(record, records).sort());
					assert.deepEqual(names(assignees), [...(record.assignees ?? [])].sort());
				});
			});

			it('every label', async () => {
				const labels = (await scene.table('SELECT name, color FROM label')).map(({ name, color }) => ({ name, color }));
				assert.deepEqual(sorted(labels), sorted(latestBy(records.flatMap(({ labels: all }) => all ?? []), ({ name }) => name.toLowerCase()).map(({ name, color }) => ({ name, color: color ?? 'ededed' }))));
				assert.deepEqual(
					sorted(await scene.table('SELECT number, name FROM pull_request_label JOIN label USING (repository_id) WHERE node_id = label_node_id')),
					sorted(records.flatMap((record) => labelNames(record, records).map((name) => ({ number: record.number, name })))),
				);
			});

			it('every milestone', async () => {
				const recorded = records.flatMap(({ milestone }) => (milestone === null ? [] : [milestone]));
				assert.deepEqual(
					sorted(await scene.table('SELECT number, title, state, due_on FROM milestone')),
					sorted(latestBy(recorded, ({ number }) => String(number)).map(({ number, title, state, dueOn }) => ({ number, title, state, due_on: dueOn }))),
				);
			});

			it('every assignee and review request', async () => {
				assert.deepEqual(
					sorted(await scene.table('SELECT number, login FROM pull_request_assignee')),
					sorted(records.flatMap(({ number, assignees }) => (assignees ?? []).map((login) => ({ number, login })))),
				);
				assert.deepEqual(
					sorted(await scene.table('SELECT number, login FROM review_request')),
					sorted(records.flatMap(({ number, reviewRequests }) => (reviewRequests ?? []).map((login) => ({ number, login })))),
				);
			});

			it('every review', async () => {
				const rows = await scene.table(
					'SELECT number, node_id, CAST(database_id AS TEXT) AS database_id, state, submitted_at, author_login, body FROM review',
				);
				// The archives' order is not GitHub's, and some reviews were recorded without any id: each one takes a row that is equal.
				for (const review of records.flatMap((record) => (record.reviews ?? []).map((one) => expectedReview(record, one)))) {
					const found = rows.findIndex((row) => row['number'] === review['number'] && isDeepStrictEqual(pickRecorded(row, review), review));
					assert.notEqual(found, -1, `No row for ${JSON.stringify(review)}`);
					rows.splice(found, 1);
				}
				assert.deepEqual(rows, []);
			});

			it('every commit, changed file and linked issue', async () => {
				assert.deepEqual(
					await scene.table('SELECT number, oid, message, author_login, author_name, authored_at FROM pull_request_commit ORDER BY number, position'),
					records.flatMap(({ number, commits }) =>
						(commits ?? []).map(({ oid, messageHeadline, authorLogin, authorName, authoredDate }) => ({
							number, oid, message: messageHeadline ?? '', author_login: authorLogin, author_name: authorName, authored_at: authoredDate,
						})),
					),
				);
				assert.deepEqual(
					await scene.table('SELECT number, path, additions, deletions, change_type FROM changed_file ORDER BY number, position'),
					records.flatMap(({ number, files: changed }) =>
						(changed ?? []).map(({ path, additions, deletions, changeType }) => ({ number, path, additions, deletions, change_type: changeType ?? 'MODIFIED' })),
					),
				);
				assert.deepEqual(
					await scene.table('SELECT number, issue_number FROM linked_issue ORDER BY number, position'),
					records.flatMap(({ number, closingIssues }) => (closingIssues ?? []).map((issue) => ({ number, issue_number: issue.number }))),
				);
			});

			it('everyone who takes part', async () => {
				const known = new Set((await scene.table('SELECT login FROM member')).map(({ login }) => String(login).toLowerCase()));
				const people = records.flatMap(({ author, assignees, reviewRequests, reviews }) => [
					loginOf(author), ...(assignees ?? []), ...(reviewRequests ?? []), ...(reviews ?? []).map((review) => loginOf(review.author)),
				]);
				assert.deepEqual(people.filter((login) => login !== null && !known.has(login.toLowerCase())), []);
			});
		});
	}
});

/** What the database has to hold of a record. What was not recorded is left out, where an empty value can't stand for it. */
function expectedRow(record: RecordedPullRequest, records: readonly RecordedPullRequest[]): Row {
	const { milestone } = record;
	return withoutUnknown({
		number: record.number,
		node_id: record.id ?? undefined,
		database_id: record.databaseId === null ? undefined : String(record.databaseId),
		title: record.title,
		body: record.body ?? '',
		state: record.state,
		is_draft: Number(record.isDraft ?? false),
		author_login: loginOf(record.author),
		created_at: record.createdAt,
		updated_at: record.updatedAt ?? undefined,
		closed_at: record.closedAt ?? record.mergedAt,
		merged_at: record.mergedAt,
		additions: record.additions ?? undefined,
		deletions: record.deletions ?? undefined,
		changed_files: record.changedFiles ?? undefined,
		base_ref: record.baseRefName ?? undefined,
		head_ref: record.headRefName ?? undefined,
		head_oid: record.headRefOid ?? undefined,
		milestone_number: milestone?.number ?? null,
		// The last record that names a milestone says what it is called now.
		milestone_title: milestone === null ? null : records.findLast((other) => other.milestone?.number === milestone.number)?.milestone?.title,
		linked_issues: JSON.stringify((record.closingIssues ?? []).map(({ number }) => number)),
		partial: '[]',
	});
}

function expectedReview(record: RecordedPullRequest, review: NonNullable<RecordedPullRequest['reviews']>[number]): Row {
	return withoutUnknown({
		number: record.number,
		node_id: review.id,
		database_id: review.databaseId === null ? undefined : String(review.databaseId),
		state: review.state,
		// The archives tell when a review was begun instead of when it was submitted.
		submitted_at: review.state === 'PENDING' ? null : (review.submittedAt ?? review.createdAt ?? record.createdAt),
		author_login: loginOf(review.author),
		body: review.body ?? '',
	});
}

/** A label's name is the one that its last record has: GitHub tells them apart without their case. */
function labelNames(record: RecordedPullRequest, records: readonly RecordedPullRequest[]): string[] {
	const current = new Map(records.flatMap(({ labels }) => labels ?? []).map(({ name }) => [name.toLowerCase(), name]));
	return [...new Set((record.labels ?? []).map(({ name }) => current.get(name.toLowerCase()) ?? name))];
}

function loginOf(actor: RecordedActor | null): string | null {
	return actor === null ? null : actor.login;
}

/** A JSON array of names; the order of labels and assignees is the server's affair. */
function names(json: unknown): string[] {
	return (JSON.parse(String(json)) as string[]).sort();
}

/** The columns that the expectation speaks of. */
function pickRecorded(row: Row, expected: Row): Row {
	return Object.fromEntries(Object.keys(expected).map((column) => [column, row[column]]));
}

function withoutUnknown(row: Row): Row {
	return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
}

/** The last of each kind. */
function latestBy<T>(items: readonly T[], key: (item: T) => string): T[] {
	return [...new Map(items.map((item) => [key(item), item])).values()];
}

function sorted(rows: readonly Row[]): Row[] {
	const text = ({ number, ...row }: Row) => JSON.stringify([number, row]);
	return [...rows].sort((a, b) => (text(a) < text(b) ? -1 : 1));
}

/** Of the several states of one pull request the last one, in order of their numbers. */
async function lastRecords(path: string): Promise<RecordedPullRequest[]> {
	const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line.trim() !== '');
	const last = new Map(lines.map((line) => JSON.parse(line) as RecordedPullRequest).map((record) => [record.number, record]));
	return [...last.values()].sort((a, b) => a.number - b.number);
}
