import { catalogueQuery, existenceQuery, fingerprintQuery, listingQuery, probeQuery } from '../../src/core/github/queries';
import type { Facts } from './facts';

/** Sends the queries of the product that no belief needed, each once, for what they cost. @throws RequestLimitError */
export async function measureTheRest(facts: Facts): Promise<void> {
	const { place } = facts;
	const page = { ...place, size: 100, after: null };
	const watched = (await facts.ids()).slice(0, 100);
	await facts.product('Listing', listingQuery, page);
	await facts.product('Fingerprints', (dialect) => fingerprintQuery(dialect, { checks: dialect.rollup !== undefined, openOnly: false, order: 'UPDATED_AT' }), page);
	if (watched.length > 0) {
		await facts.product('Probe', (dialect) => probeQuery(dialect, { checks: dialect.rollup !== undefined, watched: true, threads: true, moreLabels: false, moreMilestones: false }), { ...place, size: 100, watched, threads: watched.slice(0, 40) }, 'Probe with watched ones');
	}
	for (const list of ['labels', 'milestones'] as const) await facts.product('Catalogue', () => catalogueQuery(list), { ...place, after: null }, `Catalogue of ${list}`);
	// So many as a sweep asks for at once; most of them are there.
	await facts.product('Existence', () => existenceQuery(Array.from({ length: 50 }, (_, index) => index + 1)), place);
	if (watched.length > 0) await facts.checks();
}
