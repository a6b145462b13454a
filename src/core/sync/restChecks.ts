import type { CacheEntry, CacheRecord } from '../cache/cacheRecord';
import { GithubError } from '../github/errors';
import { isWithheld } from '../github/refusals';
import { listRestChecks, UnreadableChecksError, type RestChecks, type RestList } from '../github/restChecks';
import { inTurn } from './rotation';
import { keptState } from './detailsRecord';
import { NO_CHECKS, type Check } from '../model/pullRequest';
import { sentence } from '../model/sentence';
import type { SyncContext } from './syncContext';

/** Check runs are not begun when the REST budget would fall below this. */
const RESERVE = 100;
const LISTS: readonly RestList[] = ['check-runs', 'statuses'];
/** Stands in the place of a fingerprint: checks that came over REST can't be compared with a probe. */
const OVER_REST = 'rest';

/** Checks that are known are looked at again for so many pull requests in one run, in turn. */
const IN_TURN = 50;

/**
 * Reads the checks of pull requests over REST, one request at a time: the way for tokens that may not see the
 * rollup. What has not changed costs nothing, thanks to ETags, but time: what is known is looked at in turn.
 * Nothing is begun without knowing what is left of the hour's requests.
 * @param only the numbers to look at; all that need it when absent
 */
export async function fetchRestChecks(context: SyncContext, only?: readonly number[]): Promise<void> {
	const { cache, dialect, options } = context;
	if (options.checkRuns === false || dialect.rollup !== undefined) {
		return;
	}
	const wanted = askable(context).length === 0 ? [] : await withinBudget(context, only ?? (await dueNumbers(context)));
	for (const [done, number] of wanted.entries()) {
		if (askable(context).length === 0) {
			break;
		}
		context.progress({ phase: 'checks', done, total: wanted.length });
		const record = await cache.read(number);
		if (record) {
			await refreshChecks(context, record);
		}
	}
	// Learned from the last one as well as from the first.
	if (askable(context).length === 0) {
		await markRefused(context);
	}
}

/** Whatever is known of checks that can still change, this token can't tell whether they have. */
async function markRefused(context: SyncContext): Promise<void> {
	const { cache, options } = context;
	if (!isWithheld(context.dialect, 'checks')) {
		return;
	}
	const isMeant = ({ checks, detailsOf, refused, state }: CacheEntry) =>
		detailsOf !== null && !refused.includes('checks') && (checks === null || state === 'OPEN' || options.refresh === true);
	for (const { number } of [...cache.entries.values()].filter(isMeant)) {
		const record = await cache.read(number);
		if (record) {
			await storeChecks(context, record, { checks: [], etags: {}, refused: [...LISTS] });
		}
	}
}

/** First those whose checks are not known, then those whose turn it is. */
async function dueNumbers({ cache, dialect, note, options }: SyncContext): Promise<number[]> {
	const detailed = [...cache.entries.values()].filter(({ detailsOf }) => detailsOf !== null);
	const isUnread = ({ checks, refused }: CacheEntry) => checks === null || options.refresh === true || (refused.includes('checks') && !isWithheld(dialect, 'checks'));
	const unread = detailed.filter(isUnread).map(({ number }) => number);
	const open = detailed.filter((entry) => entry.state === 'OPEN' && !isUnread(entry));
	const due = inTurn(open, cache.state.restChecksFrom, IN_TURN).map(({ number }) => number);
	if (due.length < open.length) {
		await cache.update({ restChecksFrom: due.at(-1) ?? 0 });
		note(sentence('The checks of {0} open pull requests are looked at in turn, {1} in each run: this token may read them only one by one.', open.length, IN_TURN));
	}
	return [...unread, ...due];
}

/** As many as the hour's requests are enough for; the rest is told of. */
async function withinBudget(context: SyncContext, numbers: readonly number[]): Promise<readonly number[]> {
	const { budget } = context.client;
	if (numbers.length > 0 && (budget.current.rest === null || budget.msUntilReset('rest') === 0)) {
		await context.governor.run('rest', ({ signal }) => context.client.observeRestBudget(signal));
	}
	const { rest } = budget.current;
	const requests = askable(context).length;
	const room = rest === null ? numbers.length : Math.max(0, Math.floor((rest.remaining - RESERVE) / requests));
	const left = numbers.slice(room);
	if (rest !== null && left.length > 0) {
		context.note(
			sentence('Check runs of {0} pull requests were left out: they need up to {1} REST requests and {2} are left this hour.', left.length, left.length * requests, rest.remaining),
		);
	}
	return numbers.slice(0, room);
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
	const stateWith = (read: readonly Check[]) => (read.length > 0 ? null : refused.length > 0 ? keptState(details.checksState) : found.length === 0 ? NO_CHECKS : details.checksState);
	const others = record.pullRequest.partial.filter((name) => name !== 'checks');
	const partial = refused.length > 0 ? [...others, 'checks' as const] : others;
	const refusedLists = [...record.refused.filter((name) => name !== 'checks'), ...(refused.length > 0 ? (['checks'] as const) : [])];
	return {
		...record,
		checks: OVER_REST,
		etags,
		tries: others.some((name) => !(refusedLists as readonly string[]).includes(name)) ? record.tries : 0,
		refused: refusedLists,
		// The state of all is told by the rollup alone; one that is known holds until other checks come.
		pullRequest: { ...record.pullRequest, partial, details: { ...details, checks: found, checksState: stateWith(checks) } },
	};
}
