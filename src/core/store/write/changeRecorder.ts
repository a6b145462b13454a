import { instant } from '../../model/clock';
import { LACKS_DETAILS } from '../../model/pullRequest';
import type { ChangeKind, ListChange, ValueChange } from '../../model/pullRequestChange';
import { byBot } from '../sqlite/botSql';
import type { Connection } from '../sqlite/connection';
import type { Row } from '../sqlite/row';

/** So long is kept what changed, counted back from the newest change of the repository. */
export const CHANGES_KEPT_DAYS = 30;
/** At most so many of one pull request are kept, the newest. */
export const CHANGES_KEPT_EACH = 100;
/** So many names of a list that changed are kept. */
const NAMES_KEPT = 20;

/** What is known of a pull request; what is absent is not known. */
interface Snapshot {
	createdAt: string;
	values: Partial<Record<ValueChange, string | null>>;
	/** Names by what tells them apart. */
	lists: Partial<Record<ListChange, Map<string, string>>>;
}

/**
 * Records what a sync finds changed, by comparing a pull request's rows before and after they are replaced. Nothing is
 * recorded before the repository's first sync is complete, and nothing of what was not known before or is not known now.
 */
export class ChangeRecorder {
	private recorded: string | undefined;

	/** @param syncedAt when the repository was last synced before this change; `null` where it never was */
	constructor(
		private readonly connection: Connection,
		private readonly repositoryId: number,
		private readonly syncedAt: string | null,
	) {}

	/** Runs `replace`, which replaces one pull request's rows. @param readAt when that was seen, in milliseconds since the Unix epoch; 0 where that is not known */
	around(number: number, readAt: number, replace: () => void): void {
		if (this.syncedAt === null) {
			replace();
			return;
		}
		const before = this.snapshot(number);
		replace();
		const after = this.snapshot(number);
		const seenAt = readAt === 0 ? this.syncedAt : instant(readAt);
		const changes = after === undefined ? [] : before === undefined ? opened(after, this.syncedAt) : differences(before, after);
		for (const [kind, old, now] of changes) {
			this.connection.run(
				`INSERT INTO pull_request_change (repository_id, seen_at, number, kind, before, after) VALUES (?, ?, ?, ?, ?, ?)
				ON CONFLICT DO UPDATE SET after = excluded.after`,
				this.repositoryId,
				seenAt,
				number,
				kind,
				old,
				now,
			);
		}
		if (changes.length > 0) {
			this.keepNewest(number);
			this.recorded = this.recorded === undefined || seenAt > this.recorded ? seenAt : this.recorded;
		}
	}

	/** Drops what is too old; to be called once all is written. */
	end(): void {
		if (this.recorded !== undefined) {
			const oldest = instant(Date.parse(this.recorded) - CHANGES_KEPT_DAYS * 86_400_000);
			this.connection.run('DELETE FROM pull_request_change WHERE repository_id = ? AND seen_at < ?', this.repositoryId, oldest);
		}
	}

	private keepNewest(number: number): void {
		this.connection.run(
			`DELETE FROM pull_request_change WHERE repository_id = ?1 AND number = ?2 AND (seen_at, kind) IN (
				SELECT seen_at, kind FROM pull_request_change WHERE repository_id = ?1 AND number = ?2 ORDER BY seen_at DESC, kind LIMIT -1 OFFSET ${CHANGES_KEPT_EACH}
			)`,
			this.repositoryId,
			number,
		);
	}

