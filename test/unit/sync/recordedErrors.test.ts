import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	ForbiddenError,
	GithubError,
	RepositoryNotFoundError,
	SamlError,
	UnauthorizedError,
	InvalidQueryError,
} from '../../../src/core/github/errors';
import { assertEqualsServer } from './equality';
import { SyncHarness } from './syncHarness';

interface RecordedError {
	situation: string;
	http_status: number | null;
	http_status_assumed?: number;
	headers: Record<string, string> | null;
	body: string | object | null;
}

const FILE = join(process.cwd(), '../shared/data/errors.json');
const recorded = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as RecordedError[]) : [];

/** What a sync should make of an answer: go on after a wait, ask again at once, or fail with such an error. */
type Meaning = 'waits' | 'retries' | (abstract new (...args: never[]) => Error);

/** By what the recording says it is, in the order of precedence. */
const MEANINGS: [RegExp, Meaning][] = [
	[/secondary/i, 'waits'],
	[/primary rate limit/i, 'waits'],
	[/\b401\b/, UnauthorizedError],
	[/SAML/, SamlError],
	[/\b403\b|FORBIDDEN/, ForbiddenError],
	[/NOT_FOUND repository/, RepositoryNotFoundError],
	[/\b(400|404|409|422)\b|NOT_FOUND|UNPROCESSABLE/, GithubError],
	[/undefinedField/, InvalidQueryError],
	[/\b(50[0-9])\b|Unicorn|LIMITS?_EXCEEDED|\b30[14]\b|unavailable/, 'retries'],
];

/** Of another exchange altogether: its length, its day, its connection. */
const NOT_OF_THE_ERROR = /^(content-length|content-encoding|transfer-encoding|connection|date|etag|status)$/i;

describe('recorded error answers', () => {
	before(function () {
		if (recorded.length === 0) {
			this.skip();
		}
	});

	for (const { situation, http_status, http_status_assumed, headers, body } of recorded) {
		if (body === null && headers === null) {
			continue; // Only a description was recorded.
		}
		if (body === null && !/retry-after|401/.test(situation)) {
			continue; // What would tell it apart was in the body, which was not recorded.
		}
		it(situation, async () => {
			const meaning = MEANINGS.find(([pattern]) => pattern.test(situation))?.[1] ?? assert.fail('the test does not know this situation');
			for (const position of ['first', 'middle', 'last'] as const) {
				const h = await SyncHarness.start();
				try {
					h.createPullRequests(25);
					h.later();
					// Probe, listing, two times details, probe.
					const at = { first: 1, middle: 3, last: 5 }[position];
					h.server.addFault({
						kind: 'respond',
						status: http_status ?? http_status_assumed ?? 502,
						headers: {
							'content-type': 'application/json',
							...Object.fromEntries(Object.entries(headers ?? {}).filter(([name, value]) => !NOT_OF_THE_ERROR.test(name) && /^[\x20-\x7e]*$/.test(value))),
						},
						body: body ?? {},
						match: at,
					});
					const { failures } = await h.trySeed();
					const error = failures[0]?.error;
					if (typeof meaning === 'string') {
						assert.equal(error, undefined, `${position}: ${error?.stack}`);
						assert.ok(meaning === 'waits' ? h.clock.sleeps.some((ms) => ms >= 60_000) : h.clock.sleeps.every((ms) => ms < 2_000), `${position}: ${h.clock.sleeps.join()}`);
						assert.ok(h.requests.length > 5, `${position}: asked again`);
					} else {
						assert.ok(error instanceof meaning, `${position}: ${error?.stack}`);
						assert.equal((await h.cache()).entries.size, position === 'first' ? 0 : 25, 'what was fetched is stored');
					}
					await h.seed();
					await assertEqualsServer(h);
				} finally {
					await h.stop();
				}
			}
		});
	}
});
