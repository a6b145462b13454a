import { nodeId, stableHash } from './identifiers';
import type { Actor, EnterpriseTeam, Team } from './model';

const actors = new Map<string, Actor>();
const teams = new Map<string, Team>();
const enterpriseTeams = new Map<string, EnterpriseTeam>();

/**
 * The account of a login. Ids follow from the login alone, so the same person is the same node in every repository.
 * GitHub's logins ignore case: the first spelling seen is the one shown.
 */
export function actor(login: string, type: Actor['__typename'] = 'User', name: string | null = null): Actor {
	const key = `${type}:${login.toLowerCase()}`;
	let found = actors.get(key);
	if (!found) {
		const databaseId = 1_000 + (stableHash(key) % 200_000_000);
		const prefix = type === 'User' ? 'U' : type === 'Bot' ? 'BOT' : 'M';
		found = { __typename: type, id: nodeId(prefix, databaseId), databaseId, login, name };
		actors.set(key, found);
	}
	return found;
}

/** An account under another login, as the same node. Whoever is asked for by that login from here on is this one. */
export function renamedActor(before: Actor, login: string): Actor {
	const renamed = { ...before, login };
	actors.set(`${before.__typename}:${login.toLowerCase()}`, renamed);
	return renamed;
}

/** The user of a login, or the bot of one that is written as REST does: `name[bot]`. */
export function userOrBot(login: string): Actor {
	return login.endsWith('[bot]') ? actor(login.slice(0, -'[bot]'.length), 'Bot') : actor(login);
}

/** Who may be asked for a review: a user, a bot `name[bot]`, a team `organization/slug`, or an enterprise's team `enterprises/enterprise/slug`. */
export function reviewerNamed(name: string): Actor | Team | EnterpriseTeam {
	const parts = name.split('/');
	return parts.length === 1 ? userOrBot(name) : parts.length === 2 ? team(name) : enterpriseTeam(parts[1]!, parts[2]!);
}

function enterpriseTeam(enterprise: string, slug: string): EnterpriseTeam {
	const key = `${enterprise}/${slug}`;
	let found = enterpriseTeams.get(key);
	if (!found) {
		const databaseId = 1_000 + (stableHash(`enterprises/${key}`) % 20_000_000);
		found = { __typename: 'EnterpriseTeam', id: nodeId('ET', stableHash(enterprise), databaseId), databaseId, enterprise, slug, name: slug };
		enterpriseTeams.set(key, found);
	}
	return found;
}

/** The team `organization/slug`. */
export function team(combinedSlug: string): Team {
	let found = teams.get(combinedSlug);
	if (!found) {
		const [organization = '', slug = ''] = combinedSlug.split('/');
		const databaseId = 1_000 + (stableHash(combinedSlug) % 20_000_000);
		found = { __typename: 'Team', id: nodeId('T', stableHash(organization), databaseId), databaseId, organization, slug, name: slug };
		teams.set(combinedSlug, found);
	}
	return found;
}

/** Accounts and teams are nodes too. */
export function actorOrTeamById(id: string): Actor | Team | EnterpriseTeam | undefined {
	for (const found of actors.values()) if (found.id === id) return found;
	for (const found of teams.values()) if (found.id === id) return found;
	for (const found of enterpriseTeams.values()) if (found.id === id) return found;
	return undefined;
}

/** @param type such as `User`; of a Mannequin, Bot or Team too */
export function actorOrTeamByDatabaseId(type: string, databaseId: number): Actor | Team | undefined {
	for (const found of [...actors.values(), ...teams.values()]) if (found.__typename === type && found.databaseId === databaseId) return found;
	return undefined;
}
