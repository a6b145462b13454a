import type { GraphqlAnswer } from '../github/answer';
import { readNode } from '../github/lists';
import { standingsQuery } from '../github/queries';
import { PAGE_SIZE } from '../github/selections';
import type { WireFingerprint } from '../github/wire';
import { UNKNOWN } from '../model/pullRequest';
import { AdaptiveBatch } from './adaptiveBatch';
import { fingerprintReader, type Fingerprint } from './fingerprintPages';
import type { Probe } from './probe';
import { openEntries, type Target } from './staleness';
import { adoptStandings, isComputing } from './standings';
import { heed, type SyncContext } from './syncContext';

interface StandingsAnswer {
	nodes: (WireFingerprint | null | undefined)[];
}

/** GitHub computes whether something can be merged when it is asked, and mostly knows a moment later. Milliseconds. */
const ASK_AGAIN_AFTER_MS = [1_000, 3_000] as const;

/**
 * Asks again for what GitHub was computing: of what was read in this run, and of what the probe saw in another state than it is
 * stored in. What it still does not say is unknown from then on, until a probe shows it.
 * @returns numbers of those that stand elsewhere now
 */
export async function askForMergeability(context: SyncContext, seen: Probe): Promise<number[]> {
	const { dialect, governor } = context;
	if (!dialect.has('PullRequest.mergeable')) {
		return [];
	}
	const changed: number[] = [];
	let waiting = undecided(context, seen);
	let last: Fingerprint[] = [];
	for (const ms of ASK_AGAIN_AFTER_MS) {
		if (waiting.length === 0) {
			return changed;
		}
		await governor.giveTime(ms);
		last = await ask(context, waiting);
		changed.push(...(await adoptStandings(context, last)));
		last = last.filter(isComputing);
		waiting = last;
	}
	return [...changed, ...(await adoptStandings(context, last, { believesUnknown: true }))];
}

/** Of a head of which nothing is known, or of which the server did not say this time what it had said before. What it fails to give is asked for with the rest that is missing. */
function undecided({ cache }: SyncContext, { open, watched }: Probe): Target[] {
	const computing = new Set([...open.fingerprints, ...watched].filter(isComputing).map(({ number }) => number));
	return openEntries(cache).filter(({ detailsOf, number, partial, standing }) => {
		const isKnown = standing?.mergeable !== undefined;
		return detailsOf !== null && standing !== null && !partial.includes('standing') && (!isKnown || (computing.has(number) && standing.mergeable !== UNKNOWN));
	});
}

async function ask(context: SyncContext, targets: readonly Target[]): Promise<Fingerprint[]> {
	const { client, dialect, governor } = context;
	const sizes = new AdaptiveBatch(PAGE_SIZE, PAGE_SIZE);
	const reader = fingerprintReader(context);
	const found: Fingerprint[] = [];
	for (let done = 0; done < targets.length; ) {
		let asked: readonly Target[] = [];
		const answer: GraphqlAnswer<StandingsAnswer> = await governor.run(
			'graphql',
			async ({ size, signal }) => {
				asked = targets.slice(done, done + size);
				const shown = await client.graphql<StandingsAnswer>(
					{
						operation: 'Standings',
						query: standingsQuery(dialect),
						variables: { ids: asked.map(({ id }) => id) },
						isUsable: ({ nodes }) => Array.isArray(nodes) && nodes.length === asked.length,
					},
					signal,
				);
				return heed(context, shown);
			},
			{ sizes, items: targets.length - done },
		);
		found.push(...answer.data.nodes.flatMap((node) => (node && readNode(node, reader)) ?? []));
		done += asked.length;
	}
	const numbers = new Set(targets.map(({ number }) => number));
	return found.filter(({ number }) => numbers.has(number));
}
