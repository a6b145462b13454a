import { readFile } from 'node:fs/promises';
import { actor, reviewerNamed, userOrBot } from './actors';
import { buildCheckRun, buildCommit, buildFile, buildIssue, buildLabel, buildMilestone, buildPullRequest, buildReview, buildReviewRequest, buildStatus } from './builders';
import { ACTIONS, checkSuite } from './checkSuites';
import { stableOid } from './identifiers';
import {
	isStatusContext, type Actor, type ChangeType, type CheckConclusion, type CheckRun, type CheckStatus, type CheckSuite, type Milestone, type PullRequest,
	type PullRequestState, type ReviewState, type StatusContext, type StatusState,
} from './model';
import type { RecordedActor, RecordedCheck, RecordedMilestone, RecordedPullRequest } from './recordedPullRequest';
import { Repository } from './repository';

/**
 * A repository from recorded pull requests, one JSON object a line.
 * - A list that was not recorded is served empty, and each total is what is really served, whatever `…TotalCount` says.
 * - The last record of a number wins.
 * - A missing id or databaseId is made from the repository and the number, the same each time; recorded ones are kept.
 * - Missing: `updatedAt` → the newest of the other times, `isDraft` → false, texts → empty, branches → `main` and `branch-N`,
 *   counts → the sum or the number of the recorded rows, a label's colour → `ededed`, a file's change type → MODIFIED.
 * - Labels are one by name (case ignored, as on GitHub), milestones one by number; the last record says how they look.
 * - A login without a type is a User, or a Bot when it is `name[bot]`. An author of null stays null.
 * - A review without `submittedAt` has its `createdAt`, unless it is pending.
 * - A recorded check suite becomes a check run named after its app, in a suite of its own; a recorded status becomes its contexts; those
 *   without a name become `default`. All hang on the head commit.
 * - A recorded check run without an app is GitHub Actions', without a workflow the workflow `CI`'s. Two of one name and one start cannot be a
 *   run and its re-run, so the second is in another suite: of a workflow `CI 2` where none is recorded. Recorded dates are kept.
 * - A word that GitHub's schema does not have becomes COMPLETED, NEUTRAL, MODIFIED or COMMENTED.
 * - Linked issues of any number become issues of this repository, or of the one that `repo` names.
 */
export async function loadNdjson(file: string): Promise<Repository> {
	const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '');
	return recordedRepository(lines.map((line) => JSON.parse(line) as RecordedPullRequest));
}

export function recordedRepository(records: readonly RecordedPullRequest[]): Repository {
	const last = new Map(records.map((record) => [record.number, record]));
	const sorted = [...last.values()].sort((left, right) => left.number - right.number);
	const repository = new Repository(sorted[0]?.repo ?? 'recorded/empty', { createdAt: sorted[0]?.createdAt ?? '2020-01-01T00:00:00Z' });
	const loader = new Loader(repository);
	for (const record of sorted) loader.add(record);
	repository.updatedAt = sorted.reduce((newest, record) => later(newest, record.updatedAt ?? record.createdAt), repository.createdAt);
	repository.pushedAt = repository.updatedAt;
	return repository;
}

class Loader {
	readonly #repository: Repository;
	readonly #elsewhere = new Map<string, Repository>();

	constructor(repository: Repository) {
		this.#repository = repository;
	}

