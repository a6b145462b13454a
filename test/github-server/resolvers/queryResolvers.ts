import { repositoryOf } from '../access';
import { GithubError } from '../githubError';
import type { QueryContext } from '../queryContext';
import { organization } from './actorResolvers';
import type { ResolverMap } from './resolverMap';

export const queryResolvers: ResolverMap = {
	Query: {
		// The schema's viewer is a User: a bot stands in for one, under the name that people see. Elsewhere in GraphQL its login has no `[bot]`.
		viewer: (_source: never, _args: never, { viewer }: QueryContext) => (viewer.__typename === 'Bot' ? { ...viewer, __typename: 'User', login: `${viewer.login}[bot]` } : viewer),
		rateLimit: (_source: never, _args: never, { rateLimit }: QueryContext) => rateLimit,
		repository: (_source: never, args: { owner: string; name: string; followRenames?: boolean | null }, { world, access }: QueryContext) => {
			const name = `${args.owner}/${args.name}`;
			const found = world.findRepository(name, args.followRenames ?? true);
			if (!found || (!access.refusal(found) && access.hides(found))) throw new GithubError('NOT_FOUND', `Could not resolve to a Repository with the name '${name}'.`);
			return found;
		},
		organization: (_source: never, args: { login: string }, { world }: QueryContext) => {
			const owns = world.repositories.some(({ owner }) => owner.toLowerCase() === args.login.toLowerCase());
			if (!owns || world.people.has(args.login.toLowerCase())) throw new GithubError('NOT_FOUND', `Could not resolve to an Organization with the login of '${args.login}'.`);
			return organization(args.login);
		},
		user: (_source: never, args: { login: string }, { world }: QueryContext) => world.user(args.login),
		node: (_source: never, args: { id: string }, context: QueryContext) => nodeOrError(args.id, context),
		nodes: (_source: never, args: { ids: readonly string[] }, context: QueryContext) => {
			if (args.ids.length > 100) {
				throw new GithubError('ARGUMENT_LIMIT', `You may not provide more than 100 node ids; you provided ${args.ids.length}.`);
			}
			// An Error in a list is an error at that place alone: null there, and the others whole.
			return args.ids.map((id) => {
				try {
					return nodeOrError(id, context);
				} catch (error) {
					return error;
				}
			});
		},
	},
};

function nodeOrError(id: string, context: QueryContext): unknown {
	const found = context.world.nodeById(id);
	const repository = repositoryOf(found);
	const { access } = context;
	// A node that the token may not see is no node.
	if (!found || (repository && !access.refusal(repository) && access.hides(repository))) throw new GithubError('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`);
	context.served++;
	if ('id' in found && found.id !== id) context.warnings.push(deprecatedId(id, found.id));
	return found;
}

/** https://docs.github.com/graphql/guides/migrating-graphql-global-node-ids */
function deprecatedId(legacy: string, next: string): object {
	return {
		type: 'DEPRECATION',
		message: `The id ${legacy} is deprecated. Update your cache to use the next_global_id from the data payload.`,
		data: { legacy_global_id: legacy, next_global_id: next },
		link: 'https://docs.github.com',
	};
}
