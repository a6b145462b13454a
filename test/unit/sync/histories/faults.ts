import fc from 'fast-check';
import type { FaultAction } from '../../../github-server/faults';
import type { GithubServer } from '../../../github-server/githubServer';

const json = { 'content-type': 'application/json' };

const FAULTS = {
	reset: { kind: 'reset' },
	badGateway: { kind: 'badGateway' },
	truncate: { kind: 'truncate' },
	cutJson: { kind: 'cutJson' },
	slowDown: { kind: 'respond', status: 403, headers: { 'retry-after': '5' }, body: { message: 'You have exceeded a secondary rate limit.' } },
	/** Of the whole host, and it does not say how long. */
	pause: { kind: 'respond', status: 429, headers: json, body: { message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.' } },
	longPause: { kind: 'respond', status: 429, headers: { ...json, 'retry-after': '900' }, body: { message: 'You have exceeded a secondary rate limit.' } },
	rateLimit: { kind: 'respond', status: 200, headers: json, body: { errors: [{ type: 'RATE_LIMIT', code: 'graphql_rate_limit', message: 'API rate limit exceeded' }] } },
	unauthorized: { kind: 'respond', status: 401, headers: json, body: { message: 'Bad credentials' } },
	tooHeavy: { kind: 'respond', status: 200, headers: json, body: { data: null, errors: [{ type: 'RESOURCE_LIMITS_EXCEEDED', message: 'Resource limits for this query exceeded.' }] } },
} satisfies Record<string, FaultAction>;

/** The longest that any of them, or a spent budget, asks a run to wait at once, in milliseconds. */
export const LONGEST_PAUSE_MS = 3_700_000;

/** An answer goes wrong: the n-th of the run, or those of a kind of request from the first on, once or for as long as the run goes on. */
export interface Fault {
	name: keyof typeof FAULTS;
	at: number | 'Listing' | 'Details' | 'Checks' | 'Catalogue' | 'Fingerprints';
	lasts: boolean;
}

export const fault: fc.Arbitrary<Fault> = fc.record({
	name: fc.constantFrom(...(Object.keys(FAULTS) as (keyof typeof FAULTS)[])),
	at: fc.oneof({ weight: 2, arbitrary: fc.integer({ min: 1, max: 8 }) }, { weight: 1, arbitrary: fc.constantFrom('Listing', 'Details', 'Checks', 'Catalogue', 'Fingerprints') }),
	lasts: fc.boolean(),
});

export function addFault(server: GithubServer, { name, at, lasts }: Fault): void {
	server.addFault({ ...FAULTS[name], match: typeof at === 'number' ? at : { operationName: at }, times: lasts ? Infinity : 1 });
}
