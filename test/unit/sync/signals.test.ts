import assert from 'node:assert/strict';
import {
	ForbiddenError,
	RateLimitedError,
	RepositoryNotFoundError,
	SamlError,
	SecondaryLimitError,
	TransientError,
	UnauthorizedError,
} from '../../../src/core/github/errors';
import { CancelledError } from '../../../src/core/model/humanError';
import type { SeedProgress } from '../../../src/core/sync/seedReport';
import type { FaultAction } from '../../github-server/faults';
import { fineGrainedToken, installationToken, oauthToken } from '../../github-server/tokens';
import { SyncHarness, REPO, TOKEN } from './syncHarness';

/** Each row of the table of signals: what the server says, and what the sync makes of it. */
describe('signals', () => {
	let h: SyncHarness;
	beforeEach(async () => {
		h = await SyncHarness.start();
		h.createPullRequests(45);
	});
	afterEach(() => h.stop());

	/** Hits the request that reads the second batch of details. */
	function onSecondDetails(fault: FaultAction, times = 1): void {
		h.server.addFault({ ...fault, match: { operationName: 'Details', nth: 2 }, times });
	}

	async function expectWhole(): Promise<void> {
		const cache = await h.cache();
		assert.equal(cache.entries.size, 45);
		assert.deepEqual([...cache.entries.values()].filter(({ detailsOf, updatedAt }) => detailsOf !== updatedAt), []);
		h.server.clearFaults();
		assert.equal((await h.seed()).mode, 'unchanged');
	}

	it('stops at a refused token and keeps what is stored', async () => {
		onSecondDetails({ kind: 'respond', status: 401, headers: { 'x-ratelimit-limit': '0', 'x-ratelimit-remaining': '0' }, body: { message: 'Bad credentials' } });
		const error = await h.fail();
		assert.ok(error instanceof UnauthorizedError);
		assert.equal(error.resumable, false);
		const stored = [...(await h.cache()).entries.values()];
		assert.equal(stored.length, 45);
		assert.equal(stored.filter(({ detailsOf }) => detailsOf !== null).length, 20);
		assert.notEqual((await h.open()).seeder.budget({ host: 'github.com', account: 'octo-viewer' }).current.graphql?.limit, 0);
		await h.seed();
		await expectWhole();
	});

	it('waits as long as retry-after says', async () => {
		onSecondDetails({ kind: 'respond', status: 403, headers: { 'retry-after': '17' }, body: { message: 'You have triggered an abuse detection mechanism.' } });
		const report = await h.seed();
		assert.deepEqual(h.clock.sleeps, [17_000]);
		assert.equal(report.waitedMs, 17_000);
		assert.deepEqual(h.progress.filter(({ phase }) => phase === 'waiting').map(({ pauseReason }) => pauseReason), ['GitHub asked to slow down']);
		await expectWhole();
	});

	it('asks again once the local clock is set right, however far ahead it was when the host asked to slow down', async () => {
		h.clock.wrongBy = 86_400_000;
		onSecondDetails({ kind: 'respond', status: 403, headers: { 'retry-after': '17' }, body: { message: 'You have triggered an abuse detection mechanism.' } });
		await h.fail({ waitForReset: false });
		h.clock.wrongBy = 0;
		await h.seed();
		assert.deepEqual(h.clock.sleeps, [17_000]);
		await expectWhole();
	});

	it('tells how long it took, whatever becomes of the local clock meanwhile', async () => {
		h.server.before({ operationName: 'Details' }, () => (h.clock.wrongBy = -86_400_000));
		const { durationMs } = await h.seed();
		assert.ok(durationMs >= 0 && durationMs < 60_000, `${durationMs} ms`);
	});

	it('says that it goes on as soon as it does, before the next answer', async () => {
		onSecondDetails({ kind: 'respond', status: 403, headers: { 'retry-after': '17' }, body: { message: 'You have triggered an abuse detection mechanism.' } });
		let last: SeedProgress | undefined;
		// While the request after the pause is under way.
		h.server.before({ operationName: 'Details', nth: 3 }, () => (last = h.progress.at(-1)));
		await h.seed();
		assert.deepEqual([last?.phase, last?.done, last?.total, last?.pausedUntil], ['details', 20, 45, undefined]);
	});

	it('waits a minute and then longer when a secondary limit names no time', async () => {
		onSecondDetails({ kind: 'respond', status: 200, body: { errors: [{ message: 'You have exceeded a secondary rate limit. Please wait a few minutes.' }] } }, 3);
		await h.seed();
		const [first = 0, second = 0, third = 0] = h.clock.sleeps;
		assert.equal(h.clock.sleeps.length, 3);
		assert.ok(first >= 60_000 && first < 76_000 && second >= 120_000 && second < 151_000 && third >= 240_000 && third < 301_000, h.clock.sleeps.join());
		await expectWhole();
	});

	it('gives up resumably after three secondary limits in a row', async () => {
		onSecondDetails({ kind: 'respond', status: 429, body: { message: 'You have exceeded a secondary rate limit.' } }, Infinity);
		const error = await h.fail();
		assert.ok(error instanceof SecondaryLimitError && error.resumable);
		h.server.clearFaults();
		await h.seed();
		await expectWhole();
	});

	for (const [name, body] of [
		['documented', { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] }],
		['of today, with points left in the header', { errors: [{ type: 'RATE_LIMIT', code: 'graphql_rate_limit', message: 'API rate limit already exceeded for user ID 1.' }] }],
	] as const) {
		it(`waits for the reset at a primary limit (${name})`, async () => {
			h.server.setBudget(TOKEN, { resetInSeconds: 600 });
			onSecondDetails({ kind: 'respond', status: 200, headers: { 'content-type': 'application/json', 'x-ratelimit-remaining': '4979' }, body });
			await h.seed();
			assert.equal(h.clock.sleeps.length, 1);
			assert.ok(Math.abs((h.clock.sleeps[0] ?? 0) - 600_000) <= 3_000, h.clock.sleeps.join());
			await expectWhole();
		});
	}

	it('stops resumably at a primary limit when it should not wait', async () => {
		h.server.setBudget(TOKEN, { resetInSeconds: 600 });
		onSecondDetails({ kind: 'respond', status: 200, headers: { 'content-type': 'application/json' }, body: { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] } });
		const error = await h.fail({ waitForReset: false });
		assert.ok(error instanceof RateLimitedError && error.resumable);
		assert.match(error.message, /in 10 min/);
		await h.seed();
		assert.equal(h.operations.filter((operation) => operation === 'Listing').length, 0, 'what is listed is not listed again');
		await expectWhole();
	});

	it('stops resumably when the reset is further away than the longest wait', async () => {
		h.server.setBudget(TOKEN, { resetInSeconds: 3_000 });
		onSecondDetails({ kind: 'respond', status: 200, headers: { 'content-type': 'application/json' }, body: { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] } });
		assert.ok((await h.fail({ maxWaitMs: 20 * 60_000 })) instanceof RateLimitedError);
		assert.deepEqual(h.clock.sleeps, []);
	});

	it('uses the last page that the budget paid for, and waits before the next request', async () => {
		h.server.setBudget(TOKEN, { graphqlRemaining: 5, resetInSeconds: 300 });
		await h.seed();
		assert.ok(h.requests.every(({ status }) => status === 200));
		assert.equal(h.clock.sleeps.length, 1);
		await expectWhole();
	});

	for (const [name, fault] of [
		['HTML 502', { kind: 'badGateway' }],
		['JSON 502 with data as a string', { kind: 'respond', status: 502, headers: { 'content-type': 'application/json' }, body: { data: 'null', errors: [{ message: 'Something went wrong while executing your query.' }] } }],
		['504', { kind: 'respond', status: 504, body: { message: "We couldn't respond to your request in time." } }],
		['HTML 503 that calls itself JSON', { kind: 'respond', status: 503, headers: { 'content-type': 'application/json' }, body: '<html><body><h1>503</h1></body></html>' }],
		['time-out inside HTTP 200', { kind: 'respond', status: 200, headers: { 'content-type': 'application/json' }, body: { data: null, errors: [{ message: 'Something went wrong while executing your query. This may be the result of a timeout.' }] } }],
		['connection reset', { kind: 'reset' }],
		['body that breaks off', { kind: 'truncate' }],
		['JSON that breaks off', { kind: 'cutJson' }],
		['HTML with 200', { kind: 'respond', status: 200, headers: { 'content-type': 'text/html' }, body: '<!DOCTYPE html><html></html>' }],
		['empty body', { kind: 'respond', status: 200, headers: { 'content-type': 'application/json' }, body: '' }],
	] satisfies [string, FaultAction][]) {
		it(`asks again for half as much: ${name}`, async () => {
			onSecondDetails(fault);
			await h.seed();
			const sizes = h.requests.filter(({ operationName }) => operationName === 'Details').map(({ variables }) => (variables?.['ids'] as string[]).length);
			assert.equal(sizes[0], 20);
			const [, second = 0, third = 0] = sizes;
			assert.equal(third, Math.floor(second / 2), sizes.join());
			assert.equal(h.clock.sleeps.length, 1);
			await expectWhole();
		});
	}

	it('gives up resumably after three retries, and goes on from there', async () => {
		h.server.addFault({ kind: 'reset', match: { operationName: 'Details', nth: 2 }, times: Infinity });
		const error = await h.fail();
		assert.ok(error instanceof TransientError && error.resumable);
		assert.match(error.message, /github\.com/);
		assert.equal(h.operations.filter((operation) => operation === 'Details').length, 5);
		h.server.clearFaults();
		await h.forgetProcess();
		const report = await h.seed();
		assert.equal(report.mode, 'full');
		assert.ok(!h.operations.includes('Listing'));
		const asked = h.requests.flatMap(({ operationName, variables }) => (operationName === 'Details' ? (variables?.['ids'] as string[]) : []));
		assert.equal(new Set(asked).size, 25, 'what has details is not read again');
		await expectWhole();
	});

	it('marks what is too heavy even alone as partial, and tries again later', async () => {
		const tooHeavy = { errors: [{ type: 'RESOURCE_LIMITS_EXCEEDED', message: 'Resource limits for this query exceeded.', path: ['nodes'] }], data: { nodes: [null] } };
		const heavyId = h.world.pullRequest(REPO, 7).id;
		h.server.addFault({
			kind: 'respond',
			status: 200,
			headers: { 'content-type': 'application/json' },
			body: tooHeavy,
			match: { operationName: 'Details', when: ({ query, variables }) => /files\(/.test(query ?? '') && (variables?.['ids'] as string[]).includes(heavyId) },
			times: Infinity,
		});
		const report = await h.seed();
		assert.deepEqual(report.partial, [7]);
		const record = await (await h.cache()).read(7);
		assert.deepEqual(record?.pullRequest.partial, ['files']);
		assert.equal(record.pullRequest.details?.commits.length, 1);
		for (let run = 0; run < 4; run++) {
			h.later(600);
			assert.deepEqual((await h.seed()).partial, [7]);
		}
		assert.deepEqual(h.operations, ['Probe'], 'what stays incomplete is not asked for at every run');
		h.later(24 * 3_600);
		h.server.clearFaults();
		assert.deepEqual((await h.seed()).partial, []);
		await expectWhole();
	});

	it('says which organisation asks for single sign-on', async () => {
		h.server.addFault({
			kind: 'respond',
			status: 200,
			headers: { 'content-type': 'application/json', 'x-github-sso': 'required; url=https://github.com/orgs/octo/sso?authorization_request=A1' },
			body: { data: { repository: null }, errors: [{ type: 'FORBIDDEN', path: ['repository'], extensions: { saml_failure: true }, message: 'Resource protected by organization SAML enforcement.' }] },
		});
		const error = await h.fail();
		assert.ok(error instanceof SamlError);
		assert.match(error.message, /octo.*https:\/\/github\.com\/orgs\/octo\/sso\?authorization_request=A1/);
	});

	it('sends nobody to another site to sign on', async () => {
		for (const url of [`https://github.com/orgs/octo/sso?authorization_request=${'A'.repeat(15_000)}`, 'https://evil.example/orgs/octo/sso', 'https://github.com@evil.example/sso', 'https://github.com:444/sso', 'http://github.com/sso']) {
			h.server.clearFaults();
			h.server.addFault({ kind: 'respond', status: 403, headers: { 'x-github-sso': `required; url=${url}` }, body: { message: 'Resource protected by organization SAML enforcement.' } });
			const error = await h.fail();
			assert.ok(error instanceof SamlError && error.authorizeUrl === undefined);
			assert.match(error.message, /Authorize your sign-in for it on GitHub/);
		}
	});

	it('tells a refusal from a limit', async () => {
		h.server.addFault({ kind: 'respond', status: 403, headers: { 'x-ratelimit-remaining': '33', 'x-ratelimit-limit': '60' }, body: { message: 'Must have admin rights to Repository.' } });
		const error = await h.fail();
		assert.ok(error instanceof ForbiddenError && !error.resumable);
		assert.match(error.message, /admin rights/);
	});

	for (const [of, token, says] of [
		['scopes without repo', oauthToken({ value: 'given', scopes: ['read:user', 'user:email'] }), /on 127\.0\.0\.1:\d+, or it is private: your sign-in lacks the scope repo/],
		['the scope repo', oauthToken({ value: 'given' }), /on 127\.0\.0\.1:\d+, or your account can't see it/],
		['permissions, a fine-grained one', fineGrainedToken({ value: 'given' }), /on 127\.0\.0\.1:\d+, or your token has not been given access to it/],
		['permissions, one of an App', installationToken({ value: 'given' }), /on 127\.0\.0\.1:\d+, or your token has not been given access to it/],
	] as const) {
		it(`says what else a missing repository can mean with a token that has ${of}, and which server was asked`, async () => {
			h.server.setToken(token);
			h.token = token.value;
			const { failures } = await h.trySeed({}, 'octo/nowhere');
			assert.ok(failures[0]?.error instanceof RepositoryNotFoundError);
			assert.match(failures[0].error.message, says);
		});
	}

	it('says both things that a missing repository can mean', async () => {
		const { failures } = await h.trySeed({}, 'octo/nowhere');
		assert.ok(failures[0]?.error instanceof RepositoryNotFoundError);
		assert.match(failures[0].error.message, /no repository octo\/nowhere.*or your account can't see it/);
		assert.deepEqual((await (await h.open()).seeder.status()).map(({ nameWithOwner }) => nameWithOwner), []);
	});

	it('cancels between two requests, and goes on from there', async () => {
		const controller = new AbortController();
		h.signal = controller.signal;
		h.server.after({ operationName: 'Details', nth: 2 }, () => controller.abort());
		const error = await h.fail();
		assert.ok(error instanceof CancelledError && error.resumable);
		h.signal = undefined;
		await h.forgetProcess();
		await h.seed();
		assert.ok(!h.operations.includes('Listing'));
		await expectWhole();
	});
});

describe('a GitHub Enterprise Server', () => {
	it('needs no rate headers', async () => {
		const h = await SyncHarness.start({ ghes: true, rateLimit: null });
		try {
			h.createPullRequests(25);
			const report = await h.seed();
			assert.equal(report.pullRequests, 25);
			assert.equal(report.points, 0);
			assert.equal((await h.seed()).mode, 'unchanged');
			assert.ok(h.requests.every(({ path }) => path === '/api/graphql'));
		} finally {
			await h.stop();
		}
	});

	it('may be too old for some fields', async () => {
		const h = await SyncHarness.start({
			ghes: true,
			hiddenFields: ['PullRequest.statusCheckRollup', 'PullRequest.fullDatabaseId', 'PullRequestReview.fullDatabaseId', 'PullRequest.closingIssuesReferences'],
		});
		try {
			h.createPullRequests(3);
			h.world.addCheck(REPO, 2, { name: 'build', status: 'COMPLETED', conclusion: 'SUCCESS' });
			h.world.addReview(REPO, 2, 'octo-reviewer', 'APPROVED');
			h.later();
			const report = await h.seed();
			assert.deepEqual(report.partial, []);
			assert.equal((await (await h.cache()).read(2))?.pullRequest.details?.checks[0]?.name, 'build');
			await h.forgetProcess();
			h.later();
			assert.equal((await h.seed()).mode, 'unchanged');
			assert.deepEqual(h.operations, ['Probe'], 'what the host lacks is remembered');
			h.world.rerunCheck(REPO, 2, 'build');
			const again = await h.seed();
			assert.equal(again.updated, 1);
		} finally {
			await h.stop();
		}
	});
});
