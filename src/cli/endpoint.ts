import { addressProblem, apiUrlOf, withoutLastSlashes } from '../core/github/apiAddress';
import type { Credentials } from '../core/github/credentials';
import { GITHUB_HOST, parseRepository, repositoryKey, repositoryRef, type RepositoryRef } from '../core/model/repository';
import { messageOf } from '../core/model/humanError';
import { siteHost } from '../core/model/siteHost';
import { hostOfApi, isUsualApi } from './apiHost';
import type { Invocation } from './command';
import { tokenOf } from './token';
import { UsageError } from './usageError';

/** Which GitHub a command talks to. */
export interface Endpoint {
	/** As in a repository's address; the cache and the rows are kept under it. */
	host: string;
	/** Where the API answers, without a slash at the end. */
	apiUrl: string;
	/** The address was given, so it is worth naming when it can't be reached. */
	isCustom: boolean;
	/** The host was typed or follows from what was; otherwise it is the environment's, or the usual one. */
	isTyped: boolean;
}

/** What to give as `account`: which one it is depends on the token alone, and a run has one token. */
const ACCOUNT = 'cli';

/** Reads `--host` and `--api-url`, else `GH_HOST`, else `GITHUB_API_URL`. @throws UsageError as {@link endpointOf} does */
export function endpointOfCommand({ options, env }: Pick<Invocation, 'options' | 'env'>): Endpoint {
	return endpointOf({ host: options.host, apiUrl: options['api-url'], defaultHost: env['GH_HOST'], defaultApiUrl: env['GITHUB_API_URL'] });
}

/** What was typed, and what counts where nothing was. */
interface Given {
	host?: string | undefined;
	apiUrl?: string | undefined;
	defaultHost?: string | undefined;
	/** Of the GitHub that a workflow of Actions runs on. https://docs.github.com/en/actions/reference/workflows-and-actions/variables */
	defaultApiUrl?: string | undefined;
}

/**
 * Which GitHub is meant by what was typed.
 * Without a host, an address that ends in `/api/v3` or is the API's on ghe.com names its own; any other speaks for github.com.
 * @throws UsageError when one of them is not what it should be, or the token would cross a network unprotected
 */
export function endpointOf(given: Given): Endpoint {
	const host = given.host === undefined ? undefined : checkedHost(given.host, '--host');
	if (given.apiUrl !== undefined) {
		return { ...atApi(given.apiUrl, '--api-url', host), isTyped: true };
	}
	const usualHost = (given.defaultHost ?? '').trim();
	const usualApi = (given.defaultApiUrl ?? '').trim();
	if (host === undefined && usualHost === '' && usualApi !== '') {
		return { ...atApi(usualApi, 'GITHUB_API_URL'), isTyped: false };
	}
	const chosen = host ?? (usualHost === '' ? GITHUB_HOST : checkedHost(usualHost, 'GH_HOST'));
	return { host: chosen, apiUrl: apiUrlOf(new URL(`https://${chosen}`)), isCustom: false, isTyped: host !== undefined };
}

/** @param place where the address was written */
function atApi(text: string, place: string, host?: string): Pick<Endpoint, 'host' | 'apiUrl' | 'isCustom'> {
	const apiUrl = checkedApiUrl(text, place);
	const named = host ?? hostOfApi(apiUrl);
	return { host: named, apiUrl, isCustom: !isUsualApi(named, apiUrl) };
}

export function credentialsOf(endpoint: Endpoint, env: NodeJS.ProcessEnv): Credentials {
	const { host, apiUrl } = endpoint;
	return { host, apiUrl, account: ACCOUNT, token: tokenOf(endpoint, env) };
}

/**
 * Reads repositories as a person types them, each one once.
 * @throws UsageError for one that is none, or that is on another host: the token goes only where the options say
 */
export function repositoriesOf(texts: readonly string[], { host }: Endpoint): RepositoryRef[] {
	const found = new Map<string, RepositoryRef>();
	for (const text of texts) {
		const ref = asUsageError(() => parseRepository(text, host));
		if (ref.host !== host) {
			throw new UsageError(`"${text}" is on ${ref.host}, but this command talks to ${host}. Add --host ${ref.host}.`);
		}
		const key = repositoryKey(ref);
		if (!found.has(key)) {
			found.set(key, ref);
		}
	}
	return [...found.values()];
}

/** Whatever a person typed is wrong, not the run. */
export function asUsageError<T>(read: () => T): T {
	try {
		return read();
	} catch (error) {
		throw new UsageError(messageOf(error), { cause: error });
	}
}

/** @param place where it was written */
function checkedHost(text: string, place: string): string {
	if (text.includes('/')) {
		throw new UsageError(`"${text}" is an address: ${place} takes the host alone, as in ghe.example.com. An API address goes to --api-url.`);
	}
	return siteHost(asUsageError(() => repositoryRef(text, 'octo', 'harbor').host));
}

/** The address without a slash at its end. @param place where it was written */
function checkedApiUrl(text: string, place: string): string {
	if (!URL.canParse(text)) {
		throw new UsageError(`"${text}" is not an address: write ${place} as https://ghe.example.com/api/v3.`);
	}
	const url = new URL(text);
	const problem = addressProblem(url);
	if (problem === 'credentials') {
		throw new UsageError(`The address of ${place} holds a user name or password: remove it. The token comes from the environment.`);
	}
	if (problem === 'unprotected') {
		throw new UsageError(`Write ${place} with https: over ${url.protocol}//${url.host} your token would cross the network unprotected.`);
	}
	return `${url.origin}${withoutLastSlashes(url.pathname)}`;
}
