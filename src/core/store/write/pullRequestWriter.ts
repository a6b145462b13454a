import { latestReviews } from '../../model/latestReviews';
import { FIELD_NAMES, LACKS_DETAILS, PART_NAMES } from '../../model/pullRequest';
import type { Actor, LinkedIssue, PartName, Milestone, PullRequest, Review, Standing } from '../../model/pullRequest';
import type { Connection } from '../sqlite/connection';
import type { SqlValue } from '../sqlite/row';
import { asked, writeDetails } from './detailsWriter';
import type { ChangeRecorder } from './changeRecorder';
import type { MemberWriter } from './memberWriter';
import type { WrittenPullRequest } from './repositoryChange';

const LISTED = new Set<PartName>(['labels', 'assignees', ...FIELD_NAMES]);

const LISTING_TABLES = ['pull_request_label', 'pull_request_assignee'];
const DETAIL_TABLES = ['review_request', 'review', 'pull_request_commit', 'changed_file', 'check_run', 'linked_issue', 'pull_request_event'];

const UPSERT = upsertStatement(
	[
		'state',
		'is_draft',
		'created_at',
		'updated_at',
		'closed_at',
		'merged_at',
		'merged_by',
		'author_login',
		'title',
		'labels',
		'milestone_node_id',
		'milestone_number',
		'milestone_title',
		'assignees',
		'partial',
		'base_ref',
		'head_ref',
		'head_oid',
		'url',
		'node_id',
		'database_id',
		'body',
	],
	[
		'linked_issues',
		'detailed',
		'additions',
		'deletions',
		'changed_files',
		'changes_requested',
		'checks_state',
		'requested_reviews',
		'review_decision',
		'mergeable',
		'merge_state',
		'auto_merge_at',
		'in_merge_queue',
		'comments',
		'author_association',
		'is_cross_repository',
		'head_owner',
		'review_threads',
		'unresolved_threads',
	],
);

/** Writes pull requests of one repository; lives for one transaction, in which labels and milestones stay as they are. */
export class PullRequestWriter {
	private readonly labelNames: Map<string, string>;
	private readonly milestones: Map<string, Pick<Milestone, 'number' | 'title'>>;

	constructor(
		private readonly connection: Connection,
		private readonly repositoryId: number,
		private readonly nameWithOwner: string,
		private readonly members: MemberWriter,
		private readonly recorder: ChangeRecorder,
	) {
		this.labelNames = new Map(
			connection.all('SELECT node_id, name FROM label WHERE repository_id = ?', [repositoryId], (row) => [
				row.text('node_id'),
				row.text('name'),
			]),
		);
		this.milestones = new Map(
			connection.all('SELECT node_id, number, title FROM milestone WHERE repository_id = ?', [repositoryId], (row) => [
				row.text('node_id'),
				{ number: row.number('number'), title: row.text('title') },
			]),
		);
	}

	/** Replaces all of a pull request's rows; without details those that a listing does not carry stay as they are. */
	write(written: WrittenPullRequest): void {
		// First, for it renames people in the rows that are there.
		const pullRequest = this.asPeopleAreCalled(written);
		this.recorder.around(written.number, written.seenAt ?? written.readAt ?? 0, () => this.replace(pullRequest));
	}

	private replace(pullRequest: PullRequest): void {
		const { number, details } = pullRequest;
		const stored = this.connection.first(
			`SELECT partial, changes_requested, detailed
			FROM pull_request WHERE repository_id = ? AND number = ?`,
			[this.repositoryId, number],
			(row) => ({
				partial: row.list('partial'),
				changesRequested: row.flag('changes_requested'),
				detailed: row.flag('detailed'),
			}),
		);
		const keptMarks = details !== null ? [] : stored?.detailed === true ? stored.partial : [LACKS_DETAILS];
		const changesRequested = details === null ? stored?.changesRequested === true : asksForChanges(details.reviews);
		this.connection.run(UPSERT, this.repositoryId, number, ...this.columns(pullRequest, keptMarks, changesRequested));
		if (stored !== undefined) {
			this.clear(LISTING_TABLES, number);
		}
		this.writeListing(pullRequest, changesRequested);
		if (details === null) {
			if (stored?.detailed === true) {
				this.connection.run(
					'UPDATE review_request SET state = ?, updated_at = ? WHERE repository_id = ? AND number = ?',
					pullRequest.state,
					pullRequest.updatedAt,
					this.repositoryId,
					number,
				);
			}
		} else {
			if (stored?.detailed === true) {
				this.clear(DETAIL_TABLES, number);
			}
			const { connection, nameWithOwner, repositoryId } = this;
			writeDetails((sql, ...values) => {
				connection.run(sql, repositoryId, number, ...values);
			}, pullRequest, details, nameWithOwner);
		}
	}

