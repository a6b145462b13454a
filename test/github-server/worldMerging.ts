import { userOrBot } from './actors';
import type { AutoMergeRequest, MergeQueueEntry, PullRequest } from './model';
import { WorldChecks } from './worldChecks';

/** What the world knows of merging. That mergeability, queues and resolved conversations leave `updatedAt` alone is believed, not known. */
export class WorldMerging extends WorldChecks {
	/** How long the job runs that the first asking for mergeability starts, in milliseconds of the world's clock. */
	mergeJobMs = 3_000;

	/** Someone pushed to the base: the branch conflicts with it, or no longer does. Nothing is bumped; mergeability is unknown again. */
	setConflict(name: string, number: number, hasConflict = true): void {
		const pullRequest = this.pullRequest(name, number);
		pullRequest.hasConflict = hasConflict;
		this.forgetMergeability([pullRequest]);
	}

	/** A push to the branch that all of them are to be merged into: of each open one, mergeability is unknown again. */
	pushBase(name: string): void {
		this.forgetMergeability(this.repository(name).pullRequests.values());
	}

	/** At the queue's end. */
	enqueue(name: string, number: number, state: MergeQueueEntry['state'] = 'QUEUED'): void {
		const pullRequest = this.pullRequest(name, number);
		const { repository } = pullRequest;
		const queued = [...repository.pullRequests.values()].filter((one) => one.mergeQueueEntry).length;
		pullRequest.mergeQueueEntry = {
			__typename: 'MergeQueueEntry', id: repository.nodeId('MQE', repository.nextDatabaseId()), position: queued + 1, state, enqueuedAt: this.now(),
		};
	}

	/** Those behind it move up. */
	dequeue(name: string, number: number): void {
		this.leaveQueue(this.pullRequest(name, number));
	}

	protected leaveQueue(pullRequest: PullRequest): void {
		const left = pullRequest.mergeQueueEntry?.position ?? Infinity;
		delete pullRequest.mergeQueueEntry;
		for (const { mergeQueueEntry: entry } of pullRequest.repository.pullRequests.values()) if (entry && entry.position > left) entry.position--;
	}

	/** null: no longer. */
	setAutoMerge(name: string, number: number, mergeMethod: AutoMergeRequest['mergeMethod'] | null = 'SQUASH', login = 'octo-maintainer'): void {
		const pullRequest = this.pullRequest(name, number);
		delete pullRequest.autoMergeRequest;
		if (mergeMethod) pullRequest.autoMergeRequest = { __typename: 'AutoMergeRequest', enabledAt: this.now(), enabledBy: userOrBot(login), mergeMethod };
	}

	/** Bumps: a conversation is begun on a line of the changes. @returns its id */
	startThread(name: string, number: number, path = 'src/index.ts'): string {
		const pullRequest = this.bump(name, number);
		const { repository } = pullRequest;
		const databaseId = repository.nextDatabaseId();
		const id = repository.nodeId('PRRT', databaseId);
		(pullRequest.reviewThreads ??= []).push({ __typename: 'PullRequestReviewThread', id, databaseId, path, isResolved: false, isOutdated: false });
		return id;
	}

	/** Bumps nothing. */
	resolveThread(name: string, number: number, id: string, isResolved = true): void {
		const thread = this.pullRequest(name, number).reviewThreads?.find((one) => one.id === id);
		if (!thread) throw new Error(`${name}#${number} has no thread ${id}.`);
		thread.isResolved = isResolved;
	}

	/** Closed or merged: neither queue nor auto-merge holds it any longer. */
	protected stopMerging(pullRequest: PullRequest): void {
		this.leaveQueue(pullRequest);
		delete pullRequest.autoMergeRequest;
	}

	/** The next asking starts the job anew. */
	protected forgetMergeability(pullRequests: Iterable<PullRequest>): void {
		for (const pullRequest of pullRequests) delete pullRequest.mergeJobStartedAt;
	}
}
