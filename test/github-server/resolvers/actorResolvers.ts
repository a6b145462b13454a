import type { GraphQLResolveInfo } from 'graphql';
import type { ConnectionArguments } from '../connection';
import { sortedPage } from './repositoryResolvers';
import { stableHash, nodeId } from '../identifiers';
import type { Actor, EnterpriseTeam, Team } from '../model';
import type { QueryContext } from '../queryContext';
import type { ResolverMap } from './resolverMap';

interface TeamArguments extends ConnectionArguments {
	readonly userLogins?: readonly string[] | null;
}

const since = '2015-01-01T00:00:00Z';

function account(path: (login: string) => string): ResolverMap[string] {
	return {
		avatarUrl: (one: Actor, _args: never, { world }: QueryContext) => `${world.webUrl}/avatars/${one.databaseId}`,
		url: (one: Actor, _args: never, { world }: QueryContext) => `${world.webUrl}${path(one.login)}`,
		resourcePath: (one: Actor) => path(one.login),
		createdAt: () => since,
		updatedAt: () => since,
	};
}

const user = account((login) => `/${login}`);

export const actorResolvers: ResolverMap = {
	User: {
		...user,
		email: () => '',
		isViewer: (one: Actor, _args: never, { viewer }: QueryContext) => one === viewer,
	},
	Bot: account((login) => `/apps/${login}`),
	Mannequin: { ...user, email: () => null, claimant: () => null },
	Team: {
		combinedSlug: (one: Team) => `${one.organization}/${one.slug}`,
		description: () => null,
		createdAt: () => since,
		updatedAt: () => since,
		privacy: () => 'VISIBLE',
		organization: (one: Team) => organization(one.organization),
		avatarUrl: (one: Team, _args: never, { world }: QueryContext) => `${world.webUrl}/avatars/t/${one.databaseId}`,
		url: (one: Team, _args: never, { world }: QueryContext) => `${world.webUrl}/orgs/${one.organization}/teams/${one.slug}`,
		resourcePath: (one: Team) => `/orgs/${one.organization}/teams/${one.slug}`,
	},
	EnterpriseTeam: {
		createdAt: () => since,
		updatedAt: () => since,
		url: (one: EnterpriseTeam, _args: never, { world }: QueryContext) => `${world.webUrl}${enterpriseTeamPath(one)}`,
		resourcePath: enterpriseTeamPath,
	},
	Organization: {
		...account((login) => `/${login}`),
		teams: ({ login }: { login: string }, args: TeamArguments, context: QueryContext, info: GraphQLResolveInfo) => {
			const found = context.world.teamsOf(login, args.userLogins ?? undefined);
			return sortedPage(found, (one: Team) => [one.slug, one.databaseId], args, context, info);
		},
	},
};

function enterpriseTeamPath(one: EnterpriseTeam): string {
	return `/enterprises/${one.enterprise}/teams/${one.slug}`;
}

/** The owner of a repository or a team. */
export function organization(login: string): object {
	const databaseId = 1_000 + (stableHash(`org:${login}`) % 200_000_000);
	return { __typename: 'Organization', id: nodeId('O', databaseId), databaseId, login, name: login };
}
