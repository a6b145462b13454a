import type { Label, Milestone, PullRequest, PullRequestState } from '../model/pullRequest';
import type { RepositoryRef } from '../model/repository';
import type { Disposable } from '../model/event';
import type { BurnUpRow, MergedMilestoneKey, MilestoneKey } from './read/burnUp';
import type { AttributeFilter } from './read/attributeConditions';
import type { ChecksState } from './read/checksRollup';
import type { RepositoryScope } from './read/condition';
import type { PullRequestDetail, PullRequestKey } from './read/pullRequestDetail';
import type { SeenUpdates, UpdatesRow } from './read/updates';
import type { PullRequestRecord, RecordsFilter } from './read/pullRequestRecords';
import type { WorkPartsRow, WorkPeriod, WorkSelection } from './read/workParts';

/**
 * The database as the shells see it. Every call is asynchronous, whether or not the
 * implementation needs it to be, so that it can move to another thread unnoticed.
 */
export interface Store {
	/** Fires after rows changed: here, or in another process whose file this one has taken up. */
	readonly onDidChange: (listener: (change: StoreChange) => void) => Disposable;

	/**
	 * Writes into the open database, in one transaction. Visible to every read at once; on disk after {@link save}.
	 * @returns the repository's new revision
	 * @throws OutOfStepError when the rows are not those that the change builds on; nothing is written then
	 * @throws BrokenRowsError when the rows that are there forbid it; nothing is written then
	 */
	apply(change: RepositoryChange): Promise<string>;
	/**
	 * Makes rows that something else has changed what they should be. Nothing is written where nothing has.
	 * @param change its pull requests and lists as a whole; with `removed`, what belongs to no pull request goes too
	 * @throws OutOfStepError also when the repository is not stored; nothing is written then
	 */
	mend(change: RepositoryChange): Promise<Mended>;
	/** Puts the whole database on disk. Rows that other processes saved meanwhile are kept. */
	save(): Promise<void>;
	/** Takes up what another process has saved since; `true` when there was something. */
	refresh(): Promise<boolean>;
	/** Drops every row of a repository. */
	removeRepository(ref: RepositoryRef): Promise<void>;
	/** How far a repository's rows are; `undefined` while it has none. */
	standing(repository: RepositoryIdentity): Promise<RepositoryStanding | undefined>;
	/** Numbers of a repository's pull requests greater than `after`, in their order, at most `limit`. */
	pullRequestNumbers(repository: RepositoryIdentity, page: { after: number; limit: number }): Promise<number[]>;

	/** Every stored repository, by name. */
	repositories(): Promise<RepositoryRow[]>;
	/** The groups of one tree with their counts, in the order in which they are shown; the "none" group last. */
	groups(by: Grouping, filter: PullRequestFilter): Promise<GroupRow[]>;
	/** The same over several repositories: groups of one title, name or login are one, whichever repository they are of. */
	mergedGroups(by: Grouping, filter: PullRequestFilter): Promise<MergedGroupRow[]>;
	/** One page of pull requests; never more than {@link MAX_PAGE}. */
	pullRequests(filter: PullRequestFilter, page: Page): Promise<PullRequestRow[]>;
	/** How many of them there are, by state. */
	countPullRequests(filter: PullRequestFilter): Promise<PullRequestCounts>;
	/** Of one repository, those with numbers greater than `after`, in their order, at most `limit` and {@link MAX_PAGE}. */
	pullRequestRecords(filter: RecordsFilter, page: { after: number; limit: number }): Promise<PullRequestRecord[]>;
	/** Everything that is stored of one pull request; `undefined` when it is not stored. */
	pullRequest(key: PullRequestKey): Promise<PullRequestDetail | undefined>;
	/** Everybody who wrote one of the stored pull requests, by name. */
	authors(scope?: RepositoryScope): Promise<string[]>;
	/** How far each repository's updates go, and how many of its pull requests were updated after what was seen. */
	updates(seen: SeenUpdates): Promise<UpdatesRow[]>;
	/** Milestones with their progress; overdue first, then by due date, those without one after, closed ones last. */
	milestoneProgress(scope: RepositoryScope): Promise<MilestoneRow[]>;
	/** The same with those of one title as one, whichever repository they are of. */
	mergedMilestones(scope: RepositoryScope): Promise<MergedMilestoneRow[]>;
	/** Who carries how much of what is open; the unassigned last, with `login: null`. */
	workload(scope: RepositoryScope): Promise<WorkloadRow[]>;
	/** What each person has to do, by part, by name: those with nothing too, the unassigned last when there are any. */
	workParts(period: WorkPeriod): Promise<WorkPartsRow[]>;
	/** When a milestone's pull requests were opened and closed, by day, oldest first; days without either are left out. */
	burnUp(milestone: MilestoneKey | MergedMilestoneKey): Promise<BurnUpRow[]>;
	/** Runs one statement that only reads. @throws HumanError when it is not that, not SQL, or takes too long */
	query(sql: string, limits: QueryLimits): Promise<QueryResult>;

