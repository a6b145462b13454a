import { shownChanges, shownComments } from './limits';
import { mergeability, reviewDecision } from './mergeability';
import { rollupContexts, rollupState } from './checks';
import { headOwner, isCrossRepository, isStatusContext, type Actor, type Check, type PullRequest, type ReviewRequest } from './model';
import type { Repository } from './repository';
import type { World } from './world';

/** All that the server would show of a repository, as plain objects: what a client that has read everything must hold. */
export type ExpectedState = ReturnType<typeof expectedState>;
export type ExpectedPullRequest = ReturnType<typeof expectedPullRequest>;

/**
 * Pull requests by number, labels and milestones by id; every inner list in a fixed order that is said where it is made. Node ids are of the
 * new form, and types are those of github.com's schema: an older host shows no reviewer of a type that it lacks.
 */
export function expectedState(world: World, nameWithOwner: string) {
	const repository = world.repository(nameWithOwner);
	return {
		id: repository.id,
		nameWithOwner: repository.nameWithOwner,
		pushedAt: repository.pushedAt,
		labels: byText(repository.labels.map(({ id, name, color, description }) => ({ id, name, color, description })), ({ id }) => id),
		milestones: byText(
			repository.milestones.map(({ id, number, title, state, dueOn, description }) => ({ id, number, title, state, dueOn, description })),
			({ id }) => id,
		),
		pullRequests: [...repository.pullRequests.values()].sort((left, right) => left.number - right.number).map((one) => expectedPullRequest(world, one)),
	};
}

/** One pull request, as {@link expectedState} has it. */
export function expectedPullRequest(world: World, row: PullRequest) {
	const { repository } = row;
	const rows = repository.rowsOf(row);
	const shown = shownChanges(row);
	const commits = rows.commits.slice(0, shown.commits);
	const checks = world.checksOf(repository, row.headRefOid);
	return {
		id: row.id,
		number: row.number,
		databaseId: row.databaseId,
		title: row.title,
		body: row.body,
		state: row.state,
		isDraft: row.isDraft,
		createdAt: row.createdAt,
		updatedAt: row.updatedAt,
		closedAt: row.closedAt,
		mergedAt: row.mergedAt,
		mergedBy: account(row.mergedBy),
		author: account(row.author),
		authorAssociation: row.authorAssociation,
		/** Noughts that mean nothing where `limits.filesUnknown`. */
		additions: shown.additions,
		deletions: shown.deletions,
		changedFiles: shown.changedFiles,
		limits: {
			/** `files` is null: nothing else tells it from none. */
			filesUnknown: shown.files === null,
			/** There are more files than are ever listed. */
			filesCut: shown.files !== null && rows.files.length > shown.files,
			/** There are more commits than are ever listed. */
			commitsCut: rows.commits.length > shown.commits,
			/** The total as it is served, which may be cut itself. */
			commitTotal: shown.commitTotal,
			/** One of the listed commits has no counts; asking for them takes its row. */
			statsUnavailable: commits.some((commit) => commit.hasNoStatistics === true),
			/** One of the listed commits has no author's date; asking for it takes its row. */
			datesUnavailable: commits.some((commit) => commit.authoredDate === null),
		},
		/** Once the job has run that the first asking starts. */
		...mergeability(world, row),
		isInMergeQueue: row.mergeQueueEntry !== undefined,
		autoMergeAt: row.autoMergeRequest?.enabledAt ?? null,
		reviewDecision: reviewDecision(row),
		totalCommentsCount: shownComments(row),
		isCrossRepository: isCrossRepository(row),
		headOwner: headOwner(row),
		baseRefName: row.baseRefName,
		headRefName: row.headRefName,
		headRefOid: row.headRefOid,
		url: `${world.webUrl}/${repository.nameWithOwner}/pull/${row.number}`,
		/** Sorted. */
		labelIds: row.labels.map(({ id }) => id).sort(),
		milestoneId: row.milestone?.id ?? null,
		/** Logins of all assignees, sorted: users, and bots (without `[bot]`), which only `assignedActors` shows. */
		assignees: row.assignees.map(({ login }) => login).sort(),
		/** Logins, teams as `organization/slug` and enterprise teams as `slug`, sorted; a reviewer that is gone shows as null and is left out. */
		reviewRequests: rows.reviewRequests.flatMap(reviewerName).sort(),
		unnamedReviewers: rows.reviewRequests.filter(({ reviewer }) => reviewer === null).length,
		/** By time, then by id, as the server lists them. */
		reviews: [...rows.reviews]
			.sort((left, right) => (left.createdAt < right.createdAt ? -1 : left.createdAt > right.createdAt ? 1 : left.databaseId - right.databaseId))
			.map(({ id, databaseId, state, submittedAt, author, body, commitOid }) => ({ id, databaseId, state, submittedAt, author: account(author), body, commitOid })),
		/** In the order of the branch; counts and the author's date are null where there are none. */
		commits: commits.map((commit) => ({
			oid: commit.oid,
			message: commit.message,
			messageHeadline: commit.message.split('\n', 1)[0] ?? '',
			authoredDate: commit.authoredDate,
			committedDate: commit.committedDate,
			additions: commit.hasNoStatistics ? null : commit.additions,
			deletions: commit.hasNoStatistics ? null : commit.deletions,
			authorName: commit.authorName,
			authorLogin: commit.author?.__typename === 'User' ? commit.author.login : null,
		})),
		/** By path. */
		files: byText(rows.files.map(({ path, additions, deletions, changeType }) => ({ path, additions, deletions, changeType })), ({ path }) => path).slice(0, shown.files ?? 0),
		/** Every check run of the head commit by id, superseded ones too; then the newest status of every context. */
		checks: rollupContexts(checks).map((check) => expectedCheck(world, repository, check)),
		/** Of the newest runs and statuses, as `statusCheckRollup.state` is when it is asked alone; null without any. */
		rollup: checks.length === 0 ? null : rollupState(checks),
		/** Oldest first. */
		reviewThreads: (row.reviewThreads ?? []).map(({ id, isResolved }) => ({ id, isResolved })),
		/** Oldest first; those whose rows are null are left out. */
		events: (row.timeline ?? []).filter(({ isHidden }) => isHidden !== true).map(({ __typename, id, createdAt, actor, requestedReviewer }) => ({
			type: __typename, id, createdAt, actor: account(actor), reviewer: reviewerName({ reviewer: requestedReviewer })[0] ?? null,
		})),
		/** By number, then by the name of the issue's repository, which may be another one. */
		closingIssues: byText(rows.closingIssues.map(({ number, title, repository: { nameWithOwner } }) => ({ number, title, repository: nameWithOwner })), ({ repository: home }) => home)
			.sort((left, right) => left.number - right.number),
	};
}

