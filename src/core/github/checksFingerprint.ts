import { isCount, isKeyword, listOfEach, shaped } from '../model/guards';
import { rollupsOf, type RollupHolder, type WireCheckCounts } from './wire';

/**
 * Tells the checks of a commit apart from the same commit's checks at another time, without reading them:
 * rollup state and counts by state. Equal on a probe and on the details it led to. `null` for a rollup that could not be read.
 */
export function checksFingerprint(holder: RollupHolder<WireCheckCounts>): string | null {
	const { rollupState, statusCheckRollup } = rollupsOf(holder) ?? {};
	if (rollupState === null || statusCheckRollup === null) {
		return 'none';
	}
	const state = rollupState?.state;
	const contexts = statusCheckRollup?.contexts;
	const total = contexts?.totalCount;
	const lists: unknown[] = [contexts?.checkRunCountsByState ?? [], contexts?.statusContextCountsByState ?? []];
	if (!isKeyword(state) || !isCount(total) || !lists.every(areStateCounts)) {
		return null;
	}
	const some = lists.flat().flatMap((one) => (one.count > 0 ? [`${one.state}:${one.count}`] : []));
	return [state, total, ...some.sort()].join(' ');
}

/** How many checks a fingerprint speaks of; `undefined` where it does not tell. */
export function checksIn(fingerprint: string): number | undefined {
	const count = Number(fingerprint === 'none' ? 0 : (fingerprint.split(' ')[1] ?? NaN));
	return isCount(count) ? count : undefined;
}

const areStateCounts = listOfEach(shaped<{ state: string; count: number }>({ state: isKeyword, count: isCount }));

/** Whether a fingerprint shows checks that are still going on. */
export function isUnsettled(fingerprint: string): boolean {
	return /\b(?:PENDING|EXPECTED|QUEUED|IN_PROGRESS|WAITING|REQUESTED)\b/.test(fingerprint);
}
