import type { GraphqlAnswer, GraphqlErrorEntry } from '../github/answer';
import { listOf, type FetchedList } from '../github/lists';
import type { DetailLists } from '../github/mapping';
import { ASSIGNEES, CHECKS, COMMITS, EVENTS, FILES, LABELS, LINKED_ISSUES, REVIEWERS, REVIEWS, THREADS } from '../github/nodeReaders';
import { overflowQuery, type OverflowRequest } from '../github/queries';
import { rollupsOf, type Connection, type RollupHolder, type WireContext } from '../github/wire';
import { isInstant, isObject } from '../model/guards';
import { isHiddenTeam, LIST_NAMES, type ListName } from '../model/pullRequest';
import { AdaptiveBatch } from './adaptiveBatch';
import { heed, isTooMuchToAnswer, type SyncContext } from './syncContext';

/** A pull request whose lists are still being filled. */
export interface Unfinished {
	id: string;
	number: number;
	updatedAt: string;
	headOid: string;
	lists: DetailLists;
	/** The newest `updatedAt` seen on any page; later than {@link updatedAt} when an edit came in between. */
	seenUpdatedAt: string;
	/** Whether GitHub can tell everything that is asked of a commit. */
	fullCommits: boolean;
}

interface OverflowNode extends RollupHolder<Connection<WireContext>> {
	updatedAt: string;
	headRefOid: string;
	list?: Connection<never> | null;
}

/** No list of a pull request on GitHub comes near; one that goes on stays incomplete. */
const MOST_ROWS = 20_000;
/** How many lists one query may ask the rest of. */
const MAX_LISTS = 20;

/** Fetches the rest of every list that is longer than a page, several lists in one query. */
export async function fetchOverflow(context: SyncContext, pullRequests: readonly Unfinished[]): Promise<void> {
	const { client, dialect, governor } = context;
	const sizes = new AdaptiveBatch(MAX_LISTS, MAX_LISTS);
	const passed = new Set<string>();
	let open = pullRequests.flatMap(openLists);
	while (open.length > 0) {
		let asked: OpenList[] = [];
		try {
			const answer: GraphqlAnswer<Record<string, OverflowNode | null>> = await governor.run(
				'graphql',
				async ({ size, signal }) => {
					asked = open.slice(0, size);
					const { query, variables } = overflowQuery(dialect, asked.map(({ request }) => request));
					return heed(context, await client.graphql({ operation: 'Overflow', query, variables, isUsable: (data) => 'rest0' in data }, signal));
				},
				{ sizes, items: open.length },
			);
			takePages(asked, answer);
		} catch (error) {
			const [only, ...others] = asked;
			if (!isTooMuchToAnswer(error) || only === undefined || others.length > 0) {
				throw error;
			}
			// Even alone: the list stays incomplete.
			takePage(only.pullRequest, only.request.list, null);
		}
		asked.forEach(({ request }) => passed.add(keyOf(request)));
		const next = asked.flatMap(({ pullRequest, request }) => openList(pullRequest, request.list));
		// A cursor that comes a second time leads round in a circle: the list stays incomplete.
		open = [...open.slice(asked.length), ...next.filter(({ request }) => !passed.has(keyOf(request)))];
	}
}

function takePages(asked: readonly OpenList[], answer: GraphqlAnswer<Record<string, OverflowNode | null>>): void {
	asked.forEach(({ pullRequest, request }, index) => {
		const node = answer.data[`rest${index}`];
		if (answer.errors.some((entry) => entry.path?.[0] === `rest${index}` && isCommitLost(entry))) {
			// The page is asked for again without.
			pullRequest.fullCommits = false;
		} else {
			takePage(pullRequest, request.list, isObject(node) ? node : null);
		}
	});
}

function keyOf({ id, list, cursor, fullCommits }: OverflowRequest): string {
	return `${id} ${list} ${cursor} ${fullCommits}`;
}

const NOT_ALWAYS_TOLD = ['additions', 'deletions', 'authoredDate'];

