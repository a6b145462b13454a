import assert from 'node:assert/strict';
import { isResumable } from '../../src/core/github/errors';
import type { FaultAction } from '../github-server/faults';
import { syntheticRepository } from '../github-server/syntheticRepository';
import { assertEqualsServer } from '../unit/sync/equality';
import { START, SyncHarness } from '../unit/sync/syncHarness';

const REPO = 'octo/breakwater';
const json = { 'content-type': 'application/json' };
const answered = (status: number, body: object, headers: Record<string, string> = {}): FaultAction => ({ kind: 'respond', status, headers: { ...json, ...headers }, body });
const entry = (error: object, data?: object): object => ({ ...(data && { data }), errors: [error] });

/** Each signal that a server can give instead of an answer, by what it is called. */
export const SIGNALS: Readonly<Record<string, FaultAction>> = {
	'401': answered(401, { message: 'Bad credentials' }),
	'403 retry-after': answered(403, { message: 'You have exceeded a secondary rate limit.' }, { 'retry-after': '30' }),
	'429': answered(429, { message: 'You have exceeded a secondary rate limit.' }),
	'200 secondary limit': answered(200, entry({ message: 'You have exceeded a secondary rate limit.' })),
	'200 RATE_LIMITED': answered(200, entry({ type: 'RATE_LIMITED', message: 'API rate limit exceeded' })),
	'403 primary limit': answered(403, { message: 'API rate limit exceeded for user ID 1.' }, { 'x-ratelimit-remaining': '0' }),
	'403 forbidden': answered(403, { message: 'Must have admin rights to Repository.' }, { 'x-ratelimit-remaining': '33' }),
	'403 SAML': answered(403, { message: 'Resource protected by organization SAML enforcement.' }, { 'x-github-sso': 'required; url=https://github.com/orgs/octo/sso' }),
	'500': answered(500, { message: 'Server Error' }),
	'502 HTML': { kind: 'badGateway' },
	'504': answered(504, { message: "We couldn't respond to your request in time." }),
	'200 time-out': answered(200, entry({ message: 'Something went wrong while executing your query.' })),
	'200 RESOURCE_LIMITS': answered(200, entry({ type: 'RESOURCE_LIMITS_EXCEEDED', message: 'Resource limits exceeded.' })),
	reset: { kind: 'reset' },
	'reset half-way': { kind: 'reset', afterBytes: 40 },
	truncated: { kind: 'truncate' },
	'JSON cut off': { kind: 'cutJson' },
	'HTML with 200': { kind: 'respond', status: 200, headers: { 'content-type': 'text/html' }, body: '<html></html>' },
	'empty body': { kind: 'respond', status: 200, headers: json, body: '' },
	'data null': answered(200, { data: null }),
	'redirect away': { kind: 'respond', status: 302, headers: { location: 'http://127.0.0.2:9/login' }, body: '' },
	undefinedField: answered(200, entry({ message: 'Field does not exist', extensions: { code: 'undefinedField', typeName: 'StatusCheckRollupContextConnection', fieldName: 'checkRunCountsByState' } })),
	'nodes withheld': { kind: 'patch', patch: (answer) => ({ ...answer, body: withheld(answer.body) }) },
	slow: { kind: 'slow', pieces: 3, pauseMs: 5 },
};

/** What became of a run in which one request got one signal: it went through, or it said that it did not and the next one did. */
export type Outcome = 'whole' | 'resumed' | 'told' | 'after sign-in';

/**
 * Seeds `count` pull requests once for every signal at every request, one at a time.
 * @param times how often in a row the signal comes, from that request on
 * @returns for each signal what became of the runs, in the order of the requests
 * @throws AssertionError when a run pretends that nothing is missing, or the next one does not complete it
 */
export async function faultMatrix(count: number, signals: readonly string[] = Object.keys(SIGNALS), times = 1): Promise<Record<string, Outcome[]>> {
	const requests = await withHarness(count, async (h) => {
		await h.seed({}, REPO);
		await assertEqualsServer(h, REPO);
		return h.requests.length;
	});
	const matrix: Record<string, Outcome[]> = {};
	for (const signal of signals) {
		const fault = SIGNALS[signal];
		assert.ok(fault, signal);
		matrix[signal] = [];
		for (let nth = 1; nth <= requests; nth++) {
			matrix[signal].push(await withHarness(count, (h) => outcomeOf(h, { ...fault, match: nth, times }, `${signal} at request ${nth}, ${times} times`)));
		}
	}
	return matrix;
}

async function outcomeOf(h: SyncHarness, fault: Parameters<SyncHarness['server']['addFault']>[0], name: string): Promise<Outcome> {
	h.server.addFault(fault);
	const { failures, repositories } = await h.trySeed({}, REPO);
	h.server.clearFaults();
	const [failure] = failures;
	const [report] = repositories;
	if (!failure && report?.partial.length === 0 && report.unreadable.length === 0 && report.notes.every(({ action }) => action !== undefined)) {
		await named(name, () => assertEqualsServer(h, REPO));
		return 'whole';
	}
	await h.forgetProcess();
	h.later();
	const next = await h.trySeed({}, REPO);
	assert.deepEqual(next.failures, [], name);
	await named(name, () => assertEqualsServer(h, REPO));
	if (!failure) {
		return 'told';
	}
	return isResumable(failure.error) ? 'resumed' : 'after sign-in';
}

async function named(name: string, check: () => Promise<void>): Promise<void> {
	try {
		await check();
	} catch (error) {
		throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
	}
}

async function withHarness<T>(count: number, work: (h: SyncHarness) => Promise<T>): Promise<T> {
	const h = await SyncHarness.start();
	try {
		h.world.addRepository(syntheticRepository({ count, nestedRows: 2, nameWithOwner: REPO, now: Date.parse(START) - 3_600_000 }));
		return await work(h);
	} finally {
		await h.stop();
	}
}

/** Every other node as GitHub shows what an account may not see. */
function withheld(body: unknown): unknown {
	return JSON.parse(JSON.stringify(body), (key, value: unknown) => (key === 'nodes' && Array.isArray(value) ? value.map((node: unknown, i) => (i % 2 === 1 ? null : node)) : value));
}
