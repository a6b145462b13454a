import fc from 'fast-check';
import { assertPlays, history } from './histories/history';

export interface HistoriesOptions {
	/** Default: another one each time. */
	seed?: number;
	/** Of one history of that seed, as a failure prints it. */
	path?: string;
	/** `false`: print the history that failed as it is, instead of looking for a shorter one. */
	shrink?: boolean;
}

/** What the environment says, as CONTRIBUTING has it. */
export function givenHistories(env: NodeJS.ProcessEnv, numRuns: number, usual: HistoriesOptions = {}): [number, HistoriesOptions] {
	const { HISTORIES, HISTORY_SEED, HISTORY_PATH, HISTORY_SHRINK } = env;
	return [
		Number(HISTORIES ?? numRuns),
		{ ...usual, ...(HISTORY_SEED ? { seed: Number(HISTORY_SEED) } : {}), ...(HISTORY_PATH ? { path: HISTORY_PATH } : {}), shrink: HISTORY_SHRINK !== '0' },
	];
}

/** Whatever happened, and whenever: after a clean sync the storage folder equals the server, and all along nothing right is lost. */
export async function checkHistories(numRuns: number, { shrink = true, ...given }: HistoriesOptions = {}): Promise<void> {
	await fc.assert(fc.asyncProperty(history, assertPlays), {
		numRuns,
		...given,
		endOnFailure: !shrink,
		interruptAfterTimeLimit: 3_000_000,
		markInterruptAsFailure: true,
	});
}
