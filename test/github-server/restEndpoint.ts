import { createHash } from 'node:crypto';
import type { Access } from './access';
import { answer, restError, type Answer } from './answer';
import { rateLimitHeaders, type BudgetView, type Budgets, type Resource } from './budgets';
import { latestRuns, latestStatuses, rollupState } from './checks';
import { isStatusContext, type CheckRun } from './model';
import type { Repository } from './repository';
import { checkRunJson, organizationId, repositoryJson, statusJson, userJson } from './restShapes';
import { isBot, type Permission } from './tokens';
import type { World } from './world';

export interface RestRequest {
	/** Without `/api/v3`. */
	readonly url: URL;
	/** The API's address as the caller knows it, for links: `http://127.0.0.1:1234/api/v3`. */
	readonly base: string;
	readonly access: Access;
	/** Whose budget it is. */
	readonly owner: string;
	readonly ifNoneMatch: string | undefined;
	readonly enterprise: boolean;
}

/** Answers one REST GET. A 304 costs nothing. https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate */
export class RestEndpoint {
	readonly #world: World;
	readonly #budgets: Budgets | undefined;
	readonly #version: string;

	/** @param version of GitHub Enterprise Server, told under its prefix */
	constructor(world: World, budgets: Budgets | undefined, version = '3.17.0') {
		this.#world = world;
		this.#budgets = budgets;
		this.#version = version;
	}

