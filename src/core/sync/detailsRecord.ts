import type { CacheRecord } from '../cache/cacheRecord';
import type { Dialect } from '../github/dialect';
import { checksFingerprint, partialLists, toDetails } from '../github/mapping';
import type { DetailPart } from '../github/queries';
import { isRefusedList } from '../github/refusals';
import { HIDDEN_TEAM, LIST_NAMES, type Actor, type Check, type ListName, type PullRequestDetails } from '../model/pullRequest';
import type { Fetched } from './detailsBatch';
import { MAX_TRIES, readInTheSameSecond } from './staleness';

const LISTS_OF_PART: Record<DetailPart, ListName[]> = {
	people: ['reviewRequests', 'reviews', 'linkedIssues'],
	commits: ['commits'],
	files: ['files'],
	checks: ['checks'],
};

const NESTED_LISTS = ['reviewRequests', 'reviews', 'commits', 'files', 'checks', 'linkedIssues'] as const;

export interface RecordContext {
	dialect: Dialect;
	/** Of the repository, as it is called now. */
	nameWithOwner: string;
	/** Whether this run reads checks at all. */
	wantsChecks: boolean;
}

/**
 * Puts a record together; what was not read this time stays as it was stored.
 */
export function toRecord(fetched: Fetched, stored: CacheRecord | undefined, { dialect, nameWithOwner, wantsChecks }: RecordContext): CacheRecord {
	const { wire, lists, parts, listed } = fetched;
	const sameHead = stored?.pullRequest.headOid === wire.headRefOid;
	const details = toDetails(wire, lists);
	details.linkedIssues = details.linkedIssues.map((issue) => (issue.repository === nameWithOwner ? { ...issue, repository: null } : issue));
	const refused = refusedLists(fetched, dialect, wantsChecks);
	if (lists.checks === undefined && sameHead && stored.refused.includes('checks') && !refused.includes('checks')) {
		// They are asked for over REST, after this.
		refused.push('checks');
	}
	const partial = new Set<ListName>([...partialLists(wire, lists), ...fetched.failedParts.flatMap((part) => LISTS_OF_PART[part]), ...refused]);
	const previous = stored?.pullRequest.details;
	if (previous) {
		keepKnown(details, previous, fetched, partial, sameHead);
	}
	return {
		pullRequest: {
			...listed,
			labelIds: lists.labels.items.map(({ id }) => id),
			assignees: lists.assignees.items,
			updatedAt: fetched.seenUpdatedAt,
			details,
			partial: LIST_NAMES.filter((name) => partial.has(name)),
		},
		detailsOf: wire.updatedAt,
		readAt: fetched.readAt,
		checks: parts.includes('checks') ? checksFingerprint(wire) : sameHead ? stored.checks : null,
		tries: triesOf(fetched, partial, refused, stored),
		refused,
		...(sameHead && stored.etags ? { etags: stored.etags } : {}),
	};
}

/** Lists that are not whole because of what the token may not read. */
function refusedLists({ lists }: Fetched, dialect: Dialect, wantsChecks: boolean): ListName[] {
	return LIST_NAMES.filter((name) => {
		const wanted = name !== 'checks' || wantsChecks;
		return isRefusedList(dialect, name) && (lists[name] === undefined ? wanted : lists[name].hidden || lists[name].unreadable);
	});
}

/**
 * How often in a row these details have come back incomplete. What GitHub forbids row by row, or hides of another
 * repository's issues, does not come by asking again soon: that counts as tried often enough.
 */
function triesOf(fetched: Fetched, partial: ReadonlySet<ListName>, refused: readonly ListName[], stored: CacheRecord | undefined): number {
	const lacking = [...partial].filter((name) => !refused.includes(name));
	if (lacking.length === 0) {
		return 0;
	}
	const isHidden = (name: ListName) => {
		const list = fetched.lists[name];
		const isMeant = name === 'linkedIssues' || fetched.forbidden.has(name);
		return isMeant && list !== undefined && list.hidden && !list.unreadable && list.seen === list.totalCount && !fetched.failing.has(name);
	};
	return lacking.every(isHidden) ? MAX_TRIES : earlierTries(stored, fetched.wire.updatedAt) + 1;
}

/** One that had to be read again anyway does not count. */
function earlierTries(stored: CacheRecord | undefined, updatedAt: string): number {
	if (stored?.detailsOf !== updatedAt) {
		return 0;
	}
	return readInTheSameSecond(stored) ? Math.max(0, stored.tries - 1) : stored.tries;
}

/** What could not be read does not replace what is known of it. */
function keepKnown(details: PullRequestDetails, previous: PullRequestDetails, { lists, wire }: Fetched, partial: ReadonlySet<ListName>, sameHead: boolean): void {
	for (const name of NESTED_LISTS) {
		// Checks are of a head, and another one's are not known.
		if (name !== 'checks' && (lists[name] === undefined || (partial.has(name) && details[name].length < previous[name].length))) {
			Object.assign(details, { [name]: previous[name] });
		}
	}
	details.reviewRequests = namedTeams(details.reviewRequests, previous.reviewRequests);
	if (sameHead) {
		keepChecks(details, previous, lists.checks === undefined, partial.has('checks'));
	}
	if (wire.additions === undefined || details.changedFiles === null) {
		details.additions = previous.additions;
		details.deletions = previous.deletions;
		details.changedFiles = previous.changedFiles;
	}
}

/** Of the same head: what was not shown this time is not gone. */
function keepChecks(details: PullRequestDetails, previous: PullRequestDetails, unasked: boolean, incomplete: boolean): void {
	const before = new Map(previous.checks.map((check) => [check.id, check]));
	details.checks = details.checks.map((check) => withWorkflow(check, before.get(check.id)));
	if (unasked) {
		details.checks = previous.checks;
		details.checksState = previous.checksState;
	} else if (incomplete) {
		const fresh = new Map(details.checks.map((check) => [check.id, check]));
		const contexts = new Set(details.checks.flatMap(({ kind, name }) => (kind === 'STATUS_CONTEXT' ? [name] : [])));
		// A newer status of a context takes the place of the one before; runs stay, superseded ones too.
		const known = previous.checks.flatMap((check) => fresh.get(check.id) ?? (check.kind === 'STATUS_CONTEXT' && contexts.has(check.name) ? [] : check));
		const ids = new Set(known.map(({ id }) => id));
		details.checks = [...known, ...details.checks.filter(({ id }) => !ids.has(id))];
		details.checksState ??= previous.checksState;
	} else if (details.checks.length === 0) {
		// GitHub deletes check data after 400 days or less, and shows none for a moment when a check is run again.
		details.checks = previous.checks;
		details.checksState ??= previous.checksState;
	}
}

/** A run's workflow never changes; a token that may not read it does not make it forgotten. */
function withWorkflow(check: Check, known: Check | undefined): Check {
	return check.workflow === null && known ? { ...check, workflow: known.workflow, event: known.event } : check;
}

/** A token that may not read a team's name does not make it forgotten, as long as there are as many teams as before. */
function namedTeams(now: Actor[], before: readonly Actor[]): Actor[] {
	const named = before.filter(({ login, kind }) => kind === 'TEAM' && login !== HIDDEN_TEAM);
	const teams = now.filter(({ kind }) => kind === 'TEAM');
	const allHidden = teams.every(({ login }) => login === HIDDEN_TEAM);
	return allHidden && teams.length > 0 && teams.length === named.length ? [...now.filter(({ kind }) => kind !== 'TEAM'), ...named] : now;
}
