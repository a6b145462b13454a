import type { TurnFacts } from '../../../src/core/store/read/turnFacts';
import type { PullRequestDetail } from '../../../src/core/store/read/pullRequestDetail';
import type { PullRequestRow } from '../../../src/core/store/read/pullRequestRow';
import type { RepositoryRow } from '../../../src/core/store/read/repositories';

/** A pull request as the store gives it, with what a test needs to differ. */
export function pullRequestRow(differences: Partial<PullRequestRow> = {}): PullRequestRow {
	return {
		repositoryId: 1,
		number: 12,
		title: 'Mend the pier',
		state: 'OPEN',
		isDraft: false,
		authorLogin: 'ada',
		createdAt: '2026-01-01T10:00:00Z',
		updatedAt: '2026-01-03T10:00:00Z',
		url: 'https://github.com/octo/harbor/pull/12',
		labels: [],
		milestoneTitle: null,
		assignees: [],
		partial: [],
		checksState: 'none',
		...differences,
	};
}

export function repositoryRow(differences: Partial<RepositoryRow> = {}): RepositoryRow {
	return {
		id: 1,
		host: 'github.com',
		nameWithOwner: 'octo/harbor',
		pushedAt: null,
		syncedAt: '2026-01-03T10:00:00Z',
		nodeId: 'R_1',
		totalCount: null,
		cachePosition: null,
		pullRequests: 310,
		open: 40,
		partial: 0,
		...differences,
	};
}

/** All that is stored of a pull request. */
export function detailOf(differences: Partial<PullRequestDetail> = {}): PullRequestDetail {
	return {
		...pullRequestRow(),
		host: 'github.com',
		nameWithOwner: 'octo/harbor',
		body: null,
		closedAt: null,
		mergedAt: null,
		mergedBy: null,
		baseRef: 'main',
		headRef: 'mend-the-pier',
		headOid: 'a'.repeat(40),
		detailed: true,
		size: { additions: 10, deletions: 2, changedFiles: 1 },
		reviewRequests: [],
		reviews: [],
		commits: [],
		files: [],
		checks: [],
		linkedIssues: [],
		turnFacts: null,
		...differences,
	};
}

export function check(name: string, conclusion: string | null, databaseId: string): PullRequestDetail['checks'][number] {
	return { kind: 'CHECK_RUN', name, status: conclusion === null ? 'IN_PROGRESS' : 'COMPLETED', conclusion, databaseId, url: null, app: null, workflow: null, event: null };
}

/** What decides whose turn an open pull request is: nobody was asked, nobody reviewed. */
export function turnFacts(differences: Partial<TurnFacts> = {}): TurnFacts {
	return {
		...pullRequestRow(),
		detailed: true,
		headOid: 'a'.repeat(40),
		authorAssociation: null,
		mergeable: null,
		mergeState: null,
		reviewDecision: null,
		autoMergeAt: null,
		inMergeQueue: false,
		headAt: null,
		checksAt: null,
		requests: [],
		reviews: [],
		events: [],
		...differences,
	};
}