	answer(request: RestRequest): Answer {
		const path = request.url.pathname;
		if (path === '/rate_limit') return this.#rateLimit(request.owner);
		if (path === '/meta') return answer(200, metaJson(request.enterprise ? this.#version : undefined));
		const left = this.#budgets?.view(request.owner, 'core').remaining;
		if (left === 0) {
			return this.#counted(request.owner, restError(403, `API rate limit exceeded for user ID ${request.access.viewer.databaseId}.`), 0);
		}
		const found = this.#route(request);
		if (found.status !== 200) return this.#counted(request.owner, found, 1);
		const etag = `W/"${createHash('sha256').update(`${request.access.token.value}\n${JSON.stringify(found.body)}`).digest('hex')}"`;
		const unchanged = request.ifNoneMatch?.split(',').some((one) => one.trim().replace(/^W\//, '') === etag.slice(2)) ?? false;
		const headers = { ...found.headers, etag, 'cache-control': 'private, max-age=60, s-maxage=60', vary: 'Accept, Authorization, Cookie, X-GitHub-OTP' };
		if (unchanged) return this.#counted(request.owner, answer(304, '', headers), 0);
		return this.#counted(request.owner, { ...found, headers }, 1);
	}

	#route(request: RestRequest): Answer {
		const path = request.url.pathname;
		const { access } = request;
		if (isBot(access.token) && path.startsWith('/user')) return restError(403, access.forbidden);
		if (path === '/user') return answer(200, userJson(access.viewer, this.#world.webUrl));
		if (path === '/user/repos') return this.#repositories(request);
		const byId = /^\/repositories\/(\d+)$/.exec(path);
		if (byId) {
			const repository = this.#world.repositories.find((one) => one.databaseId === Number(byId[1]));
			return repository ? (closed(access, repository) ?? answer(200, repositoryJson(repository, this.#world.webUrl))) : restError(404, 'Not Found');
		}
		const [, owner, name, rest = ''] = /^\/repos\/([^/]+)\/([^/]+)(\/.*)?$/.exec(path) ?? [];
		if (owner === undefined || name === undefined) return restError(404, 'Not Found');
		const fullName = `${decodeURIComponent(owner)}/${decodeURIComponent(name)}`;
		const repository = this.#world.findRepository(fullName, false);
		if (!repository) return this.#moved(access, fullName, rest, request.base) ?? restError(404, 'Not Found');
		const refused = closed(access, repository);
		if (refused) return refused;
		if (rest === '') return answer(200, repositoryJson(repository, this.#world.webUrl));
		const [, oid, list] = /^\/commits\/([0-9a-f]{40})\/(check-runs|status|statuses)$/.exec(rest) ?? [];
		if (oid === undefined) return restError(404, 'Not Found');
		const permission: Permission = list === 'check-runs' ? 'checks' : 'statuses';
		if (!access.may([permission], repository)) return restError(403, access.forbidden);
		if (!repository.hasCommit(oid)) return restError(422, `No commit found for SHA: ${oid}`);
		if (list === 'check-runs') return this.#checkRuns(request, repository, oid);
		return list === 'status' ? this.#combinedStatus(request, repository, oid) : this.#statuses(request, repository, oid);
	}

	#checkRuns(request: RestRequest, repository: Repository, oid: string): Answer {
		const { searchParams } = request.url;
		const checks = this.#world.checksOf(repository, oid);
		const runs = searchParams.get('filter') === 'all' ? checks.filter((check): check is CheckRun => !isStatusContext(check)) : latestRuns(checks);
		const name = searchParams.get('check_name');
		const chosen = runs.filter((run) => name === null || run.name === name).sort((left, right) => right.databaseId - left.databaseId);
		const { rows, headers } = restPage(request, chosen);
		const body = { total_count: chosen.length, check_runs: rows.map((run) => checkRunJson(run, repository, oid, this.#world.webUrl)) };
		return { ...answer(200, body, headers), nodes: rows.length };
	}

	#combinedStatus(request: RestRequest, repository: Repository, oid: string): Answer {
		const latest = latestStatuses(this.#world.checksOf(repository, oid));
		const { rows, headers } = restPage(request, latest);
		const state = latest.length === 0 ? 'pending' : rollupState(latest).toLowerCase();
		const statuses = rows.map((status) => statusJson(status, repository, oid, this.#world.webUrl));
		const body = { state, statuses, sha: oid, total_count: latest.length, repository: repositoryJson(repository, this.#world.webUrl) };
		return { ...answer(200, body, headers), nodes: rows.length };
	}

	#statuses(request: RestRequest, repository: Repository, oid: string): Answer {
		const all = this.#world.checksOf(repository, oid).filter(isStatusContext).sort((left, right) => right.databaseId - left.databaseId);
		const { rows, headers } = restPage(request, all);
		return { ...answer(200, rows.map((status) => statusJson(status, repository, oid, this.#world.webUrl)), headers), nodes: rows.length };
	}

	/** https://docs.github.com/rest/repos/repos#list-repositories-for-the-authenticated-user */
	#repositories(request: RestRequest): Answer {
		const sort = request.url.searchParams.get('sort') ?? 'full_name';
		const keys: Record<string, (one: Repository) => string> = {
			full_name: (one) => one.nameWithOwner.toLowerCase(), created: (one) => one.createdAt, updated: (one) => one.updatedAt, pushed: (one) => one.pushedAt,
		};
		const key = keys[sort];
		if (!key) return restError(422, 'Validation Failed');
		const direction = request.url.searchParams.get('direction') ?? (sort === 'full_name' ? 'asc' : 'desc');
		const sso = new Set<string>();
		const visible = this.#world.repositories.filter((one) => {
			const refusal = request.access.refusal(one);
			if (refusal?.saml) sso.add(String(organizationId(one.owner)));
			return !refusal && !request.access.hides(one);
		});
		const sorted = visible.sort((left, right) => (key(left) < key(right) ? -1 : key(left) > key(right) ? 1 : 0));
		if (direction === 'desc') sorted.reverse();
		const { rows, headers } = restPage(request, sorted);
		// Organizations that want a single sign-on are left out, and named. https://docs.github.com/rest/authentication/authenticating-to-the-rest-api
		const partial = sso.size > 0 ? { 'x-github-sso': `partial-results; organizations=${[...sso].join(',')}` } : {};
		return { ...answer(200, rows.map((one) => repositoryJson(one, this.#world.webUrl)), { ...headers, ...partial }), nodes: rows.length };
	}

	/** https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects */
	#moved(access: Access, fullName: string, rest: string, base: string): Answer | undefined {
		const repository = this.#world.findRepository(fullName);
		if (!repository) return undefined;
		const refused = closed(access, repository);
		if (refused) return refused;
		const location = `${base}/${rest === '' ? `repositories/${repository.databaseId}` : `repos/${repository.nameWithOwner}${rest}`}`;
		return answer(301, { message: 'Moved Permanently', url: location, documentation_url: 'https://docs.github.com/rest' }, { location });
	}

	#rateLimit(owner: string): Answer {
		const budgets = this.#budgets;
		if (!budgets) return restError(404, 'Rate limiting is not enabled.');
		const json = (resource: Resource): object => {
			const view: BudgetView = budgets.view(owner, resource);
			return { limit: view.limit, used: view.used, remaining: view.remaining, reset: Math.floor(view.resetAt / 1000), resource };
		};
		return this.#counted(owner, answer(200, { resources: { core: json('core'), graphql: json('graphql') }, rate: json('core') }), 0);
	}

	#counted(owner: string, given: Answer, points: number): Answer {
		const headers: Record<string, string> = { 'x-github-media-type': 'github.v3; format=json', ...given.headers };
		if (this.#budgets) Object.assign(headers, rateLimitHeaders('core', this.#budgets.charge(owner, 'core', points)));
		return { ...given, headers, points };
	}
}

/** The answer for a repository that its organization keeps from the token, or that the token may not see. */
function closed(access: Access, repository: Repository): Answer | undefined {
	// REST has one refusal for a repository and for its rows.
	const refusal = access.refusal(repository, true);
	if (refusal) return restError(403, refusal.message, { ...refusal.headers });
	return access.hides(repository) ? restError(404, 'Not Found') : undefined;
}

/** One page by `per_page` (1..100, default 30) and `page`, with the Link header. https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api */
function restPage<T>({ url, base }: RestRequest, rows: readonly T[]): { rows: readonly T[]; headers: Record<string, string> } {
	const perPage = Math.min(100, Math.max(1, Number(url.searchParams.get('per_page') ?? 30) || 30));
	const page = Math.max(1, Number(url.searchParams.get('page') ?? 1) || 1);
	const last = Math.max(1, Math.ceil(rows.length / perPage));
	const link = (number: number, relation: string): string => {
		const target = new URL(base + url.pathname + url.search);
		target.searchParams.set('page', String(number));
		return `<${target.href}>; rel="${relation}"`;
	};
	const links: string[] = [];
	if (page > 1) links.push(link(page - 1, 'prev'));
	if (page < last) links.push(link(page + 1, 'next'), link(last, 'last'));
	if (page > 1) links.push(link(1, 'first'));
	return { rows: rows.slice((page - 1) * perPage, page * perPage), headers: links.length > 0 ? { link: links.join(', ') } : {} };
}

/** https://docs.github.com/rest/meta/meta; `installed_version` is only on GitHub Enterprise Server. */
function metaJson(version: string | undefined): object {
	return version !== undefined ? { verifiable_password_authentication: true, installed_version: version } : { verifiable_password_authentication: false };
}
