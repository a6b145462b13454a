import assert from 'node:assert/strict';
import type { Finished } from '../unit/cli/commandLine';

export const LONGEST_MS = 10_000;

/** An attack is over in time, with a word for a person. */
export async function attacked(work: Promise<Finished>, longestMs = LONGEST_MS): Promise<Finished> {
	const startedAt = performance.now();
	const finished = await work;
	const ms = performance.now() - startedAt;
	assert.ok(ms < longestMs, `${Math.round(ms)} ms`);
	assert.doesNotMatch(finished.stderr, /^\s+at /m, 'a stack');
	return finished;
}
