import assert from 'node:assert/strict';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CacheFolders } from '../../../src/core/cache/cacheFolders';
import { processPlace } from '../../../src/core/files/processPlace';
import { nodeFiles } from '../../../src/core/files/nodeFiles';
import { RepositoryNotFoundError, TransientError, UnauthorizedError } from '../../../src/core/github/errors';
import { messageOf } from '../../../src/core/model/humanError';
import { parseRepository } from '../../../src/core/model/repository';
import { withLease } from '../../../src/core/sync/lease';
import { syntheticRepository } from '../../github-server/syntheticRepository';
import { BackgroundHarness, HOUR_MS, INTERVAL_MS, MINUTE_MS, START, TOKEN } from './backgroundHarness';

const probes = (count: number) => ({ operations: count === 0 ? {} : { Probe: count }, points: count });

describe('background sync, when something is in its way', () => {
	let h: BackgroundHarness;

	beforeEach(async () => {
		h = await BackgroundHarness.start(3);
		await h.seedAll();
	});

	afterEach(() => h.stop());

	it('leaves the last points of an hour to the person, says so, and goes on with the next hour', async () => {
		const window = await h.open();
		h.server.setBudget(TOKEN, { graphqlRemaining: 400, resetInSeconds: 45 * 60 });
		await h.clock.advance(INTERVAL_MS);
		// What is left is known by the first answer.
		assert.deepEqual(h.takeRequests(), probes(1));
		const { pause } = window.sync.status;
		assert.equal(pause?.reason, 'reserve');
		await h.clock.advance(29 * MINUTE_MS);
		assert.deepEqual(h.takeRequests(), probes(0));
		assert.ok(pause.until > h.clock.now() && pause.until < h.clock.now() + 2 * MINUTE_MS);
		await h.clock.advance(2 * MINUTE_MS);
		assert.deepEqual(h.takeRequests(), probes(3));
		assert.equal(window.sync.status.pause, undefined);
		assert.deepEqual(window.sync.status.failures, []);
	});

	it('goes on at once when a person leaves it more', async () => {
		const window = await h.open();
		h.server.setBudget(TOKEN, { graphqlRemaining: 400, resetInSeconds: 45 * 60 });
		await h.clock.advance(INTERVAL_MS);
		h.takeRequests();
		window.choose({ reserve: 100 });
		await h.clock.advance(0);
		assert.deepEqual(h.takeRequests(), probes(2));
	});

	it('stops half-way through a large first sync for the same reason, and completes it with the next hour', async () => {
		const name = 'octo/large';
		h.world.addRepository(syntheticRepository({ count: 600, nestedRows: 2, nameWithOwner: name, now: Date.parse(START) - HOUR_MS }));
		h.server.setBudget(TOKEN, { graphqlRemaining: 520, resetInSeconds: 60 * 60 });
		const window = await h.open({ repositories: [parseRepository(name)] });
		await h.clock.advance(MINUTE_MS);
		const { points } = h.takeRequests();
		assert.ok(points >= 20 && points < 40, `${points} points`);
		assert.deepEqual([window.sync.status.pause?.reason, window.sync.status.failures, window.reports], ['reserve', [], []]);
		const [row] = (await window.store.read.repositories()).filter(({ nameWithOwner: stored }) => stored === name);
		assert.ok(row && row.pullRequests > 0, 'what was fetched is stored');
		await h.clock.advance(HOUR_MS);
		assert.deepEqual(window.reports.slice(0, 1).map(({ pullRequests, mode }) => [pullRequests, mode]), [[600, 'full']]);
		assert.ok(h.takeRequests().points < 80, 'what was fetched is not fetched again');
	});

	it('asks once an interval while there is no network, whatever the number of repositories', async () => {
		const window = await h.open();
		h.server.addFault({ kind: 'reset', times: Infinity });
		await h.clock.advance(HOUR_MS + MINUTE_MS);
		// One request, and one more at it, each time.
		assert.deepEqual(h.takeRequests(), { operations: { Probe: 4 * 2 }, points: 0 });
		const { failures, pause } = window.sync.status;
		assert.deepEqual([failures.length, pause?.reason], [1, 'offline']);
		assert.ok(failures[0]!.error instanceof TransientError);
		h.server.clearFaults();
		await h.clock.advance(INTERVAL_MS);
		assert.deepEqual(h.takeRequests(), probes(3));
		assert.deepEqual([window.sync.status.failures, window.sync.status.pause], [[], undefined]);
	});

	it('leaves a host alone that asks to slow down, and waits for no reset', async () => {
		const window = await h.open();
		h.server.addFault({ kind: 'respond', status: 403, headers: { 'retry-after': '1800' }, body: { message: 'You have exceeded a secondary rate limit.' } });
		await h.clock.advance(INTERVAL_MS);
		assert.deepEqual(h.takeRequests().operations, { Probe: 1 });
		assert.equal(window.sync.status.pause?.reason, 'limit');
		await h.clock.advance(30 * MINUTE_MS - 1);
		assert.deepEqual(h.takeRequests(), probes(0));
		await h.clock.advance(1);
		assert.deepEqual(h.takeRequests(), probes(3));
	});

	it('leaves a host alone that takes the sign-in no more, until somebody signs in', async () => {
		const window = await h.open();
		h.server.addFault({ kind: 'respond', status: 401, body: { message: 'Bad credentials' }, times: Infinity });
		await h.clock.advance(HOUR_MS);
		assert.deepEqual(h.takeRequests().operations, { Probe: 4 });
		assert.ok(window.sync.status.failures[0]!.error instanceof UnauthorizedError);
		h.server.clearFaults();
		window.sync.reconsider();
		await h.clock.advance(0);
		assert.deepEqual(h.takeRequests(), probes(3));
	});

	it('asks for nothing while nobody is signed in', async () => {
		const window = await h.open();
		window.signedIn = false;
		await h.clock.advance(HOUR_MS);
		assert.deepEqual(h.takeRequests(), probes(0));
		assert.deepEqual([window.sync.status.failures, window.failures], [[], []]);
		window.signedIn = true;
		window.sync.reconsider();
		await h.clock.advance(0);
		assert.deepEqual(h.takeRequests(), probes(3));
	});

	it('passes by a repository that somebody else is syncing, and comes again', async () => {
		const window = await h.open();
		const [first] = h.refs;
		await withLease(new CacheFolders(nodeFiles, h.storage), first!, () => undefined, () => h.clock.advance(INTERVAL_MS));
		assert.deepEqual(h.takeRequests(), probes(2));
		assert.deepEqual([window.sync.status.failures, window.failures], [[], []]);
		await h.clock.advance(INTERVAL_MS);
		assert.deepEqual(h.takeRequests(), probes(3));
	});

	it('makes way for a person, and comes again an interval later', async () => {
		const window = await h.open();
		h.server.after({ operationName: 'Probe', nth: 2 }, () => void window.quiet.makeWay(h.refs[1]!));
		await h.clock.advance(INTERVAL_MS);
		assert.deepEqual(window.reports.map(({ nameWithOwner: name }) => name), ['octo/repo-1', 'octo/repo-3']);
		assert.deepEqual([window.sync.status.failures, window.failures], [[], []]);
		h.takeRequests();
		await h.clock.advance(INTERVAL_MS);
		assert.deepEqual(h.takeRequests(), probes(3));
	});

	it('does not ask for a repository that does not exist again and again', async () => {
		const window = await h.open({ repositories: [parseRepository('octo/nowhere'), ...h.refs] });
		await h.clock.advance(HOUR_MS);
		assert.deepEqual(h.takeRequests().operations, { Probe: 1 + 4 * 3 });
		assert.deepEqual(window.sync.status.failures.map(({ ref, error }) => [ref.name, error.constructor]), [['nowhere', RepositoryNotFoundError]]);
	});

	it('ends what is no longer wanted at once, and keeps what was fetched', async () => {
		const name = 'octo/large';
		h.world.addRepository(syntheticRepository({ count: 300, nestedRows: 2, nameWithOwner: name, now: Date.parse(START) - HOUR_MS }));
		const window = await h.open({ repositories: [parseRepository(name)] });
		h.server.after({ operationName: 'Listing', nth: 2 }, () => window.choose({ intervalMs: 0 }));
		await h.clock.advance(HOUR_MS);
		assert.deepEqual(h.takeRequests().operations, { Probe: 1, Listing: 2 });
		assert.equal(window.sync.status.role, 'off');
		const [row] = (await window.store.read.repositories()).filter(({ nameWithOwner: stored }) => stored === name);
		assert.equal(row?.pullRequests, 100);
	});

	it('says once what is wrong with a storage folder that it can’t write to, and goes on once it can', async () => {
		const lock = join(h.storage, 'background.lock');
		await writeFile(lock, JSON.stringify({ ...processPlace(), pid: process.ppid, time: h.clock.now(), token: 'another' }));
		const window = await h.open();
		const aside = `${h.storage}.aside`;
		await rename(h.storage, aside);
		await writeFile(h.storage, '');
		await h.clock.advance(HOUR_MS);
		assert.deepEqual([window.failures.length, window.sync.status.role], [1, 'off']);
		assert.deepEqual(h.takeRequests(), probes(0));
		await rm(h.storage);
		await rename(aside, h.storage);
		await rm(lock);
		await h.clock.advance(MINUTE_MS);
		assert.deepEqual(h.takeRequests(), probes(3));
	});

	it('says once that something else stands in the place of its lock, instead of following a window that is none', async () => {
		const lock = join(h.storage, 'background.lock');
		await writeFile(lock, 'mine, do not touch\n');
		const window = await h.open();
		await h.clock.advance(HOUR_MS);
		assert.deepEqual(window.failures.map(messageOf), [`${lock} should be a lock of PR Seeder, but something else made it. Remove it, or try again in 3 seconds.`]);
		assert.equal(window.sync.status.role, 'off');
		await rm(lock);
		await h.clock.advance(MINUTE_MS);
		assert.deepEqual(h.takeRequests(), probes(3));
	});

	it('notes a store that can’t be opened, and tries again an interval later', async () => {
		const window = await h.open();
		const problem = new Error('no disk');
		window.problem = problem;
		await h.clock.advance(2 * INTERVAL_MS + MINUTE_MS);
		assert.deepEqual(window.failures, Array.from({ length: 6 }, () => problem));
		assert.deepEqual(window.sync.status.failures.map(({ error }) => error), [problem, problem, problem]);
		window.problem = undefined;
		await h.clock.advance(INTERVAL_MS);
		assert.deepEqual(window.sync.status.failures, []);
		assert.deepEqual(h.takeRequests(), probes(3));
	});
});
