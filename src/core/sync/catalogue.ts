import { isDeepStrictEqual } from 'node:util';
import type { CacheState, ListRead } from '../cache/cacheState';
import type { GraphqlAnswer } from '../github/answer';
import { allReadable, CursorTrail, listOf, type NodeReader } from '../github/lists';
import { LABELS, milestonesBeside } from '../github/nodeReaders';
import { catalogueQuery } from '../github/queries';
import { isPage, type Connection } from '../github/wire';
import type { Label, Milestone } from '../model/pullRequest';
import { sentence } from '../model/sentence';
import type { SyncContext } from './syncContext';

/** So many labels, or milestones, are read; nobody could choose from as many. */
const MOST_NAMES = 10_000;

/** What a probe sees of a repository's labels or milestones: the first page, and of a longer list one page more. */
export interface SeenList<T> {
	items: T[];
	/** How many there are in all. */
	totalCount: number;
	/** There is nothing besides the first page. */
	isAll: boolean;
	/** Where the page begins that the next probe looks at besides; `null` when there is none. */
	next: string | null;
	/** Some of these pages were not shown. */
	hidden: boolean;
}

/** A repository's labels and milestones, and how they were read. */
export type Catalogue = Pick<CacheState, 'labels' | 'milestones' | 'labelsRead' | 'milestonesRead'>;

/** What of a probe is about the catalogue; `null` for a list that may not be read. */
export interface SeenCatalogue {
	labels: SeenList<Label> | null;
	milestones: SeenList<Milestone> | null;
}

/** @param more the page that was asked for besides the first */
export function seenList<W, T>(first: Connection<W> | null | undefined, more: Connection<W> | null | undefined, reader: NodeReader<W, T>): SeenList<T> | null {
	const list = listOf(first, reader);
	if (list.unreadable) {
		return null;
	}
	const besides = more ? listOf(more, reader) : undefined;
	return {
		items: [...list.items, ...(besides?.items ?? [])],
		totalCount: list.totalCount,
		isAll: list.cursor === null,
		// After the last page, and after one that could not be read, comes the second again.
		next: besides?.cursor ?? list.cursor,
		hidden: list.hidden || besides?.hidden === true,
	};
}

/**
 * The catalogue as it is now; `undefined` when nothing differs from what is known.
 * What the server counts and does not show is taken to be what is known of it.
 * @param anew read it whatever is known
 */
export async function changedCatalogue(context: SyncContext, seen: SeenCatalogue, anew: boolean): Promise<Catalogue | undefined> {
	const { labels, labelsRead, milestones, milestonesRead } = context.cache.state;
	const ofLabels = await changedList({ seen: seen.labels, known: labels, read: labelsRead, keyOf: ({ name }) => name.toLowerCase() }, anew, () => readAll(context, 'labels', LABELS));
	const ofMilestones = await changedList({ seen: seen.milestones, known: milestones, read: milestonesRead, keyOf: ({ number }) => String(number) }, anew, () =>
		readAll(context, 'milestones', milestonesBeside(milestones)),
	);
	const now = {
		labels: ofLabels?.items ?? labels,
		labelsRead: ofLabels?.read ?? labelsRead,
		milestones: ofMilestones?.items ?? milestones,
		milestonesRead: ofMilestones?.read ?? milestonesRead,
	};
	return isDeepStrictEqual(now, { labels, labelsRead, milestones, milestonesRead }) ? undefined : now;
}

interface KnownList<T> {
	seen: SeenList<T> | null;
	known: T[];
	read: ListRead | null;
	/** What only one of the list can have at a time, whatever the form of its id. */
	keyOf: (item: T) => string;
}

async function changedList<T extends { id: string }>(
	{ seen, known, read, keyOf }: KnownList<T>,
	anew: boolean,
	readRest: () => Promise<{ items: T[]; totalCount: number }>,
): Promise<{ items: T[]; read: ListRead } | undefined> {
	if (seen === null || (!anew && read?.count === seen.totalCount && areKnown(seen.items, known))) {
		return undefined;
	}
	const { items, totalCount } = seen.isAll ? seen : await readRest();
	const ids = new Set(items.map(({ id }) => id));
	const keys = new Set(items.map(keyOf));
	const withheld = items.length < totalCount ? known.filter((item) => !ids.has(item.id) && !keys.has(keyOf(item))) : [];
	return { items: [...items, ...withheld], read: { count: totalCount, next: seen.next } };
}

