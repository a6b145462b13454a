import { InvalidQueryError, MissingScopeError, TooHeavyError, TransientError } from '../github/errors';
import { teamsQuery } from '../github/queries';
import { isRefusal } from '../github/refusals';
import { isName, isObject } from '../model/guards';
import type { SyncContext } from './syncContext';

/** People seldom join a team. */
const KNOWN_FOR_MS = 24 * 60 * 60 * 1000;

interface TeamsAnswer {
	organization: { teams: { nodes: unknown[] | null } | null } | null;
}

/**
 * Reads in which teams of the repository's owner the viewer is, where the token may know: at most once a day, and never in a run
 * that found nothing else to ask. What can't be read stays as it was known.
 */
export async function readViewerTeams(context: SyncContext): Promise<void> {
	const { cache, client, dialect } = context;
	const { viewer, teamsReadAt } = cache.state;
	const now = client.budget.serverNow();
	const mayKnow = dialect.has('Team.slug') && dialect.has('ReviewRequest.requestedReviewer');
	if (viewer === null || !mayKnow || (teamsReadAt > now - KNOWN_FOR_MS && teamsReadAt <= now)) {
		return;
	}
	await cache.update({ viewer: { ...viewer, teams: (await readTeams(context, viewer.login)) ?? viewer.teams }, teamsReadAt: now });
}

/** `undefined`: it may not be read, or not now. A person who owns a repository has no teams. */
async function readTeams({ client, governor, ref }: SyncContext, login: string): Promise<string[] | undefined> {
	try {
		const { data, errors } = await governor.run('graphql', ({ signal }) =>
			client.graphql<TeamsAnswer>({ operation: 'Teams', query: teamsQuery, variables: { owner: ref.owner, logins: [login] }, isUsable: (answer) => 'organization' in answer }, signal),
		);
		if (errors.some(isRefusal)) {
			return undefined;
		}
		const nodes = data.organization ? data.organization.teams?.nodes : [];
		const slugs = nodes?.flatMap((team) => (isObject(team) && isName(team['slug']) ? `${ref.owner}/${team['slug']}` : []));
		// Some hosts hide a team without a word.
		return slugs?.length === nodes?.length ? slugs : undefined;
	} catch (error) {
		if (LEFT_OUT.some((kind) => error instanceof kind)) {
			return undefined;
		}
		throw error;
	}
}

/** Nothing of the repository is lost with it. */
const LEFT_OUT = [InvalidQueryError, MissingScopeError, TooHeavyError, TransientError];
