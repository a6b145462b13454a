import { isCount } from '../model/guards';
import type { Check } from '../model/pullRequest';
import type { RepositoryRef } from '../model/repository';
import { isCheck } from '../model/shape';
import type { RestAnswer } from './client';
import { ForbiddenError } from './errors';
import { PAGE_SIZE } from './selections';

/** https://docs.github.com/en/rest/checks/runs#list-check-runs-for-a-git-reference */
interface RestCheckRun {
	id: number | string;
	node_id: string;
	name: string;
	status: string;
	conclusion: string | null;
	started_at: string | null;
	completed_at: string | null;
	html_url: string | null;
	app?: { slug?: string } | null;
}

/** https://docs.github.com/en/rest/commits/statuses#get-the-combined-status-for-a-specific-reference */
interface RestStatus {
	node_id: string;
	context: string;
	state: string;
	created_at: string;
	target_url: string | null;
}

/** Lists of checks that are not what they should be, or that do not end. What is stored of them stays. */
export class UnreadableChecksError extends Error {
	override readonly name = 'UnreadableChecksError';
}

/** GitHub lists a thousand of a commit; 100 a page. */
const MAX_PAGES = 100;

const COMMIT = '/repos/{owner}/{repo}/commits/{ref}';

type Get = <T>(route: string, parameters: Record<string, unknown>, etag?: string) => Promise<RestAnswer<T>>;

/** The two lists of a commit's checks. */
export type RestList = 'check-runs' | 'statuses';

export interface RestChecks {
	/** In the order in which GraphQL lists them. */
	checks: Check[];
	etags: Record<string, string>;
	/** Lists that the token may not read. */
	refused: RestList[];
}

/**
 * Every check run and status context of a commit, superseded runs too; `undefined` when nothing changed since the ETags.
 * One list that is refused does not take the other with it.
 * @param commit `lists`: which of the two to ask for
 * @throws GithubError (404, 422: no such commit), UnreadableChecksError
 */
export async function listRestChecks(
	commit: { ref: RepositoryRef; headOid: string; etags: Record<string, string> | undefined; lists: readonly RestList[] },
	get: Get,
): Promise<RestChecks | undefined> {
	const parameters = { owner: commit.ref.owner, repo: commit.ref.name, ref: commit.headOid, per_page: PAGE_SIZE };
	const read = async (known: Record<string, string>) => ({
		runs: await unlessRefused(commit.lists, 'check-runs', () =>
			pages(
				(page, etag) => get<{ total_count: number; check_runs: RestCheckRun[] }>(`${COMMIT}/check-runs`, { ...parameters, filter: 'all', page }, etag),
				({ check_runs }) => check_runs,
				known['runs'],
			),
		),
		statuses: await unlessRefused(commit.lists, 'statuses', () =>
			pages(
				(page, etag) => get<{ total_count: number; statuses: RestStatus[] }>(`${COMMIT}/status`, { ...parameters, page }, etag),
				(combined) => combined.statuses,
				known['statuses'],
			),
		),
	});
	let lists = await read(commit.etags ?? {});
	const isNew = (list: Pages<unknown> | 'refused') => list !== 'refused' && list.items !== undefined;
	const isOld = (list: Pages<unknown> | 'refused') => list !== 'refused' && list.items === undefined;
	if (!isNew(lists.runs) && !isNew(lists.statuses) && (isOld(lists.runs) || isOld(lists.statuses))) {
		return undefined;
	}
	if (isOld(lists.runs) || isOld(lists.statuses)) {
		// One of the two is new; both are needed to make the list whole.
		lists = await read({});
	}
	const { runs, statuses } = lists;
	return {
		checks: [
			...checksOf(runs, toCheckRun).sort((a, b) => Number(a.databaseId) - Number(b.databaseId)),
			...checksOf(statuses, toStatusContext),
		],
		etags: { ...etagOf('runs', runs), ...etagOf('statuses', statuses) },
		refused: [...(runs === 'refused' ? (['check-runs'] as const) : []), ...(statuses === 'refused' ? (['statuses'] as const) : [])],
	};
}

function checksOf<T>(list: Pages<T> | 'refused', map: (item: T) => Check): Check[] {
	return list === 'refused' ? [] : read(list.items ?? [], map);
}

function etagOf(name: string, list: Pages<unknown> | 'refused'): Record<string, string> {
	return list === 'refused' || list.etag === undefined ? {} : { [name]: list.etag };
}

async function unlessRefused<T>(wanted: readonly RestList[], name: RestList, read: () => Promise<Pages<T>>): Promise<Pages<T> | 'refused'> {
	if (!wanted.includes(name)) {
		return 'refused';
	}
	try {
		return await read();
	} catch (error) {
		if (error instanceof ForbiddenError) {
			return 'refused';
		}
		throw error;
	}
}

/** All pages of a list; `undefined` items: nothing changed since the ETag. */
interface Pages<T> {
	items: T[] | undefined;
	etag: string | undefined;
}

/** @throws UnreadableChecksError when any is not what it should be: half a list would pass for the whole */
function read<T>(items: readonly T[], map: (item: T) => Check): Check[] {
	return items.map((item) => {
		try {
			const check = map(item);
			if (isCheck(check)) {
				return check;
			}
		} catch {
			// Told below.
		}
		throw new UnreadableChecksError('a check can not be read');
	});
}

/** All pages; only the first one is asked for conditionally, since its total count speaks for the others. */
async function pages<A extends { total_count: number }, T>(
	get: (page: number, etag: string | undefined) => Promise<RestAnswer<A>>,
	itemsOf: (answer: A) => T[],
	etag: string | undefined,
): Promise<Pages<T>> {
	const items: T[] = [];
	let firstEtag: string | undefined;
	for (let page = 1; ; page++) {
		const answer = await get(page, page === 1 ? etag : undefined);
		if (!answer.data) {
			return { items: undefined, etag };
		}
		firstEtag ??= answer.etag;
		const found: unknown = itemsOf(answer.data);
		if (!Array.isArray(found) || !isCount(answer.data.total_count) || page > MAX_PAGES) {
			throw new UnreadableChecksError('a list of checks can not be read');
		}
		items.push(...(found as T[]));
		if (found.length === 0 || items.length >= answer.data.total_count) {
			return { items, etag: firstEtag };
		}
	}
}

function toCheckRun(run: RestCheckRun): Check {
	return {
		id: run.node_id,
		databaseId: String(run.id),
		kind: 'CHECK_RUN',
		name: run.name,
		status: run.status.toUpperCase(),
		conclusion: run.conclusion?.toUpperCase() ?? null,
		startedAt: run.started_at,
		completedAt: run.completed_at,
		url: run.html_url,
		app: run.app?.slug ?? null,
		// Neither is part of the list: https://docs.github.com/en/rest/checks/runs#list-check-runs-for-a-git-reference
		workflow: null,
		event: null,
	};
}

function toStatusContext(status: RestStatus): Check {
	const pending = status.state === 'pending';
	return {
		id: status.node_id,
		databaseId: null,
		kind: 'STATUS_CONTEXT',
		name: status.context,
		status: pending ? 'PENDING' : 'COMPLETED',
		conclusion: pending ? null : status.state.toUpperCase(),
		startedAt: status.created_at,
		completedAt: null,
		url: status.target_url,
		app: null,
		workflow: null,
		event: null,
	};
}
