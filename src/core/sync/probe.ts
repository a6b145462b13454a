import { catalogueQuery, fingerprintQuery, probeQuery, type FingerprintScope, PAGE_SIZE } from '../github/queries';
import { CursorTrail, cursorOf, listOf, readNode, type NodeReader } from '../github/lists';
import { checksFingerprint, LABELS, MILESTONES } from '../github/mapping';
import { isPage, type Connection, type WireFingerprint, type WireLabel, type WireMilestone, type WireProbe } from '../github/wire';
import type { GraphqlAnswer, GraphqlErrorEntry } from '../github/answer';
import { isRefusal } from '../github/refusals';
import { isCount, isInstant, isName, isNumber, isText, nullOr, shaped } from '../model/guards';
import type { Label, Milestone, PullRequestState } from '../model/pullRequest';
import { isNameWithOwner } from '../model/repository';
import { isState } from '../model/shape';
import { AdaptiveBatch } from './adaptiveBatch';
import type { Target } from './staleness';
import { heed, readsRollup, type SyncContext } from './syncContext';

/** What can be told of a pull request without reading it. */
export interface Fingerprint {
	id: string;
	number: number;
	updatedAt: string;
	state: PullRequestState;
	headOid: string;
	/** `null` when the checks were not asked for or not shown. */
	checks: string | null;
}

/** One look at a repository: enough to tell whether anything changed. */
export interface Probe {
	id: string;
	/** `null` where the host does not tell it. */
	databaseId: number | null;
	nameWithOwner: string;
	pushedAt: string | null;
	totalCount: number;
	/** The last updated ones, newest first, and where the list goes on. */
	updated: { rows: { id: string; number: number; updatedAt: string }[]; cursor: string | null };
	open: { fingerprints: Fingerprint[]; totalCount: number };
	watched: Fingerprint[];
	/** Watched ones whose ids GitHub does not know any more. */
	notFound: Target[];
	/** First pages; `null` when the account may not read them. */
	labels: { items: Label[]; totalCount: number } | null;
	milestones: { items: Milestone[]; totalCount: number } | null;
	/** The newest update that the server shows: the watermark of whatever is read after this. */
	watermark: string;
}

/** Sends the probe, and learns from it what the token may be asked. */
export async function probe(context: SyncContext, watched: readonly Target[]): Promise<Probe> {
	const { client, dialect, governor, probeBatch, ref } = context;
	let asked = watched;
	const answer = await governor.run(
		'graphql',
		async ({ size, signal }) => {
			asked = watched.slice(0, size);
			const query = probeQuery(dialect, { checks: readsRollup(context), watched: asked.length > 0 });
			const variables = { owner: ref.owner, name: ref.name, size, ...(asked.length > 0 ? { watched: asked.map(({ id }) => id) } : {}) };
			const isUsable = (data: WireProbe, errors: readonly GraphqlErrorEntry[]) => isProbe(data, client.budget.serverNow()) && !isForbidden(data, errors);
			const seen = await client.graphql<WireProbe>({ operation: 'Probe', query, variables, isUsable }, signal);
			dialect.observeScopes(client.scopes?.granted);
			return heed(context, seen);
		},
		{ sizes: probeBatch, items: PAGE_SIZE },
	);
	const { repository, watched: others } = answer.data;
	const fingerprints = fingerprintReader(context);
	const open = listOf(repository.open, fingerprints);
	const rows = (repository.updated.nodes ?? []).filter((node) => node !== null && node !== undefined);
	const wanted = new Set(asked.map(({ number }) => number));
	return {
		id: repository.id,
		databaseId: isCount(repository.databaseId) ? repository.databaseId : null,
		nameWithOwner: repository.nameWithOwner,
		pushedAt: isInstant(repository.pushedAt) ? repository.pushedAt : null,
		totalCount: repository.updated.totalCount,
		updated: { rows, cursor: cursorOf(repository.updated) },
		open: { fingerprints: open.items, totalCount: open.totalCount },
		watched: (Array.isArray(others) ? others : []).flatMap((node) => (node && readNode(node, fingerprints)) ?? []).filter(({ number }) => wanted.has(number)),
		notFound: answer.errors.filter((entry) => isNotFound(entry) && entry.path?.[0] === 'watched').flatMap(({ path }) => asked[Number(path?.[1])] ?? []),
		labels: catalogueOf(repository.labels, LABELS),
		milestones: catalogueOf(repository.milestones, MILESTONES),
		watermark: rows[0]?.updatedAt ?? '1970-01-01T00:00:00Z',
	};
}

/** A clock that is wrong by more than this is not believed: the watermark would hide what comes after. */
const MAX_AHEAD_MS = 24 * 60 * 60 * 1000;

const isUpdatedRow = shaped<Probe['updated']['rows'][number]>({ id: isName, number: isNumber, updatedAt: isInstant });

