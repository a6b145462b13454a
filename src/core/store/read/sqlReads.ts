import { burnUp } from './burnUp';
import type { BurnUpRow, MergedMilestoneKey, MilestoneKey } from './burnUp';
import type { RepositoryScope } from './condition';
import type { Connection } from '../sqlite/connection';
import { mergedGroups, mergedMilestones } from './mergedGroups';
import { milestones, workload } from './milestones';
import { authors, pullRequestDetail } from './pullRequestDetail';
import type { PullRequestDetail, PullRequestKey } from './pullRequestDetail';
import { countPullRequests, groups, pullRequestNumbers, pullRequests, repositories, standing } from './pullRequests';
import { pullRequestRecords } from './pullRequestRecords';
import type { PullRequestRecord, RecordsFilter } from './pullRequestRecords';
import { readOnlyQuery } from './readOnlyQuery';
import type { GroupRow, Grouping, MergedGroupRow, MergedMilestoneRow, MilestoneRow, Page, PullRequestCounts, PullRequestFilter, PullRequestRow, QueryLimits, QueryResult, RepositoryIdentity, RepositoryRow, RepositoryStanding, WorkloadRow } from '../store';
import { updates } from './updates';
import type { SeenUpdates, UpdatesRow } from './updates';
import type { WorkPartsRow, WorkPeriod } from './workParts';
import { workParts } from './workload';

/** The reading half of {@link Store}: each method is one query over a connection that somebody else holds. */
export abstract class SqlReads {
	/** Works on the memory at once; a failure is the promise's. */
	protected abstract now<T>(work: (connection: Connection) => T): Promise<T>;

	repositories(): Promise<RepositoryRow[]> {
		return this.now(repositories);
	}

	groups(by: Grouping, filter: PullRequestFilter): Promise<GroupRow[]> {
		return this.now((connection) => groups(connection, by, filter));
	}

	mergedGroups(by: Grouping, filter: PullRequestFilter): Promise<MergedGroupRow[]> {
		return this.now((connection) => mergedGroups(connection, by, filter));
	}

	pullRequests(filter: PullRequestFilter, page: Page): Promise<PullRequestRow[]> {
		return this.now((connection) => pullRequests(connection, filter, page));
	}

	countPullRequests(filter: PullRequestFilter): Promise<PullRequestCounts> {
		return this.now((connection) => countPullRequests(connection, filter));
	}

	pullRequestRecords(filter: RecordsFilter, page: { after: number; limit: number }): Promise<PullRequestRecord[]> {
		return this.now((connection) => pullRequestRecords(connection, filter, page));
	}

	pullRequest(key: PullRequestKey): Promise<PullRequestDetail | undefined> {
		return this.now((connection) => pullRequestDetail(connection, key));
	}

	authors(scope: RepositoryScope = {}): Promise<string[]> {
		return this.now((connection) => authors(connection, scope));
	}

	updates(seen: SeenUpdates): Promise<UpdatesRow[]> {
		return this.now((connection) => updates(connection, seen));
	}

	milestoneProgress(scope: RepositoryScope): Promise<MilestoneRow[]> {
		return this.now((connection) => milestones(connection, scope));
	}

	mergedMilestones(scope: RepositoryScope): Promise<MergedMilestoneRow[]> {
		return this.now((connection) => mergedMilestones(connection, scope));
	}

	workload(scope: RepositoryScope): Promise<WorkloadRow[]> {
		return this.now((connection) => workload(connection, scope));
	}

	workParts(period: WorkPeriod): Promise<WorkPartsRow[]> {
		return this.now((connection) => workParts(connection, period));
	}

	burnUp(milestone: MilestoneKey | MergedMilestoneKey): Promise<BurnUpRow[]> {
		return this.now((connection) => burnUp(connection, milestone));
	}

	standing(repository: RepositoryIdentity): Promise<RepositoryStanding | undefined> {
		return this.now((connection) => standing(connection, repository));
	}

	pullRequestNumbers(repository: RepositoryIdentity, page: { after: number; limit: number }): Promise<number[]> {
		return this.now((connection) => pullRequestNumbers(connection, repository, page));
	}

	query(sql: string, limits: QueryLimits): Promise<QueryResult> {
		return this.now((connection) => readOnlyQuery(connection, sql, limits));
	}
}
