import assert from 'node:assert/strict';
import { Dialect } from '../../../src/core/github/dialect';
import { TransientError } from '../../../src/core/github/errors';
import { RateBudget } from '../../../src/core/github/rateBudget';
import { AdaptiveBatch } from '../../../src/core/sync/adaptiveBatch';
import { Governor } from '../../../src/core/sync/governor';

/** A governor whose time passes only in its own waits, and as a test says. */
function governed(random = 0, waitForReset = true) {
	const time = { now: 0, sleeps: [] as number[] };
	const clock = {
		now: () => time.now,
		steady: () => time.now,
		sleep: (ms: number) => {
			time.sleeps.push(ms);
			time.now += ms;
			return Promise.resolve();
		},
	};
	const budget = new RateBudget(clock);
	const governor = new Governor({
		clock,
		budget,
		dialect: new Dialect('token'),
		waitForReset,
		maxWaitMs: 3_600_000,
		random: () => random,
		signal: undefined,
		onWait: () => undefined,
	});
	return { time, budget, governor };
}

describe('governor', () => {
	it('keeps to 900 requests a minute where the host tells no limits', async () => {
		const { governor, time } = governed();
		for (let i = 0; i < 1_800; i++) {
			await governor.run('graphql', () => Promise.resolve());
			time.now += 10;
		}
		// 900 requests take 9 s here; the rest of the minute is waited for.
		assert.deepEqual(time.sleeps, [51_000]);
	});

	it('sends as fast as answers come where limits are told', async () => {
		const { governor, time, budget } = governed();
		budget.observe('graphql', new Headers({ 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '4000', 'x-ratelimit-reset': '3600' }));
		for (let i = 0; i < 1_000; i++) {
			await governor.run('graphql', () => Promise.resolve());
		}
		assert.deepEqual(time.sleeps, []);
	});

	for (const [random, expected] of [
		[0, [1_000, 2_000, 4_000]],
		[1, [1_250, 2_500, 5_000]],
	] as const) {
		it(`backs off exponentially, with jitter (random ${random})`, async () => {
			const { governor, time } = governed(random);
			let attempts = 0;
			const failing = () => {
				attempts++;
				return Promise.reject(new TransientError('github.com', 'server', 502));
			};
			await assert.rejects(governor.run('graphql', failing), TransientError);
			assert.equal(attempts, 4);
			assert.deepEqual(time.sleeps, expected);
		});
	}

	it('gives up soon where nobody has answered yet, and not so soon once somebody has', async () => {
		const { governor, time } = governed();
		const offline = () => governor.run('graphql', () => Promise.reject(new TransientError('github.com', 'network', undefined)));
		await assert.rejects(offline(), TransientError);
		assert.deepEqual(time.sleeps, [1_000]);
		await governor.run('graphql', () => Promise.resolve());
		time.sleeps.length = 0;
		await assert.rejects(offline(), TransientError);
		assert.deepEqual(time.sleeps, [1_000, 2_000, 4_000]);
	});

	for (const reason of ['size', 'depth'] as const) {
		it(`does not ask again for what was refused for its ${reason}, unless less can be asked for`, async () => {
			const { governor, time } = governed();
			const asked: number[] = [];
			const refused = ({ size }: { size: number }) => {
				asked.push(size);
				return Promise.reject(new TransientError('github.com', reason, 200));
			};
			await assert.rejects(governor.run('graphql', refused), TransientError);
			await assert.rejects(governor.run('graphql', refused, { sizes: new AdaptiveBatch(8, 50), items: 50 }), TransientError);
			assert.deepEqual(asked, reason === 'size' ? [1, 8, 4, 2, 1] : [1, 8]);
			assert.deepEqual(time.sleeps, []);
		});
	}

	it('asks again at most once, and for less, for what did not come in time where nobody wants to wait', async () => {
		const late = () => Promise.reject(new TransientError('github.com', 'timeout', undefined));
		const batch = () => ({ sizes: new AdaptiveBatch(8, 50), items: 50 });
		const hurried = governed(0, false);
		await assert.rejects(hurried.governor.run('graphql', late), TransientError);
		assert.deepEqual(hurried.time.sleeps, []);
		await assert.rejects(hurried.governor.run('graphql', late, batch()), TransientError);
		assert.deepEqual(hurried.time.sleeps, [1_000]);
		const patient = governed();
		await assert.rejects(patient.governor.run('graphql', late, batch()), TransientError);
		assert.deepEqual(patient.time.sleeps, [1_000, 2_000, 4_000]);
		const heavy = governed(0, false);
		await assert.rejects(heavy.governor.run('graphql', () => Promise.reject(new TransientError('github.com', 'timeout', 504)), batch()), TransientError);
		assert.deepEqual(heavy.time.sleeps, [1_000, 2_000, 4_000], 'the server says itself that it was too much');
	});

	it('asks for less after a failure, and for more while answers are quick', async () => {
		const { governor, time } = governed();
		const sizes = new AdaptiveBatch(20, 50);
		const asked: number[] = [];
		for (const [elapsed, fails] of [[500, true], [500, false], [500, false], [3_000, false], [500, false]] as const) {
			let failed = !fails;
			await governor.run(
				'graphql',
				({ size }) => {
					asked.push(size);
					time.now += elapsed;
					if (!failed) {
						failed = true;
						return Promise.reject(new TransientError('github.com', 'timeout', 504));
					}
					return Promise.resolve();
				},
				{ sizes, items: 1_000 },
			);
		}
		assert.deepEqual(asked, [20, 10, 12, 15, 19, 19]);
	});
});

describe('adaptive batch', () => {
	it('stays within its bounds', () => {
		const batch = new AdaptiveBatch(3, 50);
		assert.ok(batch.shrink());
		assert.equal(batch.size, 1);
		assert.ok(!batch.shrink());
		for (let i = 0; i < 100; i++) {
			batch.succeeded(0, batch.size);
		}
		assert.equal(batch.size, 50);
	});

	it('learns nothing from a batch that was not full', () => {
		const batch = new AdaptiveBatch(20, 50);
		batch.succeeded(100, 3);
		assert.equal(batch.size, 20);
	});
});