function isProbe({ repository }: WireProbe, now: number): boolean {
	const { updated, open } = repository;
	return (
		isName(repository.id) &&
		isNameWithOwner(repository.nameWithOwner) &&
		isPage(updated) &&
		isPage(open) &&
		(updated.nodes ?? []).every((row: unknown) => row === null || (isUpdatedRow(row) && Date.parse(row.updatedAt) <= now + MAX_AHEAD_MS))
	);
}

/** An organization may show that there is a repository, and refuse each of its pull requests (single sign-on). */
function isForbidden({ repository: { updated } }: WireProbe, errors: readonly GraphqlErrorEntry[]): boolean {
	const rows: readonly unknown[] = updated.nodes ?? [];
	return rows.length > 0 && rows.every((row) => row === null) && errors.some((entry) => isRefusal(entry) && entry.path?.[1] === 'updated');
}

/** A list of labels or milestones of which anything can't be read is left as it is known. */
function catalogueOf<W, T>(connection: Connection<W> | null | undefined, reader: NodeReader<W, T>): { items: T[]; totalCount: number } | null {
	const list = listOf(connection, reader);
	return list.unreadable || list.hidden ? null : { items: list.items, totalCount: list.totalCount };
}

interface FingerprintsAnswer {
	repository: { id: string; pullRequests: Connection<WireFingerprint> };
}

/**
 * Reads pages of fingerprints, newest first, for as long as `wanted` says of the last page.
 * @param onWithheld told how many rows of a page the server would not show
 */
export async function* fingerprintPages(
	context: SyncContext,
	scope: FingerprintScope,
	start: string | null,
	wanted: (page: Fingerprint[]) => boolean,
	onWithheld: (count: number) => void = () => undefined,
): AsyncGenerator<Fingerprint[]> {
	const { client, dialect, governor, ref } = context;
	const sizes = new AdaptiveBatch(PAGE_SIZE, PAGE_SIZE);
	const reader = fingerprintReader(context);
	const trail = new CursorTrail(start);
	for (let after: string | null = start; ; ) {
		const answer: GraphqlAnswer<FingerprintsAnswer> = await governor.run(
			'graphql',
			async ({ size, signal }) => {
				const page = await client.graphql<FingerprintsAnswer>(
					{
						operation: 'Fingerprints',
						query: fingerprintQuery(dialect, scope),
						variables: { owner: ref.owner, name: ref.name, size, after },
						isUsable: ({ repository: { id, pullRequests } }) =>
							id === context.cache.state.id && isPage(pullRequests) && allReadable(pullRequests, reader) && trail.leadsOn(pullRequests),
					},
					signal,
				);
				return heed(context, page);
			},
			{ sizes, items: PAGE_SIZE },
		);
		const page = answer.data.repository.pullRequests;
		const { items, seen } = listOf(page, reader);
		onWithheld(seen - items.length);
		yield items;
		after = trail.take(page);
		if (after === null || !wanted(items)) {
			return;
		}
	}
}

/** The whole list of labels or milestones, going on from the probe's first page. */
export async function wholeCatalogue(context: SyncContext, list: 'labels'): Promise<Label[]>;
export async function wholeCatalogue(context: SyncContext, list: 'milestones'): Promise<Milestone[]>;
export async function wholeCatalogue(context: SyncContext, list: 'labels' | 'milestones'): Promise<(Label | Milestone)[]> {
	const { cache, client, governor, ref } = context;
	const found = new Map<string, Label | Milestone>();
	const trail = new CursorTrail(null);
	const reader: NodeReader<WireLabel & WireMilestone, Label | Milestone> = list === 'labels' ? LABELS : MILESTONES;
	for (let after: string | null = null; ; ) {
		const answer: GraphqlAnswer<{ repository: { id: string; list: Connection<WireLabel & WireMilestone> } }> = await governor.run('graphql', ({ signal }) =>
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
		if (after === null) {
			return [...found.values()];
		}
	}
}

/** Withheld nodes are no hindrance; what is something else than it should be makes the page none. */
function allReadable<W, T>(page: Connection<W>, reader: NodeReader<W, T>): boolean {
	return (page.nodes ?? []).every((node) => node === null || node === undefined || readNode(node, reader) !== undefined);
}

/**
 * The server does not find something. That it does not exist (any more) is one reason; that the token may not see it
 * is another.
 */
export function isNotFound({ type }: GraphqlErrorEntry): boolean {
	return type === 'NOT_FOUND';
}

const isFingerprint = shaped<Fingerprint>({
	id: isName,
	number: isNumber,
	updatedAt: isInstant,
	state: isState,
	headOid: isText,
	checks: nullOr(isText),
});

function fingerprintReader(context: SyncContext): NodeReader<WireFingerprint, Fingerprint> {
	return {
		isGood: isFingerprint,
		map: (wire) => ({
			id: wire.id,
			number: wire.number,
			updatedAt: wire.updatedAt,
			state: wire.state,
			headOid: wire.headRefOid,
			checks: readsRollup(context) ? checksFingerprint(wire) : null,
		}),
	};
}