function expectedCheck(world: World, repository: Repository, check: Check) {
	if (isStatusContext(check)) {
		const { id, databaseId, context, state, description, targetUrl, createdAt } = check;
		return { kind: 'STATUS_CONTEXT' as const, id, databaseId, context, state, description, targetUrl, createdAt };
	}
	const { id, databaseId, name, status, conclusion, startedAt, completedAt, detailsUrl, suite } = check;
	return {
		kind: 'CHECK_RUN' as const, id, databaseId, name, status, conclusion, startedAt, completedAt, detailsUrl,
		url: `${world.webUrl}/${repository.nameWithOwner}/runs/${databaseId}`,
		/** Runs of one name in one suite are re-runs of each other. */
		suiteId: suite.id,
		app: suite.app.slug,
		/** null: not of GitHub Actions. */
		workflow: suite.workflowRun?.workflow.name ?? null,
		event: suite.workflowRun?.event ?? null,
	};
}

function account(one: Actor | null) {
	return one && { login: one.login, type: one.__typename };
}

/** None for a reviewer that is gone. */
export function reviewerName({ reviewer }: Pick<ReviewRequest, 'reviewer'>): string[] {
	if (reviewer === null) return [];
	if (reviewer.__typename === 'EnterpriseTeam') return [reviewer.slug];
	return [reviewer.__typename === 'Team' ? `${reviewer.organization}/${reviewer.slug}` : reviewer.login];
}

function byText<T>(rows: readonly T[], key: (row: T) => string): T[] {
	return [...rows].sort((left, right) => (key(left) < key(right) ? -1 : key(left) > key(right) ? 1 : 0));
}
