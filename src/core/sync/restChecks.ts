import type { CacheRecord } from '../cache/cacheRecord';
import { GithubError } from '../github/errors';
import { listRestChecks, UnreadableChecksError, type RestChecks, type RestList } from '../github/restChecks';
import { NO_CHECKS, type Check } from '../model/pullRequest';
import { sentence } from '../model/sentence';
import type { SyncContext } from './syncContext';

/** Check runs are not begun when the REST budget would fall below this. */
const RESERVE = 100;
const LISTS: readonly RestList[] = ['check-runs', 'statuses'];
/** Stands in the place of a fingerprint: checks that came over REST can't be compared with a probe. */
const OVER_REST = 'rest';

/**
 * Reads the checks of pull requests over REST, one request at a time: the way for tokens that may not see the
 * rollup. What has not changed costs nothing, thanks to ETags.
 * @param only the numbers to look at; all that need it when absent
 */
export async function fetchRestChecks(context: SyncContext, only?: readonly number[]): Promise<void> {
	const { cache, client, dialect, options } = context;
	if (options.checkRuns === false || dialect.rollup !== undefined || askable(context).length === 0) {
		return;
	}
	const wanted = [...cache.entries.values()].filter(
		({ checks, detailsOf, number, refused, state }) =>
			detailsOf !== null && (checks === null || state === 'OPEN' || refused.includes('checks') || options.refresh === true) && (only?.includes(number) ?? true),
	);
	const needed = wanted.length * askable(context).length;
	const remaining = client.budget.current.rest?.remaining;
	if (remaining !== undefined && remaining < needed + RESERVE) {
		context.note(
			sentence(
				'Check runs of {0} pull requests were left out: they need up to {1} REST requests and {2} are left this hour.',
				wanted.length,
				needed,
				remaining,
			),
		);
		return;
	}
	for (const [done, { number }] of wanted.entries()) {
		context.progress({ phase: 'checks', done, total: wanted.length });
		const record = await cache.read(number);
		if (record && askable(context).length > 0) {
			await refreshChecks(context, record);
		} else if (record?.checks === null) {
			await storeChecks(context, record, { checks: [], etags: {}, refused: [...LISTS] });
		}
	}
}

function askable({ dialect }: SyncContext): RestList[] {
	return LISTS.filter((list) => dialect.has(`rest:${list}`));
}

async function refreshChecks(context: SyncContext, record: CacheRecord): Promise<void> {
	const { cache, client, governor, ref } = context;
	const { pullRequest } = record;
	if (!pullRequest.details) {
		return;
	}
	try {
		const answer = await listRestChecks(
			{ ref, headOid: pullRequest.headOid, etags: record.checks === OVER_REST ? record.etags : undefined, lists: askable(context) },
			(route, parameters, etag) => governor.run('rest', ({ signal }) => client.rest(route, parameters, etag, signal)),
		);
		if (answer) {
			answer.refused.forEach((list) => context.dialect.refuse(`rest:${list}`, 'permission', client.budget.serverNow()));
			await storeChecks(context, record, answer);
		}
	} catch (error) {
		if (error instanceof UnreadableChecksError) {
			context.note(sentence('The check runs of #{0} could not be read; the next run asks again.', pullRequest.number));
		} else if (error instanceof GithubError && (error.status === 422 || error.status === 404)) {
			// A head whose commit is gone (422, or 404 in a fork that was deleted) has no checks to tell of.
			await cache.put([{ ...record, checks: OVER_REST }]);
		} else {
			throw error;
		}
	}
}

async function storeChecks({ cache, stored, withheld }: SyncContext, record: CacheRecord, answer: RestChecks): Promise<void> {
	if (record.pullRequest.details) {
		const fresh = withChecks(record, record.pullRequest.details, answer);
		await cache.put([fresh]);
		fresh.refused.forEach((part) => withheld.add(part));
		await stored();
	}
}

const KIND_OF: Record<RestList, Check['kind']> = { 'check-runs': 'CHECK_RUN', statuses: 'STATUS_CONTEXT' };

/** What was refused leaves what is known of it, and the list incomplete. */
function withChecks(record: CacheRecord, details: NonNullable<CacheRecord['pullRequest']['details']>, { checks, etags, refused }: RestChecks): CacheRecord {
	const unread = details.checks.filter(({ kind }) => refused.some((list) => KIND_OF[list] === kind));
	// An empty answer for a commit whose checks are known means that GitHub has deleted them: no news.
	const found = checks.length > 0 ? [...checks, ...unread] : details.checks;
	const stateWith = (read: readonly Check[]) => (read.length > 0 ? null : found.length === 0 && refused.length === 0 ? NO_CHECKS : details.checksState);
	const others = record.pullRequest.partial.filter((name) => name !== 'checks');
	const partial = refused.length > 0 ? [...others, 'checks' as const] : others;
	const refusedLists = [...record.refused.filter((name) => name !== 'checks'), ...(refused.length > 0 ? (['checks'] as const) : [])];
	return {
		...record,
		checks: OVER_REST,
		etags,
		tries: others.some((name) => !refusedLists.includes(name)) ? record.tries : 0,
		refused: refusedLists,
		// The state of all is told by the rollup alone; one that is known holds until other checks come.
		pullRequest: { ...record.pullRequest, partial, details: { ...details, checks: found, checksState: stateWith(checks) } },
	};
}