function areKnown(seen: readonly { id: string }[], known: readonly { id: string }[]): boolean {
	const byId = new Map(known.map((item) => [item.id, JSON.stringify(item)]));
	return seen.every((item) => byId.get(item.id) === JSON.stringify(item));
}

/** Every page of a list, and how many the server counts. */
async function readAll<W, T extends { id: string }>(context: SyncContext, list: 'labels' | 'milestones', reader: NodeReader<W, T>): Promise<{ items: T[]; totalCount: number }> {
	const { cache, client, governor, ref } = context;
	const found = new Map<string, T>();
	const trail = new CursorTrail(null);
	for (let after: string | null = null; ; ) {
		const answer: GraphqlAnswer<{ repository: { id: string; list: Connection<W> } }> = await governor.run('graphql', ({ signal }) =>
			client.graphql(
				{
					operation: 'Catalogue',
					query: catalogueQuery(list),
					variables: { owner: ref.owner, name: ref.name, after },
					isUsable: ({ repository: { id, list: page } }) => id === cache.state.id && isPage(page) && allReadable(page, reader) && trail.leadsOn(page),
				},
				signal,
			),
		);
		const page = answer.data.repository.list;
		for (const item of listOf(page, reader).items) {
			found.set(item.id, item);
		}
		after = trail.take(page);
		if (trail.length >= MOST_NAMES) {
			context.note(
				list === 'labels'
					? sentence('GitHub lists more than {0} labels: the rest was not read.', MOST_NAMES)
					: sentence('GitHub lists more than {0} milestones: the rest was not read.', MOST_NAMES),
			);
		}
		if (after === null || trail.length >= MOST_NAMES) {
			return { items: [...found.values()], totalCount: page.totalCount };
		}
	}
}

/** Says which of the lists could not be read as a whole: what was known of it stays, and what was not is missing. */
export function noteUnread({ cache: { state }, note }: SyncContext, { labels, milestones }: SeenCatalogue): void {
	if (isUnread(labels, state.labelsRead, state.labels)) {
		note(sentence('Some labels of this repository could not be read this time; the next run asks again.'));
	}
	if (isUnread(milestones, state.milestonesRead, state.milestones)) {
		note(sentence('Some milestones of this repository could not be read this time; the next run asks again.'));
	}
}

function isUnread(seen: SeenList<unknown> | null, read: ListRead | null, items: readonly unknown[]): boolean {
	return seen === null || seen.hidden || items.length < Math.min(read?.count ?? 0, MOST_NAMES);
}

/** Where the next probe goes on, when it is not where this one did; for the state. */
export function nextPages({ labelsRead, milestonesRead }: CacheState, seen: SeenCatalogue): Partial<Catalogue> {
	return {
		...(labelsRead && seen.labels ? { labelsRead: { ...labelsRead, next: seen.labels.next } } : {}),
		...(milestonesRead && seen.milestones ? { milestonesRead: { ...milestonesRead, next: seen.milestones.next } } : {}),
	};
}

/**
 * Takes over another catalogue. What is no longer in it may still be named by pull requests that were read before.
 * @returns whether any label or milestone is another
 */
export async function adoptCatalogue({ cache }: SyncContext, id: string, catalogue: Catalogue): Promise<boolean> {
	const { state } = cache;
	const present = new Set([...catalogue.labels, ...catalogue.milestones].map((item) => item.id));
	const before = [...state.dropped, ...[...state.labels, ...state.milestones].map((item) => item.id)];
	await cache.update({
		id,
		...catalogue,
		dropped: [...new Set(before)].filter((one) => !present.has(one)),
		restored: state.restored + Number(state.dropped.some((one) => present.has(one))),
	});
	return !isDeepStrictEqual([catalogue.labels, catalogue.milestones], [state.labels, state.milestones]);
}