/** GitHub can't tell how much a commit changed, or when it was authored, and so does not show the commit. */
export function isCommitLost({ path }: GraphqlErrorEntry): boolean {
	return path?.at(-2) === 'commit' && NOT_ALWAYS_TOLD.includes(String(path.at(-1)));
}

interface OpenList {
	pullRequest: Unfinished;
	request: OverflowRequest;
}

function openLists(pullRequest: Unfinished): OpenList[] {
	return LIST_NAMES.flatMap((name) => openList(pullRequest, name));
}

function openList(pullRequest: Unfinished, list: ListName): OpenList[] {
	const cursor = pullRequest.lists[list]?.cursor ?? null;
	const { id, fullCommits } = pullRequest;
	return cursor === null ? [] : [{ pullRequest, request: { id, list, cursor, fullCommits } }];
}

/** Adds a page to its list. A page that is missing, or of another head, leaves the list incomplete. */
function takePage(pullRequest: Unfinished, name: ListName, node: OverflowNode | null): void {
	const { lists } = pullRequest;
	const connection = node && (name === 'checks' ? (rollupsOf(node)?.statusCheckRollup?.contexts ?? null) : (node.list ?? null));
	if (node && isInstant(node.updatedAt) && node.updatedAt > pullRequest.seenUpdatedAt) {
		pullRequest.seenUpdatedAt = node.updatedAt;
	}
	const page = connection as Connection<never> | null;
	switch (name) {
		case 'labels':
			extend(lists.labels, listOf(page, LABELS), ({ id }) => id);
			break;
		case 'assignees':
			extend(lists.assignees, listOf(page, ASSIGNEES), ({ login }) => login);
			break;
		case 'reviewRequests':
			extend(lists.reviewRequests, listOf(page, REVIEWERS), (reviewer) => (isHiddenTeam(reviewer) ? undefined : reviewer.login));
			break;
		case 'reviews':
			extend(lists.reviews, listOf(page, REVIEWS), ({ id }) => id);
			break;
		case 'commits':
			extend(lists.commits, listOf(page, COMMITS), ({ oid }) => oid);
			break;
		case 'files':
			extend(lists.files, listOf(page, FILES), ({ path }) => path);
			break;
		case 'checks':
			extend(lists.checks, node?.headRefOid === pullRequest.headOid ? listOf(page, CHECKS) : listOf(null, CHECKS), ({ id }) => id);
			break;
		case 'reviewThreads':
			extend(lists.reviewThreads, listOf(page, THREADS), ({ id }) => id);
			break;
		case 'events':
			extend(lists.events, counted(listOf(page, EVENTS), lists.events), ({ id }) => id);
			break;
		case 'linkedIssues':
			extend(lists.linkedIssues, listOf(page, LINKED_ISSUES), ({ repository, number }) => `${repository}#${number}`);
			break;
	}
}

/** A page of a timeline, of which no page says how much there is of all. */
function counted<T>(page: FetchedList<T>, before: FetchedList<T> | undefined): FetchedList<T> {
	return { ...page, totalCount: page.totalCount + (before?.seen ?? 0) };
}

/** Appends what is new: while data moves, a row can come twice. @param keyOf `undefined` for what can't be told apart */
function extend<T>(list: FetchedList<T> | undefined, page: FetchedList<T>, keyOf: (item: T) => string | undefined): void {
	if (!list) {
		return;
	}
	const known = new Set(list.items.map(keyOf));
	const fresh = page.items.filter((item) => keyOf(item) === undefined || !known.has(keyOf(item)));
	const repeated = page.items.length - fresh.length;
	list.items.push(...fresh);
	list.seen += page.seen - repeated;
	list.unreadable ||= page.unreadable;
	list.hidden ||= page.hidden;
	list.totalCount = page.unreadable && page.seen === 0 ? list.totalCount : page.totalCount;
	// A page that brings nothing new would lead round in a circle; more rows than there are, nowhere.
	list.cursor = page.seen === repeated || list.seen > 2 * list.totalCount || list.seen >= MOST_ROWS ? null : page.cursor;
}
