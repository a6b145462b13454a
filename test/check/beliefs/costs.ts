import { listRestChecks } from '../../../src/core/github/restChecks';
import { no, open, yes, type Belief, type Verdict } from '../belief';
import { dataOf, rowsOf, type Facts } from '../facts';
import { isSlowDown, type Measured } from '../meter';

/** What requests cost. */
export const costBeliefs: readonly Belief[] = [
	{
		id: 'batches-multiply',
		believed: 'The price of `nodes(ids:)` grows with the number of ids.',
		where: '`test/github-server/queryCost.ts`, and with it the points in BENCHMARKS.md',
		settle: 'a repository with 20 or more pull requests',
		judge: batchesMultiply,
	},
	{
		id: 'cost-is-charged',
		believed: '`rateLimit.cost` is what `x-ratelimit-used` grows by.',
		where: '`github/client.ts`: the points that a run tells',
		settle: 'nothing else may use the account meanwhile',
		judge: costIsCharged,
	},
	{
		id: 'not-modified-is-free',
		believed: 'A list of checks that REST answers with 304 costs nothing.',
		where: '`github/restChecks.ts`, `sync/restChecks.ts`',
		settle: 'a repository with pull requests',
		judge: notModifiedIsFree,
	},
	{
		id: 'slow-down-says-when',
		believed: 'A slow-down (403 or 429, a secondary limit) need not carry `retry-after`.',
		where: '`github/answer.ts`: its words count as well',
		settle: 'by chance alone: the script provokes none',
		judge: slowDown,
	},
];

async function batchesMultiply(facts: Facts): Promise<Verdict> {
	const [one, batch] = [await facts.details('one'), await facts.details('batch')];
	dataOf(one);
	dataOf(batch);
	const prices = [one, batch].map(({ request }) => request.cost);
	const [single, many] = prices;
	if (single === undefined || many === undefined) return open('this host tells no price');
	// By the published formula: a request for every list of every pull request, and of each list within those.
	const lists = batch.query.split('(first:').length - 1;
	const expected = Math.round((lists * batch.count) / 100);
	const seen = `points: ${single} for one pull request, ${many} for ${batch.count}, with ${lists} lists each`;
	if (many > single) return yes(seen);
	return expected >= 2 ? no(seen) : open(`${seen}: too few pull requests to tell`);
}

function costIsCharged({ meter }: Facts): Verdict {
	const known = meter.requests.filter(({ kind, cost, charged }) => kind === 'graphql' && cost !== undefined && charged !== undefined);
	if (known.length === 0) return open('this host tells no budget');
	const describe = ({ operation, cost, charged }: Measured): string => `${operation}: ${cost ?? ''} by its answer, ${charged ?? ''} by the headers`;
	const less = known.find(({ cost = 0, charged = 0 }) => charged < cost);
	const more = known.find(({ cost = 0, charged = 0 }) => charged > cost);
	if (less) return no(describe(less));
	return more ? open(`${describe(more)}: something else used this account meanwhile, or more was charged`) : yes(`the same for ${known.length} queries`);
}

async function notModifiedIsFree(facts: Facts): Promise<Verdict> {
	const [row] = rowsOf(await facts.state());
	if (!row) return open('this repository has no pull request');
	const commit = { ref: facts.options.ref, headOid: row.headRefOid, lists: ['check-runs', 'statuses'] as const };
	const get = <T>(route: string, parameters: Record<string, unknown>, etag?: string) => {
		facts.meter.expectOneLeft();
		return facts.client.rest<T>(route, parameters, etag);
	};
	const first = await listRestChecks({ ...commit, etags: undefined }, get);
	if (!first || Object.keys(first.etags).length === 0) return open('REST lists no checks to this token');
	const sent = facts.meter.requests.length;
	await listRestChecks({ ...commit, etags: first.etags, lists: commit.lists.filter((list) => !first.refused.includes(list)) }, get);
	const again = facts.meter.requests.slice(sent);
	const unchanged = again.filter(({ status }) => status === 304);
	if (unchanged.length === 0) return no(`asked again with its ETag, the answer was ${again.map(({ status }) => status).join(', ')}`);
	const charged = unchanged.flatMap((request) => request.charged ?? []);
	if (charged.length === 0) return open('304 came, and this host tells no budget');
	return charged.some((points) => points > 0) ? no(`304 was charged ${charged.join(', ')}`) : yes(`${unchanged.length} times 304, charged 0`);
}

function slowDown({ meter }: Facts): Verdict {
	const first = meter.requests.find((request) => isSlowDown(request) && /secondary/i.test(JSON.stringify(request.body ?? '')));
	if (!first) return open(`none came in ${meter.requests.length} requests`);
	const after = first.headers.get('retry-after');
	return after === null ? yes(`HTTP ${first.status} without retry-after`) : open(`HTTP ${first.status} with retry-after: ${after}; another may come without`);
}
