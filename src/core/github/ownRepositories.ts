import { Octokit } from '@octokit/rest';
import { CancelledError } from '../model/humanError';
import { repositoryRef, type RepositoryRef } from '../model/repository';
import { errorOfStatus } from './answer';
import type { Credentials } from './credentials';
import { TransientError } from './errors';
import type { RateBudget } from './rateBudget';

const PAGE_SIZE = 100;
const TIMEOUT_MS = 30_000;

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
	const silent = () => undefined;
	const octokit = new Octokit({
		baseUrl: credentials.apiUrl,
		userAgent: 'pr-seeder',
		log: { debug: silent, info: silent, warn: silent, error: silent },
	});
	let answer: Response | undefined;
	const timeout = AbortSignal.timeout(TIMEOUT_MS);
	const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
	const observedFetch: typeof globalThis.fetch = async (input, init) => {
		answer = await options.fetch(input, { ...init, signal });
		options.budget?.observe('rest', answer.headers);
		return answer;
	};
	try {
		const { data, headers } = await octokit.rest.repos.listForAuthenticatedUser({
			affiliation: 'owner,collaborator,organization_member',
			sort: 'pushed',
			per_page: PAGE_SIZE,
			page,
			headers: { authorization: `bearer ${credentials.token}` },
			request: { fetch: observedFetch },
		});
		return {
			repositories: data.flatMap((repository) => {
				const ref = refOf(host, repository.owner.login, repository.name);
				return ref ? [{ ref, isPrivate: repository.private, isArchived: repository.archived }] : [];
			}),
			hasMore: /rel="?next"?/.test(headers.link ?? ''),
		};
	} catch (error) {
		throw meaning(error, host, answer, options);
	}
}

function meaning(error: unknown, host: string, answer: Response | undefined, options: { budget?: RateBudget; signal?: AbortSignal }): Error {
	if (options.signal?.aborted) {
		return new CancelledError();
	}
	if (!answer) {
		// Octokit wraps what fetch threw.
		const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error;
		const timedOut = reason instanceof Error && reason.name === 'TimeoutError';
		return new TransientError(host, timedOut ? 'timeout' : 'network', undefined, { cause: reason });
	}
	if (answer.status < 400) {
		return new TransientError(host, 'body', answer.status);
	}
	return errorOfStatus(answer.status, answer.headers, error instanceof Error ? error.message.slice(0, 500) : '', {
		host,
		resource: 'rest',
		msUntilReset: options.budget?.msUntilReset('rest') ?? 0,
		organization: host,
		nameWithOwner: '',
	});
}

// A server could send a name that is no part of a path; such a row is left out.
function refOf(host: string, owner: string, name: string): RepositoryRef | undefined {
	try {
		return repositoryRef(host, owner, name);
	} catch {
		return undefined;
	}
}