	/** Saves what is unsaved and lets go of the memory. */
	close(): Promise<void>;
}

/** The longest page, so that no answer is ever large. */
export const MAX_PAGE = 1_000;

export interface QueryLimits {
	/** Rows past these are left out, and the result says so. */
	rows: number;
	/** How long it may take, in milliseconds; 10 s when absent. */
	milliseconds?: number;
	/** Takes back the question. */
	signal?: AbortSignal;
}

/** A repository as no other can be: by its host and GraphQL node id. */
export interface RepositoryIdentity {
	host: string;
	nodeId: string;
}

/** How far a repository's rows are. */
export interface RepositoryStanding {
	nameWithOwner: string;
	syncedAt: string | null;
	/** See {@link StoredRepository.cachePosition}. */
	cachePosition: string | null;
	/** Another one after every change of the rows, whoever made it. */
	revision: string;
}

/** What was found to be other than it should, and is as it should by now. */
export interface Mended {
	/** Of the repository's rows; another one when anything was mended. */
	revision: string;
	/** Numbers of the pull requests with such rows, those that should not be there too; in no order. */
	pullRequests: number[];
	/** Labels, milestones or people were. */
	catalogue: boolean;
}

export interface StoreChange {
	/** `undefined`: more than one repository, or not known which. */
	repositoryId: number | undefined;
}

/** A pull request as it was read. */
export interface WrittenPullRequest extends PullRequest {
	/** When, in milliseconds since the Unix epoch by the server's clock: of two logins of an account the later one counts. 0 when absent. */
	readAt?: number;
}

/** One step of a sync, as the database has to know it. */
export interface RepositoryChange {
	repository: StoredRepository;
	/** The revision that the rows have to have for this to follow on them; whatever they have when absent. */
	basis?: string;
	/** The whole list, when given: labels not in it are dropped. */
	labels?: Label[];
	/** The whole list, when given: milestones not in it are dropped. */
	milestones?: Milestone[];
	/** New or changed ones; each replaces all its rows. A label that is not known is left out. */
	pullRequests?: WrittenPullRequest[];
	/** Numbers of those that GitHub no longer has. */
	removed?: number[];
}

export interface StoredRepository {
	/** As the person named it; finds the rows of a repository that was renamed since together with `nodeId`. */
	ref: RepositoryRef;
	/** GraphQL node id. */
	nodeId: string;
	pushedAt: string | null;
	/** Server time of the last complete sync; `null` while the first one is under way. */
	syncedAt: string | null;
	/** How many pull requests GitHub counts, where what is stored is a part of them; `null` where it is all, or not known. */
	totalCount: number | null;
	/** Up to where the PR cache is in the rows, in words of the cache's own; `null` when it is not known. */
	cachePosition: string | null;
}

