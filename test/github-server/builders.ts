import type {
	Actor, ChangedFile, CheckRun, CheckSuite, Commit, EnterpriseTeam, Issue, Label, Milestone, PullRequest, PullRequestRows, Review, ReviewRequest, StatusContext, Team,
	TimelineEvent,
} from './model';
import { stableOid } from './identifiers';
import type { Repository } from './repository';

// Rows with sensible values for all that is not said; every id comes from the repository's own sequence unless given.

export function buildPullRequest(repository: Repository, createdAt: string, values: Partial<PullRequest>): PullRequest {
	const databaseId = values.databaseId ?? repository.nextDatabaseId();
	const number = values.number ?? repository.nextNumber();
	const rows: PullRequestRows = { reviewRequests: [], reviews: [], commits: [], files: [], closingIssues: [] };
	return {
		__typename: 'PullRequest', repository, databaseId, number,
		id: repository.nodeId('PR', databaseId),
		title: `Pull request ${number}`,
		body: '',
		state: 'OPEN',
		isDraft: false,
		createdAt,
		updatedAt: createdAt,
		closedAt: null,
		mergedAt: null,
		author: null,
		authorAssociation: 'CONTRIBUTOR',
		mergedBy: null,
		baseRefName: repository.defaultBranch,
		headRefName: `branch-${number}`,
		headRefOid: stableOid(`${repository.id}/${number}`),
		additions: 0,
		deletions: 0,
		changedFiles: values.rows?.files.length ?? 0,
		commentCount: 0,
		labels: [],
		milestone: null,
		assignees: [],
		rows,
		...values,
	};
}

export function buildLabel(repository: Repository, createdAt: string, name: string, color: string, description: string | null = null): Label {
	const databaseId = repository.nextDatabaseId();
	return { __typename: 'Label', id: repository.nodeId('LA', databaseId), databaseId, repository, name, color, description, createdAt, updatedAt: createdAt };
}

export function buildMilestone(repository: Repository, createdAt: string, values: Partial<Milestone>): Milestone {
	const databaseId = repository.nextDatabaseId();
	const number = values.number ?? repository.milestones.reduce((highest, milestone) => Math.max(highest, milestone.number), 0) + 1;
	return {
		__typename: 'Milestone', id: repository.nodeId('MI', databaseId), databaseId, repository, number,
		title: `Milestone ${number}`,
		description: null,
		dueOn: null,
		state: 'OPEN',
		createdAt,
		updatedAt: createdAt,
		closedAt: null,
		...values,
	};
}

export function buildReviewRequest(repository: Repository, reviewer: Actor | Team | EnterpriseTeam | null): ReviewRequest {
	const databaseId = repository.nextDatabaseId();
	return { id: repository.nodeId('RRQ', databaseId), databaseId, reviewer };
}

const eventPrefixes = { ConvertToDraftEvent: 'CTDE', ReadyForReviewEvent: 'RFRE', ReviewRequestRemovedEvent: 'RRRE', ReviewRequestedEvent: 'RRE' };

export function buildTimelineEvent(repository: Repository, createdAt: string, values: Pick<TimelineEvent, '__typename'> & Partial<TimelineEvent>): TimelineEvent {
	const databaseId = repository.nextDatabaseId();
	return { id: repository.nodeId(eventPrefixes[values.__typename], databaseId), databaseId, createdAt, actor: null, requestedReviewer: null, ...values };
}

export function buildReview(repository: Repository, createdAt: string, values: Partial<Review>): Review {
	const databaseId = values.databaseId ?? repository.nextDatabaseId();
	return {
		__typename: 'PullRequestReview', databaseId, repository,
		id: repository.nodeId('PRR', databaseId),
		state: 'COMMENTED',
		submittedAt: values.state === 'PENDING' ? null : createdAt,
		createdAt,
		author: null,
		body: '',
		commitOid: null,
		...values,
	};
}

export function buildCommit(committedDate: string, values: Partial<Commit> & { oid: string }): Commit {
	return {
		message: 'Work in progress', authoredDate: committedDate, committedDate, additions: 1, deletions: 0,
		authorName: values.author?.name ?? values.author?.login ?? null, author: null, ...values,
	};
}

export function buildFile(path: string, values: Partial<ChangedFile> = {}): ChangedFile {
	return { path, additions: 1, deletions: 0, changeType: 'MODIFIED', ...values };
}

export function buildIssue(repository: Repository, createdAt: string, number: number, values: Partial<Issue> = {}): Issue {
	const databaseId = repository.nextDatabaseId();
	return {
		__typename: 'Issue', id: repository.nodeId('I', databaseId), databaseId, repository, number,
		title: `Issue ${number}`, state: 'OPEN', createdAt, updatedAt: createdAt, ...values,
	};
}

export function buildCheckRun(suite: CheckSuite, values: Partial<CheckRun>): CheckRun {
	const { repository } = suite;
	// Real check runs count far above other rows: past 2^34.
	const databaseId = values.databaseId ?? 30_000_000_000 + repository.nextDatabaseId();
	return {
		__typename: 'CheckRun', databaseId, repository, suite,
		id: repository.nodeId('CR', databaseId),
		name: 'build',
		status: 'COMPLETED',
		conclusion: (values.status ?? 'COMPLETED') === 'COMPLETED' ? 'SUCCESS' : null,
		startedAt: null,
		completedAt: null,
		detailsUrl: `https://ci.example/runs/${databaseId}`,
		...values,
	};
}

export function buildStatus(repository: Repository, createdAt: string, values: Partial<StatusContext>): StatusContext {
	const databaseId = values.databaseId ?? 30_000_000_000 + repository.nextDatabaseId();
	return {
		__typename: 'StatusContext', databaseId, repository,
		id: repository.nodeId('SC', databaseId),
		context: 'ci/status',
		state: 'SUCCESS',
		description: null,
		targetUrl: `https://ci.example/builds/${databaseId}`,
		createdAt,
		creator: null,
		...values,
	};
}
