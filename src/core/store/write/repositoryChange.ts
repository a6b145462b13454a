import type { Label, Milestone, PullRequest } from '../../model/pullRequest';
import type { Viewer } from '../../model/viewer';
import type { RepositoryRef } from '../../model/repository';

/** One step of a sync, as the database has to know it. */
export interface RepositoryChange {
	repository: StoredRepository;
	/** The revision that the rows have to have for this to follow on them; whatever they have when absent. */
	basis?: string;
	/** The whole list, when given: labels not in it are dropped, unless it is one of {@link incomplete}. */
	labels?: Label[];
	/** The same of milestones. */
	milestones?: Milestone[];
	/** Of which of the two lists there are more than are given. */
	incomplete?: readonly ('labels' | 'milestones')[];
	/** New or changed ones; each replaces all its rows. A label that is not known is left out. */
	pullRequests?: WrittenPullRequest[];
	/** Who synced it, where that is known. */
	viewer?: Viewer;
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

/** A pull request as it was read. */
export interface WrittenPullRequest extends PullRequest {
	/** When, in milliseconds since the Unix epoch by the server's clock: of two logins of an account the later one counts. 0 when absent. */
	readAt?: number;
	/** When what is other than it was stored was seen, in the same way; {@link readAt} when absent. */
	seenAt?: number;
}
