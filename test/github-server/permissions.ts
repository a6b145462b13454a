import { getNamedType, isCompositeType, isObjectType, type GraphQLFieldResolver, type GraphQLResolveInfo, type GraphQLSchema } from 'graphql';
import { forbiddenError, repositoryOf, type Access } from './access';
import { paginate } from './connection';
import type { QueryContext } from './queryContext';
import type { Permission } from './tokens';

type Resolve = GraphQLFieldResolver<unknown, QueryContext>;
type Needs = Readonly<Record<string, readonly Permission[]>>;

const issuesOrPullRequests: readonly Permission[] = ['issues', 'pull_requests'];
const rollup: readonly Permission[] = ['checks', 'statuses'];

/**
 * Fields that need one of these permissions of the repository they stand in. Sources: cli/cli#9403 (defaultBranchRef), boostsecurityio/poutine#415
 * (issues), palantir/policy-bot#42 (commits), facebook/sapling#993 and KiroCrew#4546 (statusCheckRollup); the others follow the permissions that the
 * REST endpoints of the same lists name. https://docs.github.com/rest/authentication/permissions-required-for-github-apps
 */
const fieldNeeds: Needs = {
	'Repository.pullRequest': ['pull_requests'],
	'Repository.pullRequests': ['pull_requests'],
	'Repository.issue': ['issues'],
	'Repository.issues': ['issues'],
	'Repository.label': issuesOrPullRequests,
	'Repository.labels': issuesOrPullRequests,
	'Repository.milestone': issuesOrPullRequests,
	'Repository.milestones': issuesOrPullRequests,
	'Repository.defaultBranchRef': ['contents'],
	'Repository.object': ['contents'],
	'Repository.ref': ['contents'],
	'Repository.refs': ['contents'],
	'PullRequest.commits': ['contents'],
	'PullRequest.files': ['contents'],
	'PullRequest.closingIssuesReferences': ['issues'],
	'PullRequest.statusCheckRollup': rollup,
	'Commit.statusCheckRollup': rollup,
	'Commit.checkSuites': ['checks'],
	'Commit.status': ['statuses'],
	'CheckRun.checkSuite': ['checks'],
	'CheckSuite.workflowRun': ['actions'],
};

/** Rows that need one of these, wherever they turn up. The counts beside them stay readable (cli/cli#12597, pull-request-report-action#557). */
const rowNeeds: Needs = {
	PullRequest: ['pull_requests'],
	Issue: ['issues'],
	Commit: ['contents'],
	Label: issuesOrPullRequests,
	Milestone: issuesOrPullRequests,
	CheckRun: ['checks'],
	CheckSuite: ['checks'],
	StatusContext: ['statuses'],
	Team: ['members'],
	EnterpriseTeam: ['members'],
};

/**
 * Makes every field look at the token first, and every object in an answer too. A refusal is an error at its own path; the nulls then spread as the
 * schema says, so that one in a non-null field takes its row along.
 * @param fallback the resolver of fields that have none
 */
export function guardSchema(schema: GraphQLSchema, fallback: Resolve): void {
	for (const type of Object.values(schema.getTypeMap())) {
		if (!isObjectType(type) || type.name.startsWith('__')) continue;
		for (const field of Object.values(type.getFields())) {
			const needs = fieldNeeds[`${type.name}.${field.name}`];
			const named = getNamedType(field.type);
			if (!needs && !isCompositeType(named)) continue;
			const resolve = (field.resolve as Resolve | undefined) ?? fallback;
			field.resolve = guarded(resolve, needs, named.name.endsWith('Connection')) as GraphQLFieldResolver<unknown, unknown>;
		}
	}
}

function guarded(resolve: Resolve, needs: readonly Permission[] | undefined, isConnection: boolean): Resolve {
	return (source, args, context, info) => {
		const { access } = context;
		if (!access.unlimited && needs && !access.may(needs, repositoryOf(source))) {
			if (!access.answersEmpty) throw forbiddenError(access.forbidden);
			return isConnection ? emptyPage(context, info) : null;
		}
		const value = resolve(source, args, context, info);
		if (access.unlimited) return value;
		return Array.isArray(value) ? value.map((row: unknown) => judged(row, access)) : judged(value, access);
	};
}

/** The row; null where it is hidden; or an error, which GraphQL reports at the row's place. */
function judged(row: unknown, access: Access): unknown {
	const type = typeof row === 'object' && row !== null && '__typename' in row ? row.__typename : undefined;
	if (typeof type !== 'string') return row;
	const repository = repositoryOf(row);
	const refusal = repository && access.refusal(repository, type === 'PullRequest' || type === 'Issue');
	if (refusal) return forbiddenError(refusal.message, refusal.saml);
	// A linked issue, or a fork, that is private and not this token's.
	if (repository && access.hides(repository)) return null;
	const needs = rowNeeds[type];
	if (!needs || access.may(needs, repository)) return row;
	// Teams are kept from Apps in silence (chdsbd/kodiak#146), from fine-grained tokens with an error (mrjones2014/jj-gh#167).
	if (access.answersEmpty || (type.endsWith('Team') && access.token.kind !== 'fineGrained')) return null;
	return forbiddenError(access.forbidden);
}

function emptyPage(context: QueryContext, info: GraphQLResolveInfo): unknown {
	return paginate([], () => ['', 0], { first: 1 }, context, info);
}
