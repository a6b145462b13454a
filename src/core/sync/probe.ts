import type { GraphqlErrorEntry } from '../github/answer';
import { cursorOf, listOf, readNode } from '../github/lists';
import { LABELS, milestonesBeside } from '../github/nodeReaders';
import { probeQuery } from '../github/queries';
import { PAGE_SIZE } from '../github/selections';
import { isRefusal } from '../github/refusals';
import { isPage, type WireProbe, type WireThreads } from '../github/wire';
import { isCount, isInstant, isName, isNumber, shaped } from '../model/guards';
import { isNameWithOwner } from '../model/repository';
import { seenList, type SeenCatalogue } from './catalogue';
import { fingerprintReader, type Fingerprint } from './fingerprintPages';
import type { Target, WatchTurns } from './staleness';
import { isThreadsNode } from './threads';
import { heed, readsRollup, type SyncContext } from './syncContext';

/** One look at a repository: enough to tell whether anything changed. */
export interface Probe extends SeenCatalogue {
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
	/** Login of whoever the token signs in; `null` where the host does not say. */
	viewer: string | null;
	/** The review threads of some open ones. */
	threads: WireThreads[];
	/** The newest update that the server shows: the watermark of whatever is read after this. */
	watermark: string;
}

/**
 * Sends the probe, and learns from it what the token may be asked.
 * @param watched what is to be looked at besides, by how many are asked for at a time
 * @param withThreads whose review threads are
 * @returns the turns of those that were asked for
 */
export async function probe(context: SyncContext, watched: (size: number) => { targets: Target[]; turns: WatchTurns }, withThreads: readonly Target[]): Promise<Probe & { turns: WatchTurns }> {
	const { cache, client, dialect, governor, probeBatch, ref } = context;
	const moreLabels = cache.state.labelsRead?.next ?? null;
	const moreMilestones = cache.state.milestonesRead?.next ?? null;
	let { targets: asked, turns } = watched(probeBatch.size);
	// What may not be read is left out once that is learned.
	const asksThreads = () => withThreads.length > 0 && dialect.has('PullRequest.reviewThreads');
	const answer = await governor.run(
		'graphql',
		async ({ size, signal }) => {
			({ targets: asked, turns } = watched(size));
			const query = probeQuery(dialect, {
				checks: readsRollup(context),
				watched: asked.length > 0,
				threads: asksThreads(),
				moreLabels: moreLabels !== null,
				moreMilestones: moreMilestones !== null,
			});
			const variables = {
				owner: ref.owner,
				name: ref.name,
				size,
				...(asksThreads() ? { threads: withThreads.map(({ id }) => id) } : {}),
				...(asked.length > 0 ? { watched: asked.map(({ id }) => id) } : {}),
				...(moreLabels !== null ? { moreLabels } : {}),
				...(moreMilestones !== null ? { moreMilestones } : {}),
			};
			const isUsable = (data: WireProbe, errors: readonly GraphqlErrorEntry[]) => isProbe(data, client.budget.serverNow()) && !isForbidden(data, errors);
			const seen = await client.graphql<WireProbe>({ operation: 'Probe', query, variables, isUsable }, signal);
			dialect.observeScopes(client.scopes?.granted);
			return heed(context, seen);
		},
		{ sizes: probeBatch, items: PAGE_SIZE },
	);
	const { repository, threads, watched: others } = answer.data;
	const fingerprints = fingerprintReader(context);
	const open = listOf(repository.open, fingerprints);
	const rows = (repository.updated.nodes ?? []).filter((node) => node !== null && node !== undefined);
	const wanted = new Set(asked.map(({ number }) => number));
	return {
		turns,
		id: repository.id,
		databaseId: isCount(repository.databaseId) ? repository.databaseId : null,
		nameWithOwner: repository.nameWithOwner,
		pushedAt: isInstant(repository.pushedAt) ? repository.pushedAt : null,
		totalCount: repository.updated.totalCount,
		updated: { rows, cursor: cursorOf(repository.updated) },
		open: { fingerprints: open.items, totalCount: open.totalCount },
		watched: (Array.isArray(others) ? others : []).flatMap((node) => (node && readNode(node, fingerprints)) ?? []).filter(({ number }) => wanted.has(number)),
		notFound: answer.errors.filter((entry) => isNotFound(entry) && entry.path?.[0] === 'watched').flatMap(({ path }) => asked[Number(path?.[1])] ?? []),
		viewer: isName(answer.data.viewer?.login) ? answer.data.viewer.login : null,
		threads: (Array.isArray(threads) ? threads : []).filter(isThreadsNode),
		labels: seenList(repository.labels, repository.moreLabels, LABELS),
		milestones: seenList(repository.milestones, repository.moreMilestones, milestonesBeside(cache.state.milestones)),
		watermark: rows[0]?.updatedAt ?? '1970-01-01T00:00:00Z',
	};
}

/** Whether two answers are about the same repository, in whatever form its node id comes. */
export function sameRepositoryId(one: { id: string | null; databaseId: number | null }, other: { id: string | null; databaseId: number | null }): boolean {
	return one.databaseId !== null && other.databaseId !== null ? one.databaseId === other.databaseId : one.id === other.id;
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

/**
 * The server does not find something. That it does not exist (any more) is one reason; that the token may not see it
 * is another.
 */
export function isNotFound({ type }: GraphqlErrorEntry): boolean {
	return type === 'NOT_FOUND';
}
