import { systemClock } from '../model/clock';
import { isObject } from '../model/guards';
import { repositoryRef, type RepositoryRef } from '../model/repository';
import { GithubClient } from './client';
import type { Credentials } from './credentials';
import { RateBudget } from './rateBudget';

const PAGE_SIZE = 100;

export interface OwnRepository {
	ref: RepositoryRef;
	isPrivate: boolean;
	isArchived: boolean;
}

export interface OwnRepositoriesPage {
	repositories: OwnRepository[];
	hasMore: boolean;
}

/**
 * One page of the repositories that an account owns, works on or has through an organisation,
 * the last pushed to first. Costs one REST request.
 * https://docs.github.com/en/rest/repos/repos#list-repositories-for-the-authenticated-user
 * @param page counted from 1
 * @throws one of the errors of `errors.ts`, or CancelledError
 */
export async function ownRepositories(
	credentials: Credentials,
	page: number,
	options: { fetch: typeof globalThis.fetch; budget?: RateBudget; signal?: AbortSignal },
): Promise<OwnRepositoriesPage> {
	const { host } = credentials;
	const { fetch, budget = new RateBudget(systemClock), signal } = options;
	// Errors name the host: there is no repository to speak of.
	const client = new GithubClient({ credentials, ref: { host, owner: host, name: '' }, budget, fetch });
	const parameters = { affiliation: 'owner,collaborator,organization_member', sort: 'pushed', per_page: PAGE_SIZE, page };
	const { data, hasMore } = await client.rest<unknown>('/user/repos', parameters, undefined, signal);
	const rows = Array.isArray(data) ? (data as unknown[]).slice(0, PAGE_SIZE) : [];
	return { repositories: rows.flatMap((row) => rowOf(host, row) ?? []), hasMore };
}

// A server could send anything; a row that names no repository, or one whose name is no part of a path, is left out.
function rowOf(host: string, row: unknown): OwnRepository | undefined {
	const owner = isObject(row) && isObject(row['owner']) ? row['owner']['login'] : undefined;
	const name = isObject(row) ? row['name'] : undefined;
	if (!isObject(row) || typeof owner !== 'string' || typeof name !== 'string') {
		return undefined;
	}
	try {
		return { ref: repositoryRef(host, owner, name), isPrivate: row['private'] === true, isArchived: row['archived'] === true };
	} catch {
		return undefined;
	}
}