	add(record: RecordedPullRequest): void {
		const repository = this.#repository;
		const { number, createdAt } = record;
		const databaseId = record.databaseId ?? repository.nextDatabaseId();
		const commits = (record.commits ?? []).map((commit) =>
			buildCommit(commit.committedDate, {
				oid: commit.oid, message: commit.messageHeadline ?? '', authoredDate: commit.authoredDate, additions: 0, deletions: 0,
				authorName: commit.authorName, author: commit.authorLogin === null ? null : actor(commit.authorLogin),
			}));
		const files = (record.files ?? []).map(({ path, additions, deletions, changeType }) => buildFile(path, { additions, deletions, changeType: knownWord(changeTypes, changeType, 'MODIFIED') }));
		const headRefOid = record.headRefOid ?? commits.at(-1)?.oid ?? stableOid(`${repository.nameWithOwner}#${number}`);
		const updatedAt = record.updatedAt ?? [record.closedAt, record.mergedAt, ...(record.reviews ?? []).map((review) => review.submittedAt)].reduce<string>(later, createdAt);
		const pullRequest: PullRequest = buildPullRequest(repository, createdAt, {
			number, databaseId, headRefOid, updatedAt,
			id: record.id ?? repository.nodeId('PR', databaseId),
			title: record.title,
			body: record.body ?? '',
			state: record.state as PullRequestState,
			isDraft: record.isDraft ?? false,
			closedAt: record.closedAt ?? record.mergedAt,
			mergedAt: record.mergedAt,
			author: recordedActor(record.author),
			authorAssociation: record.authorAssociation ?? 'NONE',
			mergedBy: recordedActor(record.mergedBy ?? null),
			additions: record.additions ?? files.reduce((sum, one) => sum + one.additions, 0),
			deletions: record.deletions ?? files.reduce((sum, one) => sum + one.deletions, 0),
			changedFiles: record.changedFiles ?? files.length,
			baseRefName: record.baseRefName ?? 'main',
			headRefName: record.headRefName ?? `branch-${number}`,
			commentCount: record.commentsCount ?? 0,
			labels: [...new Set((record.labels ?? []).map(({ name, color }) => this.#label(name, color)))],
			milestone: record.milestone && this.#milestone(record.milestone),
			assignees: (record.assignees ?? []).map(userOrBot),
			rows: { reviewRequests: [], reviews: [], commits, files, closingIssues: [] },
		});
		repository.addPullRequest(pullRequest);
		this.#addRows(pullRequest, record);
	}

	#addRows(pullRequest: PullRequest, record: RecordedPullRequest): void {
		const repository = this.#repository;
		const rows = repository.editableRows(pullRequest);
		for (const login of record.reviewRequests ?? []) rows.reviewRequests.push(buildReviewRequest(repository, reviewerNamed(login)));
		for (const review of record.reviews ?? []) {
			const createdAt = review.createdAt ?? review.submittedAt ?? record.createdAt;
			rows.reviews.push(buildReview(repository, createdAt, {
				...(review.databaseId !== null && { databaseId: review.databaseId }),
				...(review.id !== undefined && { id: review.id }),
				state: knownWord(reviewStates, review.state, 'COMMENTED'),
				submittedAt: review.state === 'PENDING' ? null : (review.submittedAt ?? createdAt),
				author: recordedActor(review.author),
				body: review.body ?? '',
				commitOid: review.commitOid ?? null,
			}));
		}
		for (const issue of record.closingIssues ?? []) {
			const home = this.#repositoryOf(issue.repo ?? repository.nameWithOwner);
			const known = home.issues.get(issue.number) ?? buildIssue(home, record.createdAt, issue.number, { title: issue.title });
			home.addIssue(known);
			rows.closingIssues.push(known);
		}
		for (const check of record.checkRuns ?? []) this.#addCheck(pullRequest, check);
	}

	#repositoryOf(nameWithOwner: string): Repository {
		if (nameWithOwner.toLowerCase() === this.#repository.nameWithOwner.toLowerCase()) return this.#repository;
		const found = this.#elsewhere.get(nameWithOwner.toLowerCase()) ?? new Repository(nameWithOwner, { createdAt: this.#repository.createdAt });
		this.#elsewhere.set(nameWithOwner.toLowerCase(), found);
		return found;
	}

	#addCheck(pullRequest: PullRequest, check: RecordedCheck): void {
		const checks = this.#repository.editableChecks(pullRequest.headRefOid);
		if (check.__typename === 'Status') {
			for (const context of check.contexts ?? []) {
				const values: Partial<StatusContext> = {
					context: context.context ?? 'default', state: context.state as StatusState, description: context.description, targetUrl: context.targetUrl,
				};
				checks.push(buildStatus(this.#repository, pullRequest.createdAt, values));
			}
			return;
		}
		const status = knownWord(runStatuses, check.status, 'COMPLETED');
		const name = check.name ?? check.app ?? 'default';
		const runs = checks.filter((one): one is CheckRun => !isStatusContext(one));
		const suite = this.#suite(pullRequest.headRefOid, check, runs.filter((one) => one.name === name));
		checks.push(buildCheckRun(suite, {
			name, status,
			conclusion: status === 'COMPLETED' ? knownWord(runConclusions, check.conclusion, 'NEUTRAL') : null,
			startedAt: check.startedAt ?? null,
			completedAt: check.completedAt ?? null,
			detailsUrl: check.url ?? null,
			...(typeof check.databaseId === 'number' && !checks.some((one) => one.databaseId === check.databaseId) && { databaseId: check.databaseId }),
		}));
	}

	/** @param namesakes the runs of the same name that are there already */
	#suite(oid: string, check: RecordedCheck, namesakes: readonly CheckRun[]): CheckSuite {
		const app = (check.app ?? (check.name ? ACTIONS : 'default')).toLowerCase().replaceAll(' ', '-');
		const make = (trigger: number): CheckSuite => {
			const values = { app, ...(check.event && { event: check.event }) };
			if (app !== ACTIONS) return checkSuite(this.#repository, oid, { ...values, trigger });
			if (check.workflow) return checkSuite(this.#repository, oid, { ...values, workflow: check.workflow, trigger });
			return checkSuite(this.#repository, oid, { ...values, workflow: trigger === 0 ? 'CI' : `CI ${trigger + 1}` });
		};
		let trigger = 0;
		let suite = make(trigger);
		const isSuite = check.__typename === 'CheckSuite';
		const isTaken = (one: CheckRun): boolean => one.suite.databaseId === suite.databaseId && (isSuite || one.startedAt === (check.startedAt ?? null));
		while (namesakes.some(isTaken)) suite = make(++trigger);
		return suite;
	}

	#label(name: string, color: string | null): PullRequest['labels'][number] {
		const { labels, createdAt } = this.#repository;
		let label = labels.find((one) => one.name.toLowerCase() === name.toLowerCase());
		if (!label) {
			label = buildLabel(this.#repository, createdAt, name, color ?? 'ededed');
			labels.push(label);
		}
		label.name = name;
		label.color = color ?? label.color;
		return label;
	}

	#milestone(recorded: RecordedMilestone): Milestone {
		const { milestones, createdAt } = this.#repository;
		let milestone = milestones.find((one) => one.number === recorded.number);
		if (!milestone) {
			milestone = buildMilestone(this.#repository, createdAt, { number: recorded.number });
			milestones.push(milestone);
		}
		return Object.assign(milestone, { title: recorded.title, dueOn: recorded.dueOn, state: recorded.state, closedAt: recorded.state === 'CLOSED' ? createdAt : null });
	}
}

const runStatuses: readonly CheckStatus[] = ['QUEUED', 'IN_PROGRESS', 'WAITING', 'PENDING', 'REQUESTED', 'COMPLETED'];
const runConclusions: readonly CheckConclusion[] = [
	'ACTION_REQUIRED', 'TIMED_OUT', 'CANCELLED', 'FAILURE', 'SUCCESS', 'NEUTRAL', 'SKIPPED', 'STARTUP_FAILURE', 'STALE',
];
const changeTypes: readonly ChangeType[] = ['ADDED', 'DELETED', 'RENAMED', 'COPIED', 'MODIFIED', 'CHANGED'];
const reviewStates: readonly ReviewState[] = ['PENDING', 'COMMENTED', 'APPROVED', 'CHANGES_REQUESTED', 'DISMISSED'];

function knownWord<T extends string>(words: readonly T[], word: string | null | undefined, otherwise: T): T {
	return words.find((one) => one === word) ?? otherwise;
}

function recordedActor(recorded: RecordedActor | null): Actor | null {
	return recorded && (recorded.__typename === null ? userOrBot(recorded.login) : actor(recorded.login, recorded.__typename));
}

function later(left: string, right: string | null | undefined): string {
	return right !== null && right !== undefined && right > left ? right : left;
}
