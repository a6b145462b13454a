import { COMPLETABLE_VERSION, RECORD_VERSION, type CacheRecord } from '../cache/cacheRecord';
import type { Dialect } from '../github/dialect';
import { isWhole, type FetchedList } from '../github/lists';
import { checksFingerprint } from '../github/checksFingerprint';
import { partialLists, toDetails } from '../github/mapping';
import { DETAIL_PARTS, type DetailPart } from '../github/queries';
import { isWithheld } from '../github/refusals';
import { lacksStanding, toStanding } from '../github/standing';
import { isHiddenTeam, LIST_NAMES, NO_CHECKS, PART_NAMES, type Actor, type Check, type Commit, type ListName, type PartName, type PullRequest, type PullRequestDetails, type PullRequestEvent, type Review } from '../model/pullRequest';
import { isFieldName } from '../model/shape';
import type { WithheldPart } from '../model/refusal';
import type { Fetched } from './detailsBatch';
import { withKnownFields } from './knownFields';
import { MAX_TRIES, readInTheSameSecond } from './staleness';
import { standingNow } from './standings';

const NAMES_OF_PART: Record<DetailPart, PartName[]> = {
	people: ['reviewRequests', 'reviews', 'linkedIssues'],
	standing: ['standing'],
	threads: ['reviewThreads'],
	events: ['events'],
	commits: ['commits'],
	files: ['files'],
	checks: ['checks'],
};

/** What of a part can be withheld without anything of it missing. */
const UNNAMED_OF_PART: Partial<Record<DetailPart, WithheldPart[]>> = { people: ['teamNames', 'reviewCommits'], checks: ['workflowNames'] };

/** Of a closed one these are not asked for. */
const OPEN_LISTS = ['reviewThreads', 'events'] as const;
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
	const refused = refusedParts(fetched, dialect, wantsChecks);
	if (lists.checks === undefined && sameHead && stored.refused.includes('checks') && !refused.includes('checks')) {
		// They are asked for over REST, after this.
		refused.push('checks');
	}
	const readsStanding = parts.includes('standing');
	const lacksSome = readsStanding && lacksStanding(wire, dialect);
	const isMissed = (name: PartName) => wire.state === 'OPEN' || !isOpenList(name);
	const lacking = new Set<PartName>(
		[
			...listed.partial.filter(isFieldName),
			...(lacksSome ? (['standing'] as const) : []),
			...partialLists(wire, lists),
			...fetched.failedParts.flatMap((part) => NAMES_OF_PART[part]),
			...refused,
		].filter(isMissed),
	);
	// Not asked for this time: what came back incomplete before still is, and is asked for by the next run that reads checks.
	const stillLacksChecks = !wantsChecks && sameHead && stored.pullRequest.partial.includes('checks');
	const partial = new Set<PartName>([...lacking, ...(stillLacksChecks ? (['checks'] as const) : [])]);
	const previous = stored?.pullRequest.details;
	details.standing = standingNow(readsStanding ? toStanding(wire) : null, previous?.standing ?? null, { isOpen: wire.state === 'OPEN', isSameHead: sameHead });
	keepOpenLists(details, stored, fetched, partial);
	if (previous) {
		keepKnown(details, previous, fetched, partial, sameHead);
	}
	return {
		pullRequest: {
			...withKnownFields(
				{ ...listed, labelIds: lists.labels.items.map(({ id }) => id), assignees: lists.assignees.items, partial: PART_NAMES.filter((name) => partial.has(name)) },
				stored?.pullRequest,
				dialect,
			),
			updatedAt: fetched.seenUpdatedAt,
			details,
		},
		detailsOf: wire.updatedAt,
		readAt: fetched.readAt,
		checks: parts.includes('checks') ? checksFingerprint(wire) : sameHead && !stillLacksChecks ? stored.checks : null,
		tries: triesOf(fetched, lacking, refused, stored),
		refused: [...refused, ...unnamed(fetched, dialect, stored?.refused ?? [], sameHead)],
		...(sameHead && stored.etags ? { etags: stored.etags } : {}),
		// Whose checks are is a part of what the first release lacks.
		version: wantsChecks || !sameHead || stored.version >= COMPLETABLE_VERSION ? RECORD_VERSION : stored.version,
	};
}

/** The stored record with the parts that were asked for as they are now, and with all the rest as it was stored. */
export function withParts(fetched: Fetched, stored: CacheRecord, context: RecordContext): CacheRecord {
	const read = toRecord(fetched, stored, context);
	const asked = [...fetched.parts, ...fetched.failedParts];
	const unread = new Set<string>(DETAIL_PARTS.filter((part) => !asked.includes(part)).flatMap((part) => [...NAMES_OF_PART[part], ...(UNNAMED_OF_PART[part] ?? [])]));
	const marks = <T extends string>(now: readonly T[], before: readonly T[]) => [...before.filter((name) => unread.has(name)), ...now.filter((name) => !unread.has(name))];
	const lacking = new Set<PartName>(marks(read.pullRequest.partial, stored.pullRequest.partial));
	const refused = marks(read.refused, stored.refused);
	const isExcused = [...lacking].every((name) => (refused as readonly string[]).includes(name));
	return {
		...stored,
		seenAt: fetched.readAt,
		pullRequest: { ...read.pullRequest, partial: PART_NAMES.filter((name) => lacking.has(name)) },
		checks: unread.has('checks') ? stored.checks : read.checks,
		refused,
		tries: isExcused ? 0 : Math.max(read.tries, stored.tries),
	};
}