export interface RepositoryRow {
	id: number;
	host: string;
	nameWithOwner: string;
	nodeId: string;
	pushedAt: string | null;
	syncedAt: string | null;
	/** See {@link StoredRepository.cachePosition}. */
	cachePosition: string | null;
	/** How many pull requests GitHub counts, where what is stored is a part of them; `null` where it is all, or not known. */
	totalCount: number | null;
	pullRequests: number;
	open: number;
	/** How many carry the mark of an incomplete list. */
	partial: number;
}

export type Grouping = 'milestone' | 'label' | 'assignee';

/** Which pull requests to show. Everything given must hold. */
export interface PullRequestFilter extends AttributeFilter, RepositoryScope {
	/** Any of these; all states when absent. */
	states?: PullRequestState[];
	/** The group whose members are wanted. */
	group?: GroupSelection;
	/** One part of one person's work. */
	work?: WorkSelection;
}

export interface GroupSelection {
	by: Grouping;
	/** As {@link Store.groups} gave it. */
	key: string | null;
	/** The key is one that {@link Store.mergedGroups} gave. */
	merged?: boolean;
}

export interface Page {
	offset: number;
	limit: number;
	/** Newest update first when absent. */
	order?: PullRequestOrder;
}

/** By which of its values a page is ordered, the largest first unless `ascending`. */
export interface PullRequestOrder {
	by: 'updated' | 'created' | 'number';
	ascending: boolean;
}

/** A group of one tree. `key` is `null` for the pull requests that have no milestone, label or assignee. */
export interface Group {
	key: string | null;
	/** What to call it: milestone title, label name, login. Empty for the "none" group. */
	title: string;
	count: number;
	/** Labels only: six hexadecimal digits. */
	color?: string;
	/** Milestones only. */
	milestone?: MilestoneStanding;
}

/** A group of one repository. Its key is a milestone's or label's node id, an assignee's login. */
export interface GroupRow extends Group {
	repositoryId: number;
	milestone?: MilestoneRow;
}

/**
 * Groups of several repositories as one. Its key is what their titles have in common; title and colour are those of the
 * first repository.
 */
export interface MergedGroupRow extends Group {
	milestone?: MergedMilestoneRow;
}

/** How a milestone stands. */
export interface MilestoneStanding {
	title: string;
	state: 'OPEN' | 'CLOSED';
	dueOn: string | null;
	open: number;
	/** Closed and merged together. */
	closed: number;
}

export interface MilestoneRow extends MilestoneStanding {
	repositoryId: number;
	nodeId: string;
	number: number;
}

/** Milestones of one title as one: open while one of them is, due with the first of the open ones, counts summed up. */
export interface MergedMilestoneRow extends MilestoneStanding {
	/** The same as its group's. */
	key: string;
	/** Those that have such a milestone. */
	repositoryIds: number[];
}

/** What a tree row shows of a pull request. */
export interface PullRequestRow {
	repositoryId: number;
	number: number;
	title: string;
	state: PullRequestState;
	isDraft: boolean;
	authorLogin: string | null;
	createdAt: string;
	updatedAt: string;
	url: string;
	labels: string[];
	milestoneTitle: string | null;
	assignees: string[];
	/** Names of the lists that are not whole; {@link LACKS_DETAILS} where only the listing is stored. */
	partial: string[];
	checksState: ChecksState;
}

export type PullRequestCounts = Record<PullRequestState, number>;

export interface WorkloadRow {
	login: string | null;
	/** Open and assigned, drafts included. */
	open: number;
	draft: number;
	/** Open pull requests that wait for this person's review. */
	reviewRequested: number;
	/** Open and assigned, whose latest decisive review asks for changes. */
	changesRequested: number;
}

export interface QueryResult {
	columns: string[];
	rows: (string | number | null | Uint8Array)[][];
	/** There were more rows than the limit. */
	truncated: boolean;
}
