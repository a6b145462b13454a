import { catalogueQuery, fingerprintQuery, probeQuery, type FingerprintScope, PAGE_SIZE } from '../github/queries';
import { checksFingerprint, listOf, toLabel, toMilestone } from '../github/mapping';
import { isPage, type Connection, type WireFingerprint, type WireLabel, type WireMilestone, type WireProbe } from '../github/wire';
import type { GraphqlAnswer, GraphqlErrorEntry } from '../github/answer';
import type { Label, Milestone, PullRequestState } from '../model/pullRequest';
import { AdaptiveBatch } from './adaptiveBatch';
import { readsRollup, type SyncContext } from './syncContext';

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
	nameWithOwner: string;
	pushedAt: string | null;
	totalCount: number;
	/** The last updated ones, newest first, and where the list goes on. */
	updated: { rows: { id: string; number: number; updatedAt: string }[]; cursor: string | null };
	open: { fingerprints: Fingerprint[]; totalCount: number };
	watched: Fingerprint[];
	/** Watched ids that GitHub no longer has. */
	gone: string[];
	/** First pages; `null` when the account may not read them. */
	labels: { items: Label[]; totalCount: number } | null;
	milestones: { items: Milestone[]; totalCount: number } | null;
	/** The newest update that the server shows: the watermark of whatever is read after this. */
	watermark: string;
}

/** Sends the probe; notes when the account turns out not to be allowed to read checks. */
export async function probe(context: SyncContext, watched: string[]): Promise<Probe> {
	const { client, dialect, governor, ref } = context;
	let asked = watched;
	const answer = await governor.run(
		'graphql',
		({ size, signal }) => {
			asked = watched.slice(0, size);
			const query = probeQuery(dialect, { checks: readsRollup(context), watched: asked.length > 0 });
			const variables = { owner: ref.owner, name: ref.name, size, ...(asked.length > 0 ? { watched: asked } : {}) };
			return client.graphql<WireProbe>({ operation: 'Probe', query, variables, isUsable: isProbe }, signal);
		},
		{ sizes: new AdaptiveBatch(PAGE_SIZE, PAGE_SIZE), items: PAGE_SIZE },
	);
	await noteRefusedRollup(context, answer.errors);
	const { repository } = answer.data;
	const toFingerprint = fingerprintMapper(context);
	const open = listOf(repository.open, toFingerprint);
	return {
		id: repository.id,
		nameWithOwner: repository.nameWithOwner,
		pushedAt: repository.pushedAt,
		totalCount: repository.updated.totalCount,
		updated: {
			rows: (repository.updated.nodes ?? []).filter((node) => node !== null),
			cursor: repository.updated.pageInfo.hasNextPage ? repository.updated.pageInfo.endCursor : null,
		},
		open: { fingerprints: open.items, totalCount: open.totalCount },
		watched: (answer.data.watched ?? []).filter((node) => node !== null).map(toFingerprint),
		gone: answer.errors.filter(isGone).flatMap(({ path }) => asked[Number(path?.[1])] ?? []),
		labels: repository.labels && listOf(repository.labels, toLabel),
		milestones: repository.milestones && listOf(repository.milestones, toMilestone),
		watermark: repository.updated.nodes?.[0]?.updatedAt ?? '1970-01-01T00:00:00Z',
	};
}

function isProbe({ repository }: WireProbe): boolean {
	return typeof repository.id === 'string' && typeof repository.nameWithOwner === 'string' && isPage(repository.updated) && isPage(repository.open);
}

/** Reads pages of fingerprints, newest first, for as long as `wanted` says of the last page. */
export async function* fingerprintPages(
	context: SyncContext,
	scope: FingerprintScope,
	start: string | null,
	wanted: (page: Fingerprint[]) => boolean,
): AsyncGenerator<Fingerprint[]> {
	const { client, dialect, governor, ref } = context;
	const sizes = new AdaptiveBatch(PAGE_SIZE, PAGE_SIZE);
	const toFingerprint = fingerprintMapper(context);
	for (let after: string | null = start; ; ) {
		const answer: GraphqlAnswer<{ repository: { pullRequests: Connection<WireFingerprint> } }> = await governor.run(
			'graphql',
			({ size, signal }) =>
				client.graphql(
					{
						operation: 'Fingerprints',
						query: fingerprintQuery(dialect, scope),
						variables: { owner: ref.owner, name: ref.name, size, after },
						isUsable: ({ repository }) => isPage(repository.pullRequests),
					},
					signal,
				),
			{ sizes, items: PAGE_SIZE },
		);
		await noteRefusedRollup(context, answer.errors);
		const { items, cursor } = listOf(answer.data.repository.pullRequests, toFingerprint);
		yield items;
		if (cursor === null || !wanted(items)) {
			return;
		}
		after = cursor;
	}
}

/** The whole list of labels or milestones, going on from the probe's first page. */
export async function wholeCatalogue(context: SyncContext, list: 'labels'): Promise<Label[]>;
export async function wholeCatalogue(context: SyncContext, list: 'milestones'): Promise<Milestone[]>;
export async function wholeCatalogue(context: SyncContext, list: 'labels' | 'milestones'): Promise<(Label | Milestone)[]> {
	const { client, governor, ref } = context;
	const found = new Map<string, Label | Milestone>();
	for (let after: string | null = null; ; ) {
		const answer: GraphqlAnswer<{ repository: { list: Connection<WireLabel & WireMilestone> } }> = await governor.run('graphql', ({ signal }) =>
			client.graphql(
				{
					operation: 'Catalogue',
					query: catalogueQuery(list),
					variables: { owner: ref.owner, name: ref.name, after },
					isUsable: ({ repository }) => isPage(repository.list),
				},
				signal,
			),
		);
		const map: (node: WireLabel & WireMilestone) => Label | Milestone = list === 'labels' ? toLabel : toMilestone;
		const page = listOf(answer.data.repository.list, map);
		for (const item of page.items) {
			found.set(item.id, item);
		}
		if (page.cursor === null) {
			return [...found.values()];
		}
		after = page.cursor;
	}
}

/** GitHub answers FORBIDDEN for a rollup when the token may not read checks; it is not asked for again. */
export async function noteRefusedRollup(context: SyncContext, errors: readonly GraphqlErrorEntry[]): Promise<void> {
	const refused = errors.some(({ type, path }) => type === 'FORBIDDEN' && path?.includes('statusCheckRollup'));
	if (refused && !context.cache.state.rollupRefused) {
		await context.cache.update({ rollupRefused: true });
	}
}

/** The server says that a node does not exist (any more); anything else that is missing may come back. */
export function isGone({ type }: GraphqlErrorEntry): boolean {
	return type === 'NOT_FOUND';
}

function fingerprintMapper(context: SyncContext): (wire: WireFingerprint) => Fingerprint {
	// Asked for before the answer, read after it: a refusal in the answer itself counts.
	return (wire) => ({
		id: wire.id,
		number: wire.number,
		updatedAt: wire.updatedAt,
		state: wire.state,
		headOid: wire.headRefOid,
		checks: asksForChecks(wire) && readsRollup(context) ? checksFingerprint(wire) : null,
	});
}

function asksForChecks(wire: WireFingerprint): boolean {
	return wire.statusCheckRollup !== undefined || wire.lastCommit !== undefined;
}