/** What came without its name or its commit, or did before and was not read this time. */
function unnamed({ lists }: Fetched, dialect: Dialect, before: readonly WithheldPart[], sameHead: boolean): WithheldPart[] {
	const lacksWorkflow = lists.checks === undefined ? sameHead && before.includes('workflowNames') : isWithheld(dialect, 'workflowNames') && lists.checks.items.some(({ app, kind, workflow }) => kind === 'CHECK_RUN' && workflow === null && (app === null || app === 'github-actions'));
	const teams = [...(lists.reviewRequests?.items ?? []), ...(lists.events?.items.flatMap(({ subject }) => subject ?? []) ?? [])];
	const lacksName = isWithheld(dialect, 'teamNames') && teams.some(isHiddenTeam);
	const lacksCommit = lists.reviews === undefined ? before.includes('reviewCommits') : isWithheld(dialect, 'reviewCommits') && lists.reviews.items.some(({ commitOid }) => commitOid === null);
	return [
		...(lacksName ? (['teamNames'] as const) : []),
		...(lacksWorkflow ? (['workflowNames'] as const) : []),
		...(lacksCommit ? (['reviewCommits'] as const) : []),
	];
}

/** Of a row's fields, what the token may not read. */
export function withheldFields({ partial }: PullRequest, dialect: Dialect): 'mergedBy'[] {
	return partial.includes('mergedBy') && isWithheld(dialect, 'mergedBy') ? ['mergedBy'] : [];
}

/** What is not whole because of what the token may not read. */
function refusedParts({ lists, listed }: Fetched, dialect: Dialect, wantsChecks: boolean): (ListName | 'mergedBy' | 'standing')[] {
	const refusedLists = LIST_NAMES.filter((name) => {
		const wanted = isOpenList(name) ? listed.state === 'OPEN' : name !== 'checks' || wantsChecks;
		return wanted && isWithheld(dialect, name) && (lists[name] === undefined || lists[name].hidden || lists[name].unreadable);
	});
	return [...refusedLists, ...withheldFields(listed, dialect), ...(isWithheld(dialect, 'standing') ? (['standing'] as const) : [])];
}

/**
 * How often in a row these details have come back incomplete. What GitHub forbids row by row, or hides of another
 * repository's issues, does not come by asking again soon: that counts as tried often enough.
 */
