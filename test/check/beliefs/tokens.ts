import { isRefusal } from '../../../src/core/github/refusals';
import { isObject } from '../../../src/core/model/guards';
import { no, open, some, yes, type Belief, type Verdict } from '../belief';
import { at, dataOf, type Answer, type Facts } from '../facts';

const ORGANIZATION_SCOPES = ['read:org', 'write:org', 'admin:org'];
const REPOSITORY_SCOPES = ['repo', 'public_repo'];

/** What a token may be asked. */
export const tokenBeliefs: readonly Belief[] = [
	{
		id: 'scopes-header',
		believed: 'GraphQL answers tell the scopes of a token that has some in `x-oauth-scopes`, and have no such header for the other kinds.',
		where: '`github/client.ts`, `github/dialect.ts`: whether teams are named',
		settle: 'once with each kind of token',
		judge: scopesHeader,
	},
	{
		id: 'logins-need-no-scope',
		believed: '`... on Actor { login ... on Node { id } }` needs no scope, whoever it is.',
		where: '`github/selections.ts`: every account is asked so',
		settle: 'a token without `read:org`',
		judge: async (facts) => scopeFree(facts, ORGANIZATION_SCOPES, [await facts.details('batch')]),
	},
	{
		id: 'planned-fields-need-no-scope',
		believed: '`headRepositoryOwner`, `mergedBy`, `totalCommentsCount`, `isCrossRepository`, `authorAssociation`, `reviewDecision`, the merge queue and the commit of a review need no scope.',
		where: '`github/selections.ts`, `github/standing.ts`: they are asked of every pull request',
		settle: 'a token without `read:org`',
		judge: async (facts) => scopeFree(facts, ORGANIZATION_SCOPES, [await facts.planned()]),
	},
	{
		id: 'totals-need-no-scope',
		believed: 'No `totalCount` that the product asks for wants `public_repo`.',
		where: '`github/queries.ts`: one refused total would take the whole query',
		settle: 'a token without `repo` and `public_repo`, on a public repository',
		judge: async (facts) => scopeFree(facts, REPOSITORY_SCOPES, [await facts.probe(), await facts.details('batch')]),
	},
	{
		id: 'refused-commits-take-the-row',
		believed: 'Where `commits` is refused, the whole pull request is null.',
		where: '`github/refusals.ts`: it is asked again without them at once',
		settle: 'a fine-grained token without Contents, on a private repository',
		judge: refusedCommits,
	},
	{
		id: 'counts-beside-refused-runs',
		believed: 'Where check runs are refused, their counts by state can be read.',
		where: '`github/mapping.ts`: the fingerprint of checks',
		settle: 'a fine-grained token with Commit statuses, on a private repository with check runs',
		judge: countsBesideRefused,
	},
];

function scopesHeader({ options, scopes }: Facts): Verdict {
	const kind = kindOf(options.credentials.token);
	const seen = scopes === undefined ? 'no x-oauth-scopes' : `x-oauth-scopes: ${[...scopes].join(', ') || '(none)'}`;
	if (kind === 'scopes') return (scopes === undefined ? no : yes)(`${seen}, for a token that has scopes`);
	if (kind === 'permissions') return (scopes === undefined ? yes : no)(`${seen}, for a token that has permissions`);
	return scopes === undefined ? open('there is no such header, and by its looks the token could be of either kind') : yes(seen);
}

/** https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats */
function kindOf(token: string): 'scopes' | 'permissions' | undefined {
	if (/^gh[op]_|^[0-9a-f]{40}$/.test(token)) return 'scopes';
	return /^(?:gh[su]_|github_pat_)/.test(token) ? 'permissions' : undefined;
}

/** Whether answers came without a refusal for scopes, to a token that has none of these. */
function scopeFree({ scopes }: Facts, lacking: readonly string[], answers: readonly Answer<unknown>[]): Verdict {
	if (scopes === undefined) return open('this token has no scopes: use one that has');
	const held = lacking.filter((scope) => scopes.has(scope));
	if (held.length > 0) return open(`this token has ${held.join(', ')}: use one without`);
	const refusals = answers.flatMap(({ errors }) => errors).filter(({ type }) => type === 'INSUFFICIENT_SCOPES');
	if (refusals.length > 0) return no(`refused: ${refusals[0]?.message ?? 'INSUFFICIENT_SCOPES'}`);
	const failed = answers.find(({ data }) => data === undefined);
	return failed ? open(`not answered: ${failed.failure?.message ?? 'no data'}`) : yes(`answered with the scopes ${[...scopes].join(', ') || '(none)'} alone`);
}

async function refusedCommits(facts: Facts): Promise<Verdict> {
	const answer = await facts.commits();
	const refused = answer.errors.flatMap((entry) => (isRefusal(entry) && entry.path?.at(-1) === 'commits' ? [entry.path] : []));
	if (refused.length === 0) return open('this token may read commits here: use a fine-grained token without Contents on a private repository');
	const data = dataOf(answer);
	const left = refused.filter((path) => isObject(at(data, path.slice(0, -1))));
	return left.length === 0 ? yes(`${refused.length} refused, and each row is null`) : no(`${refused.length} refused, and ${left.length} rows are there without them`);
}

async function countsBesideRefused(facts: Facts): Promise<Verdict> {
	const answer = await facts.suites();
	const data = dataOf(answer);
	const lists = answer.errors.flatMap((entry) => (isRefusal(entry) && typeof entry.path?.at(-1) === 'number' && entry.path.at(-3) === 'contexts' ? [entry.path] : []));
	const places = new Map(lists.map((path) => [path.slice(0, -2).join('/'), path.slice(0, -2)]));
	if (places.size === 0) return open('no check run was refused to this token: use a fine-grained token on a private repository');
	const counted = [...places.values()].filter((path) => {
		const counts = at(data, [...path, 'checkRunCountsByState']);
		return Array.isArray(counts) && counts.length > 0;
	});
	const numbers = [...places.values()].flatMap((path) => Number(at(data, [...path.slice(0, 2), 'number'])));
	return counted.length === places.size ? yes(`runs are refused on ${some(numbers)}, and counts are there`) : no(`counts are missing on ${places.size - counted.length} of ${places.size} pull requests`);
}
