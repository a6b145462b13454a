import type { CacheRecord } from '../cache/cacheRecord';
import { ForbiddenError, GithubError } from '../github/errors';
import { listRestChecks, UnreadableChecksError } from '../github/restChecks';
import { sentence } from '../model/sentence';
import type { SyncContext } from './syncContext';

/** Check runs are not begun when the REST budget would fall below this. */
const RESERVE = 100;
/** Check runs and commit statuses are two lists. */
const REQUESTS_EACH = 2;
/** Stands in the place of a fingerprint: checks that came over REST can't be compared with a probe. */
const OVER_REST = 'rest';

/**
 * Reads the checks of pull requests over REST, one request at a time: the way for accounts that may not see the
 * rollup. What has not changed costs nothing, thanks to ETags.
 */
export async function fetchRestChecks(context: SyncContext): Promise<void> {
	const { cache, client, options } = context;
	if (options.checkRuns === false || !cache.state.rollupRefused || cache.state.checksRefused) {
		return;
	}
	const wanted = [...cache.entries.values()].filter(({ checks, state, detailsOf }) => detailsOf !== null && (checks === null || state === 'OPEN'));
	const needed = wanted.length * REQUESTS_EACH;
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
		if (record && !(await refreshChecks(context, record))) {
			return;
		}
	}
}

/** `false` when the account may not read checks at all. */
async function refreshChecks(context: SyncContext, record: CacheRecord): Promise<boolean> {
	const { cache, client, governor, ref } = context;
	const { pullRequest } = record;
	const { details } = pullRequest;
	if (!details) {
		return true;
	}
	try {
		const answer = await listRestChecks(
			{ ref, headOid: pullRequest.headOid, etags: record.checks === OVER_REST ? record.etags : undefined },
			(route, parameters, etag) => governor.run('rest', ({ signal }) => client.rest(route, parameters, etag, signal)),
		);
		if (answer) {
			// An empty answer for a commit whose checks are known means that GitHub has deleted them: no news.
			const checks = answer.checks.length > 0 ? answer.checks : details.checks;
			const partial = pullRequest.partial.filter((name) => name !== 'checks');
			const changed = { ...record, checks: OVER_REST, etags: answer.etags, tries: partial.length === 0 ? 0 : record.tries };
			await cache.put([{ ...changed, pullRequest: { ...pullRequest, partial, details: { ...details, checks } } }]);
			await context.stored();
		}
		return true;
	} catch (error) {
		if (error instanceof ForbiddenError) {
			await cache.update({ checksRefused: true });
			context.note(sentence('Check runs were left out: this account may not read them.'));
			return false;
		}
		if (error instanceof UnreadableChecksError) {
			context.note(sentence('The check runs of #{0} could not be read; the next run asks again.', pullRequest.number));
			return true;
		}
		// A head whose commit is gone (422, or 404 in a fork that was deleted) has no checks to tell of.
		if (error instanceof GithubError && (error.status === 422 || error.status === 404)) {
			await cache.put([{ ...record, checks: OVER_REST }]);
			return true;
		}
		throw error;
	}
}