function triesOf(fetched: Fetched, partial: ReadonlySet<PartName>, refused: readonly PartName[], stored: CacheRecord | undefined): number {
	const lacking = [...partial].filter((name) => !refused.includes(name));
	if (lacking.length === 0) {
		return 0;
	}
	const isHidden = (name: PartName) => {
		const list = isFieldName(name) || name === 'standing' ? undefined : fetched.lists[name];
		const isMeant = name === 'linkedIssues' || fetched.forbidden.has(name as ListName);
		return isMeant && list !== undefined && list.hidden && !list.unreadable && list.seen === list.totalCount && !fetched.failing.has(name as ListName);
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
function keepKnown(details: PullRequestDetails, previous: PullRequestDetails, { lists, wire }: Fetched, partial: ReadonlySet<PartName>, sameHead: boolean): void {
	for (const name of NESTED_LISTS) {
		// Checks are of a head, and another one's are not known.
		const isShorter = details[name].length < previous[name].length;
		// Some servers show an empty list to a token that has lost a permission; where files are changed there are some, and commits.
		const isEmptied = sameHead && details[name].length === 0 && (name === 'commits' || name === 'files') && (wire.changedFiles ?? 0) > 0;
		if (name !== 'checks' && (lists[name] === undefined || (isShorter && (partial.has(name) || isEmptied)))) {
			Object.assign(details, { [name]: previous[name] });
		}
	}
	details.reviewRequests = namedTeams(details.reviewRequests, previous.reviewRequests);
	details.commits = measuredCommits(details.commits, previous.commits);
	details.reviews = placedReviews(details.reviews, previous.reviews);
	if (sameHead) {
		keepChecks(details, previous, lists.checks, partial.has('checks'));
	}
	if (wire.additions === undefined || details.changedFiles === null) {
		details.additions = previous.additions;
		details.deletions = previous.deletions;
		details.changedFiles = previous.changedFiles;
	}
}

function isOpenList(name: PartName): name is (typeof OPEN_LISTS)[number] {
	return (OPEN_LISTS as readonly PartName[]).includes(name);
}

/** What could not be read, or is no longer asked for, is as it was; of a closed one nobody will know more, so what was not whole is not known. */
function keepOpenLists(details: PullRequestDetails, stored: CacheRecord | undefined, { lists, wire }: Fetched, partial: ReadonlySet<PartName>): void {
	for (const name of OPEN_LISTS) {
		const list = lists[name];
		const known = stored?.pullRequest.details?.[name] ?? null;
		const kept = wire.state === 'OPEN' || stored?.pullRequest.partial.includes(name) !== true ? known : null;
		const isWorse = list === undefined || (wire.state === 'OPEN' ? partial.has(name) && list.items.length < (known ?? []).length : !isWhole(list));
		if (isWorse) {
			Object.assign(details, { [name]: kept });
		}
	}
	details.events = details.events && namedSubjects(details.events, stored?.pullRequest.details?.events ?? []);
}

/** Of the same head: what was not shown this time is not gone. */
function keepChecks(details: PullRequestDetails, previous: PullRequestDetails, list: FetchedList<Check> | undefined, incomplete: boolean): void {
	const known = new Map(previous.checks.map((check) => [check.id, check]));
	details.checks = details.checks.map((check) => (check.workflow === null ? { ...check, ...workflowOf(known.get(check.id)) } : check));
	if (list === undefined) {
		details.checks = previous.checks;
		details.checksState = incomplete ? keptState(previous.checksState) : previous.checksState;
	} else if (incomplete) {
		details.checks = [
			...keptOf('CHECK_RUN', details.checks, previous.checks, list.hidden),
			...keptOf('STATUS_CONTEXT', details.checks, previous.checks, list.hidden),
		];
		details.checksState ??= keptState(previous.checksState);
	} else if (details.checks.length === 0) {
		// GitHub deletes check data after 400 days or less, and shows none for a moment when a check is run again.
		details.checks = previous.checks;
		details.checksState = previous.checks.length > 0 ? previous.checksState : details.checksState;
	}
}

/** Of a state that could not be read again: that there were no checks may have changed without any sign. */
export function keptState(state: string | null): string | null {
	return state === NO_CHECKS ? null : state;
}

/** A run never changes its workflow. */
function workflowOf(run: Check | undefined): Partial<Check> {
	return run === undefined ? {} : { app: run.app, workflow: run.workflow, event: run.event };
}

/**
 * Of one kind, what came and what is known besides.
 * @param hidden the token does not see some kind; of a kind that it sees everything came
 */
function keptOf(kind: Check['kind'], now: readonly Check[], before: readonly Check[], hidden: boolean): Check[] {
	const fresh = now.filter((check) => check.kind === kind);
	const known = before.filter((check) => check.kind === kind);
	if (hidden && fresh.length > 0) {
		return fresh;
	}
	// A run keeps its id; of a context there is one status, each time with another.
	const keyOf = (check: Check) => (kind === 'CHECK_RUN' ? check.id : check.name);
	const seen = new Set(fresh.map(keyOf));
	return [...known.filter((check) => !seen.has(keyOf(check))), ...fresh];
}

/** A commit never changes: what GitHub can't tell of it this time is as it was. */
function measuredCommits(now: Commit[], before: readonly Commit[]): Commit[] {
	const known = new Map(before.map((commit) => [commit.oid, commit]));
	return now.map((commit) => {
		const { additions, deletions, authoredAt } = known.get(commit.oid) ?? commit;
		return commit.additions === null && additions !== null ? { ...commit, additions, deletions, authoredAt } : commit;
	});
}

/** Which commit a review is about does not change, and is not told to every token. */
function placedReviews(now: Review[], before: readonly Review[]): Review[] {
	const known = new Map(before.map((review) => [review.id, review.commitOid]));
	return now.map((review) => (review.commitOid === null ? { ...review, commitOid: known.get(review.id) ?? null } : review));
}

/** Who was asked does not change, and a team's name is not told to every token. */
function namedSubjects(now: PullRequestEvent[], before: readonly PullRequestEvent[]): PullRequestEvent[] {
	const known = new Map(before.map(({ id, subject }) => [id, subject]));
	return now.map((event) => {
		const team = known.get(event.id);
		return team?.kind === 'TEAM' && (event.subject === null || isHiddenTeam(event.subject)) ? { ...event, subject: team } : event;
	});
}

/** A token that may not read a team's name does not make it forgotten, as long as there are as many without one as are missing. */
function namedTeams(now: Actor[], before: readonly Actor[]): Actor[] {
	const present = new Set(now.map(({ login }) => login));
	const missing = before.filter((reviewer) => reviewer.kind === 'TEAM' && !isHiddenTeam(reviewer) && !present.has(reviewer.login));
	const hidden = now.filter(isHiddenTeam);
	return hidden.length > 0 && hidden.length === missing.length ? [...now.filter((reviewer) => !isHiddenTeam(reviewer)), ...missing] : now;
}
