import type { GraphqlAnswer } from '../github/answer';
import { allReadable, CursorTrail, listOf, type NodeReader } from '../github/lists';
import { checksFingerprint } from '../github/checksFingerprint';
import { fingerprintQuery, type FingerprintScope } from '../github/queries';
import { PAGE_SIZE } from '../github/selections';
import { toStanding } from '../github/standing';
import { isPage, type Connection, type WireFingerprint } from '../github/wire';
import { isInstant, isName, isNumber, isObject, isText, nullOr, shaped } from '../model/guards';
import type { PullRequestState, Standing } from '../model/pullRequest';
import { isState } from '../model/shape';
import { AdaptiveBatch } from './adaptiveBatch';
import { assertBounded } from './listing';
import { seenNames, type SeenNames } from './seenNames';
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
	/** `null` when nothing of it was asked for or shown. GitHub may still be computing: see {@link UNKNOWN}. */
	standing: Standing | null;
	names: SeenNames;
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
		assertBounded(context, trail);
		if (after === null || !wanted(items)) {
			return;
		}
	}
}

const isFingerprint = shaped<Fingerprint>({
	id: isName,
	number: isNumber,
	updatedAt: isInstant,
	state: isState,
	headOid: isText,
	checks: nullOr(isText),
	standing: nullOr((value): value is Standing => isObject(value)),
	names: (value): value is SeenNames => isObject(value),
});

function shownStanding(wire: WireFingerprint): Standing | null {
	const standing = toStanding(wire);
	return Object.keys(standing).length > 0 ? standing : null;
}

/** Reads a pull request as far as a probe shows it. */
export function fingerprintReader(context: SyncContext): NodeReader<WireFingerprint, Fingerprint> {
	return {
		isGood: isFingerprint,
		map: (wire) => ({
			id: wire.id,
			number: wire.number,
			updatedAt: wire.updatedAt,
			state: wire.state,
			headOid: wire.headRefOid,
			checks: readsRollup(context) ? checksFingerprint(wire) : null,
			standing: shownStanding(wire),
			names: seenNames(wire),
		}),
	};
}