	private columns(pullRequest: PullRequest, keptMarks: string[], changesRequested: boolean): SqlValue[] {
		const { details, milestoneId } = pullRequest;
		const milestone = milestoneId === null ? undefined : this.milestones.get(milestoneId);
		const labelNames = [...new Set(pullRequest.labelIds)].flatMap((id) => this.labelNames.get(id) ?? []);
		return [
			pullRequest.state,
			Number(pullRequest.isDraft),
			pullRequest.createdAt,
			pullRequest.updatedAt,
			pullRequest.closedAt,
			pullRequest.mergedAt,
			pullRequest.mergedBy?.login ?? null,
			pullRequest.author?.login ?? null,
			pullRequest.title,
			JSON.stringify(labelNames),
			milestoneId,
			milestone?.number ?? null,
			milestone?.title ?? null,
			JSON.stringify(pullRequest.assignees.map((actor) => actor.login)),
			JSON.stringify(partialLists(pullRequest.partial, keptMarks)),
			pullRequest.baseRef,
			pullRequest.headRef,
			pullRequest.headOid,
			pullRequest.url,
			pullRequest.id,
			pullRequest.databaseId,
			pullRequest.body,
			JSON.stringify(details?.linkedIssues.filter((issue) => this.isOwn(issue)).map((issue) => issue.number) ?? []),
			Number(details !== null),
			details?.additions ?? null,
			details?.deletions ?? null,
			details?.changedFiles ?? null,
			Number(changesRequested),
			details?.checksState ?? null,
			details && !pullRequest.partial.includes('reviewRequests') ? asked(details.reviewRequests).length : null,
			...standingColumns(details?.standing ?? {}),
			...threadColumns(pullRequest),
		];
	}

	private writeListing(pullRequest: PullRequest, changesRequested: boolean): void {
		const { number, labelIds, assignees, state, updatedAt, isDraft } = pullRequest;
		labelIds.filter((id) => this.labelNames.has(id)).forEach((id, position) => {
			this.connection.run(
				'INSERT OR IGNORE INTO pull_request_label (repository_id, number, label_node_id, position, state, updated_at) VALUES (?, ?, ?, ?, ?, ?)',
				this.repositoryId,
				number,
				id,
				position,
				state,
				updatedAt,
			);
		});
		assignees.forEach((assignee, position) => {
			this.connection.run(
				'INSERT OR IGNORE INTO pull_request_assignee (repository_id, number, login, position, state, updated_at, is_draft, changes_requested) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
				this.repositoryId,
				number,
				assignee.login,
				position,
				state,
				updatedAt,
				Number(isDraft),
				Number(changesRequested),
			);
		});
	}

	/** The pull request with everybody under the login that their account has by now. */
	private asPeopleAreCalled({ readAt = 0, ...pullRequest }: WrittenPullRequest): PullRequest {
		const named = <T extends Actor | null>(actor: T): T => (actor === null ? actor : { ...actor, login: this.members.saw(actor, readAt) });
		const { author, mergedBy, assignees, details } = pullRequest;
		return {
			...pullRequest,
			author: named(author),
			mergedBy: named(mergedBy),
			assignees: assignees.map(named),
			details: details && {
				...details,
				reviewRequests: details.reviewRequests.map(named),
				reviews: details.reviews.map((review) => ({ ...review, author: named(review.author) })),
				events: details.events && details.events.map((event) => ({ ...event, actor: named(event.actor), subject: named(event.subject) })),
			},
		};
	}

	/** Another repository's issue may have the same number. */
	private isOwn({ repository }: LinkedIssue): boolean {
		return repository === null || repository.toLowerCase() === this.nameWithOwner.toLowerCase();
	}

	private clear(tables: string[], number: number): void {
		for (const table of tables) {
			this.connection.run(`DELETE FROM ${table} WHERE repository_id = ? AND number = ?`, this.repositoryId, number);
		}
	}
}

/** A listing says how whole its own lists are; what is known of the others stays known. */
function partialLists(listed: PartName[], kept: string[]): string[] {
	const lists = PART_NAMES.filter((name) => listed.includes(name) || (!LISTED.has(name) && kept.includes(name)));
	return kept.includes(LACKS_DETAILS) ? [...lists, LACKS_DETAILS] : lists;
}

/** Whether some reviewer's latest decisive review asks for changes. */
function asksForChanges(reviews: Review[]): boolean {
	const words = reviews.map(({ state, submittedAt, author }) => ({ state, submittedAt, authorLogin: author?.login ?? null }));
	return latestReviews(words).some(({ state }) => state === 'CHANGES_REQUESTED');
}

/** Inserts or updates; a row without details leaves the stored ones alone. */
function upsertStatement(listing: string[], details: string[]): string {
	const columns = ['repository_id', 'number', ...listing, ...details];
	const updates = [
		...listing.map((column) => `${column} = excluded.${column}`),
		...details.map((column) => `${column} = iif(excluded.detailed, excluded.${column}, ${column})`),
	];
	return `INSERT INTO pull_request (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
		ON CONFLICT (repository_id, number) DO UPDATE SET ${updates.join(', ')}`;
}

function standingColumns(standing: Standing): SqlValue[] {
	return [
		standing.reviewDecision ?? null,
		standing.mergeable ?? null,
		standing.mergeState ?? null,
		standing.autoMergeAt ?? null,
		numberOrNull(standing.inMergeQueue),
		standing.comments ?? null,
		standing.authorAssociation ?? null,
		numberOrNull(standing.isCrossRepository),
		standing.headOwner ?? null,
	];
}

/** How many review threads there are, and how many of them are not resolved; of a list that is not whole nobody knows. */
function threadColumns({ details, partial }: PullRequest): SqlValue[] {
	const threads = partial.includes('reviewThreads') ? null : (details?.reviewThreads ?? null);
	return threads === null ? [null, null] : [threads.length, threads.filter(({ isResolved }) => !isResolved).length];
}

/** `null`: not known. */
function numberOrNull(flag: boolean | undefined): number | null {
	return flag === undefined ? null : Number(flag);
}
