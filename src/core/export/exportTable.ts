import type { MilestoneRow } from '../store/read/milestones';
import type { RepositoryRow } from '../store/read/repositories';
import type { PersonWork } from '../insights/workloadModel';
import type { PullRequestRecord } from '../store/read/pullRequestRecords';
import { milestoneProgress } from '../insights/milestoneModel';

export type ExportedValue = string | number | boolean | null | readonly (string | number)[];

/** What a column is called in both formats, and what stands in it. Published: a column may come, none goes or changes. */
export type Column<T> = readonly [name: string, value: (row: T) => ExportedValue];

/** A row with the repository that it is of. */
export interface OfRepository<T> {
	row: T;
	repository: RepositoryRow;
}

/** Without the texts and long lists, which are in the database. */
export const PULL_REQUEST_COLUMNS: readonly Column<OfRepository<PullRequestRecord>>[] = [
	['repository', ({ repository }) => repository.nameWithOwner],
	['host', ({ repository }) => repository.host],
	['number', ({ row }) => row.number],
	['title', ({ row }) => row.title],
	['state', ({ row }) => row.state],
	['isDraft', ({ row }) => row.isDraft],
	['author', ({ row }) => row.authorLogin],
	['createdAt', ({ row }) => row.createdAt],
	['updatedAt', ({ row }) => row.updatedAt],
	['closedAt', ({ row }) => row.closedAt],
	['mergedAt', ({ row }) => row.mergedAt],
	['milestone', ({ row }) => row.milestoneTitle],
	['labels', ({ row }) => row.labels],
	['assignees', ({ row }) => row.assignees],
	['reviewRequests', ({ row }) => row.reviewRequests],
	['changesRequested', ({ row }) => row.changesRequested],
	// None that could be read are not none.
	['checks', ({ row }) => row.checksState],
	['additions', ({ row }) => row.additions],
	['deletions', ({ row }) => row.deletions],
	['changedFiles', ({ row }) => row.changedFiles],
	['baseRef', ({ row }) => row.baseRef],
	['headRef', ({ row }) => row.headRef],
	['linkedIssues', ({ row }) => row.linkedIssues],
	['incomplete', ({ row }) => row.partial],
	['url', ({ row }) => row.url],
	// New ones stand last: who reads by place still finds the others.
	['mergedBy', ({ row }) => row.mergedBy],
];

/** One person is one row, in however many repositories; nobody is `null`. */
export const WORKLOAD_COLUMNS: readonly Column<PersonWork>[] = [
	['login', ({ login }) => login],
	['open', ({ open }) => open],
	['draft', ({ parts }) => parts.draft],
	['changesRequested', ({ parts }) => parts.changesRequested],
	['reviewRequested', ({ parts }) => parts.reviewRequested],
	['ready', ({ parts }) => parts.ready],
	['stale', ({ parts }) => parts.stale],
	['merged', ({ merged }) => merged],
	['alsoStale', ({ alsoStale }) => alsoStale],
];

export const MILESTONE_COLUMNS: readonly Column<OfRepository<MilestoneRow>>[] = [
	['repository', ({ repository }) => repository.nameWithOwner],
	['host', ({ repository }) => repository.host],
	['number', ({ row }) => row.number],
	['title', ({ row }) => row.title],
	['state', ({ row }) => row.state],
	['dueOn', ({ row }) => row.dueOn],
	['open', ({ row }) => row.open],
	['closed', ({ row }) => row.closed],
	['percent', ({ row }) => milestoneProgress(row).percent],
];
