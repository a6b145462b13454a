import type { GraphqlAnswer } from '../github/answer';
import { existenceQuery } from '../github/queries';
import { isName, isObject } from '../model/guards';
import { sentence } from '../model/sentence';
import { AdaptiveBatch } from './adaptiveBatch';
import { isNotFound } from './probe';
import { instant } from '../model/clock';
import type { Target } from './staleness';
import type { SyncContext } from './syncContext';

/** How many numbers one query asks for. */
const MOST_NUMBERS = 50;
/** GitHub's staff delete a few pull requests, as spam; when more are gone at once, something else has happened. */
export const FEW = 10;
const FEW_OF = 0.02;
/** What was not believed is looked at again after so long. */
const LOOK_AGAIN_MS = 24 * 60 * 60 * 1000;

interface ExistenceAnswer {
	repository: Record<string, unknown>;
}

/**
 * Finds out which pull requests that can't be found by id are really gone: the repository itself, asked by number, says so.
 * To an id GitHub answers alike when the token may not see it. When many vanish at once, none counts as gone and a
 * person is told, until that person asks to read everything anew.
 * @returns those that are gone, and those that the repository still has although their ids lead nowhere, with the ids that it knows
 */
export async function confirmGone(context: SyncContext, numbers: readonly number[]): Promise<{ gone: number[]; there: Target[] }> {
	const { cache, client, options } = context;
	const stored = numbers.filter((number) => cache.entries.has(number));
	if (options.refresh !== true && stored.length > Math.max(FEW, FEW_OF * cache.entries.size)) {
		await cache.update({ vanished: { numbers: stored, at: instant(client.budget.serverNow()) } });
		context.note(
			sentence(
				'{0} stored pull requests can no longer be found on GitHub. Because they are so many, nothing was removed. If they are really gone, fetch everything again (option Refresh, or --refresh).',
				stored.length,
			),
		);
		return { gone: [], there: [] };
	}
	const gone: number[] = [];
	const there: Target[] = [];
	const sizes = new AdaptiveBatch(MOST_NUMBERS, MOST_NUMBERS);
	for (let waiting = [...numbers]; waiting.length > 0; ) {
		let asked: number[] = [];
		const answer = await context.governor.run(
			'graphql',
			({ size, signal }) => {
				asked = waiting.slice(0, size);
				return queryExistence(context, asked, signal);
			},
			{ sizes, items: waiting.length },
		);
		const notFound = new Set(answer.errors.filter((entry) => isNotFound(entry) && entry.path?.length === 2).map(({ path }) => path?.[1]));
		for (const number of asked) {
			const node = answer.data.repository[`pr${number}`];
			if (notFound.has(`pr${number}`)) {
				gone.push(number);
			} else {
				there.push({ number, id: isObject(node) && node['number'] === number && isName(node['id']) ? node['id'] : '' });
			}
		}
		waiting = waiting.slice(asked.length);
	}
	return { gone, there };
}

function queryExistence({ cache, client, ref }: SyncContext, numbers: readonly number[], signal: AbortSignal | undefined): Promise<GraphqlAnswer<ExistenceAnswer>> {
	return client.graphql(
		{
			operation: 'Existence',
			query: existenceQuery(numbers),
			variables: { owner: ref.owner, name: ref.name },
			isUsable: ({ repository }) => isName(repository['id']) && repository['id'] === cache.state.id,
		},
		signal,
	);
}

/** Numbers that were not found a short while ago and are kept all the same: asking for them again brings nothing. */
export function recentlyVanished({ cache, client }: Pick<SyncContext, 'cache' | 'client'>): ReadonlySet<number> {
	const { vanished } = cache.state;
	const recent = vanished !== null && Date.parse(vanished.at) > client.budget.serverNow() - LOOK_AGAIN_MS;
	return new Set(recent ? vanished.numbers : []);
}
