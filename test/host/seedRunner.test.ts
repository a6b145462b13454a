import assert from 'node:assert/strict';
import { RateBudget } from '../../src/core/github/rateBudget';
import { CancelledError, HumanError } from '../../src/core/model/humanError';
import type { SeedService } from '../../src/core/seedService';
import type { RepositoryReport, SeedReport } from '../../src/core/sync/seedReport';
import { SeedRunner } from '../../src/host/seed/seedRunner';

const harbor = { host: 'github.com', owner: 'octo', name: 'harbor' };
const done: RepositoryReport = {
	nameWithOwner: 'octo/harbor',
	mode: 'full',
	pullRequests: 1,
	added: 1,
	updated: 0,
	removed: 0,
	partial: [],
	pending: [],
	totalCount: null,
	unreadable: [], mended: [], withheld: 0, compared: null,
	durationMs: 0,
	notes: [],
	requests: { graphql: 1, rest: 0, notModified: 0 },
	points: 1,
	waitedMs: 0,
};
const reportOf = (more: Partial<SeedReport>): SeedReport => ({ repositories: [], failures: [], rateLimit: { graphql: null, rest: null }, ...more });

/** A runner over a core that does what `seed` says. */
function runnerOver(seed: SeedService['seed'], makeWay = () => Promise.resolve()) {
	const budget = new RateBudget({ now: () => 0, steady: () => 0 });
	const service = { seed, budget: () => budget } as unknown as SeedService;
	const sessions = { ask: (host: string) => Promise.resolve({ host, apiUrl: '', account: '1', token: 'secret' }) };
	return new SeedRunner(() => Promise.resolve(service), sessions, { seedOptions: () => ({}) }, { now: () => 0 }, makeWay);
}

describe('the runner of seeds', () => {
	it('lets a second request join the first, whatever the spelling', async () => {
		let calls = 0;
		let finish = (): void => undefined;
		const runner = runnerOver(async () => {
			calls++;
			await new Promise<void>((resolve) => (finish = resolve));
			return reportOf({ repositories: [done] });
		});
		const first = runner.run(harbor);
		const second = runner.run({ ...harbor, owner: 'Octo' });
		assert.equal(first, second);
		assert.equal(runner.isRunning(harbor), true);
		while (calls === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		finish();
		assert.deepEqual(await first, done);
		assert.deepEqual([calls, runner.isRunning(harbor), runner.activity.running.size], [1, false, 0]);
		runner.dispose();
	});

	it('begins once a sync without a person has made way', async () => {
		let free = false;
		const runner = runnerOver(
			() => {
				assert.ok(free);
				return Promise.resolve(reportOf({ repositories: [done] }));
			},
			async () => {
				await new Promise((resolve) => setTimeout(resolve, 5));
				free = true;
			},
		);
		assert.deepEqual(await runner.run(harbor), done);
		runner.dispose();
	});

	it('tells how far it is', async () => {
		const runner = runnerOver((_refs, _options, { onProgress }) => {
			onProgress?.({ nameWithOwner: 'octo/harbor', phase: 'listing', done: 1, total: 3 });
			assert.deepEqual([...runner.activity.running.values()].map((progress) => progress?.done), [1]);
			return Promise.resolve(reportOf({ repositories: [done] }));
		});
		let changes = 0;
		runner.onDidChange(() => changes++);
		await runner.run(harbor);
		assert.ok(changes >= 3, `${changes} changes`);
		runner.dispose();
	});

	it('fails with the failure of the report, and can be asked again', async () => {
		let calls = 0;
		const runner = runnerOver(() =>
			Promise.resolve(
				++calls === 1
					? reportOf({ failures: [{ nameWithOwner: 'octo/harbor', error: new HumanError('no such repository'), resumable: false }] })
					: reportOf({ repositories: [done] }),
			),
		);
		await assert.rejects(runner.run(harbor), /no such repository/);
		assert.match(String(runner.activity.lastFailure), /no such repository/);
		await runner.run(harbor);
		assert.equal(runner.activity.lastFailure, undefined);
		runner.dispose();
	});

	it('stops what is running when the window closes', async () => {
		const runner = runnerOver(
			(_refs, _options, { signal }) =>
				new Promise((resolve) =>
					signal?.addEventListener('abort', () =>
						resolve(reportOf({ failures: [{ nameWithOwner: 'octo/harbor', error: new CancelledError(), resumable: true }] })),
					),
				),
		);
		const failed = assert.rejects(runner.run(harbor), CancelledError);
		while (runner.activity.running.size === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		await new Promise((resolve) => setTimeout(resolve, 50));
		await runner.stop();
		await failed;
		assert.equal(runner.activity.lastFailure, undefined);
		runner.dispose();
	});
});