	private snapshot(number: number): Snapshot | undefined {
		const key = [this.repositoryId, number];
		const found = this.connection.first(
			`SELECT created_at, state, is_draft, title, labels, milestone_node_id, milestone_title, assignees, head_oid, checks_state, comments, mergeable, partial
			FROM pull_request WHERE repository_id = ? AND number = ?`,
			key,
			(row) => ({ partial: row.list('partial'), snapshot: readSnapshot(row) }),
		);
		if (found === undefined) {
			return undefined;
		}
		const { partial, snapshot } = found;
		if (!partial.includes(LACKS_DETAILS)) {
			snapshot.lists.review = new Map(
				this.connection.all(
					`SELECT node_id, state, coalesce(author_login, 'ghost') AS login FROM review
					WHERE repository_id = ? AND number = ? AND state <> 'PENDING' AND NOT ${byBot('review')}`,
					key,
					(row) => [`${row.text('node_id')} ${row.text('state')}`, `${row.text('login')} ${row.text('state')}`],
				),
			);
			snapshot.lists.reviewRequests = named(
				this.connection.all("SELECT login FROM review_request WHERE repository_id = ? AND number = ? AND kind <> 'BOT'", key, (row) => row.text('login')),
			);
		}
		return withoutUnknown(snapshot, partial);
	}
}

function readSnapshot(row: Row): Snapshot {
	const isOpen = row.text('state') === 'OPEN';
	const [checks, comments, mergeable] = [row.textOrNull('checks_state'), row.numberOrNull('comments'), row.textOrNull('mergeable')];
	const isMilestoneNamed = row.textOrNull('milestone_node_id') === null || row.textOrNull('milestone_title') !== null;
	return {
		createdAt: row.text('created_at'),
		values: {
			state: row.text('state'),
			draft: String(row.flag('is_draft')),
			title: row.text('title'),
			commits: row.text('head_oid'),
			...(isMilestoneNamed && { milestone: row.textOrNull('milestone_title') }),
			...(checks !== null && { checks }),
			...(comments !== null && { comments: String(comments) }),
			...(isOpen && (mergeable === 'CONFLICTING' || mergeable === 'MERGEABLE') && { conflicts: mergeable }),
		},
		lists: { labels: named(row.list('labels')), assignees: named(row.list('assignees')) },
	};
}

/** By names in any case, for logins are so. */
function named(names: readonly string[]): Map<string, string> {
	return new Map(names.map((name) => [name.toLowerCase(), name]));
}

/** In which list each kind is read; a list that is not whole says nothing of it. */
const READ_IN: Partial<Record<ChangeKind, string>> = { review: 'reviews', reviewRequests: 'reviewRequests', labels: 'labels', assignees: 'assignees', milestone: 'milestone', checks: 'checks' };

function withoutUnknown({ createdAt, values, lists }: Snapshot, partial: readonly string[]): Snapshot {
	const known = <T>(found: Record<string, T>) => Object.fromEntries(Object.entries(found).filter(([kind]) => !partial.includes(READ_IN[kind as ChangeKind] ?? '')));
	return { createdAt, values: known(values), lists: known(lists) };
}

type Difference = [kind: ChangeKind, before: string | null, after: string | null];

/** One that was opened after the last sync; an older one has only come into sight. */
function opened({ createdAt, values }: Snapshot, syncedAt: string): Difference[] {
	return createdAt > syncedAt ? [['state', null, values.state ?? null]] : [];
}

function differences(before: Snapshot, after: Snapshot): Difference[] {
	const values = Object.entries(after.values).flatMap(([name, now]): Difference[] => {
		const kind = name as ValueChange;
		const old = before.values[kind];
		return old === undefined || old === now ? [] : [[kind, old, now]];
	});
	const lists = Object.entries(after.lists).flatMap(([name, now]): Difference[] => {
		const kind = name as ListChange;
		const old = before.lists[kind];
		const [gone, come] = old === undefined ? [[], []] : [notIn(old, now), notIn(now, old)];
		return gone.length + come.length === 0 ? [] : [[kind, JSON.stringify(gone), JSON.stringify(come)]];
	});
	return [...values, ...lists];
}

function notIn(these: ReadonlyMap<string, string>, others: ReadonlyMap<string, string>): string[] {
	const names = [...these].flatMap(([key, name]) => (others.has(key) ? [] : [name]));
	return [...new Set(names)].slice(0, NAMES_KEPT);
}
