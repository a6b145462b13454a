import assert from 'node:assert/strict';
import { join } from 'node:path';
import { nodeFiles } from '../../../src/core/files/nodeFiles';
import { parseRepository } from '../../../src/core/model/repository';
import { syntheticRepository } from '../../github-server/syntheticRepository';
import { BackgroundHarness, HOUR_MS, INTERVAL_MS, MINUTE_MS, START } from './backgroundHarness';

const probes = (count: number) => ({ operations: count === 0 ? {} : { Probe: count }, points: count });

describe('background sync', () => {
	let h: BackgroundHarness;

	beforeEach(async () => {
		h = await BackgroundHarness.start(3);
		await h.seedAll();
	});

	afterEach(() => h.stop());

	const lockFile = () => nodeFiles.read(join(h.storage, 'background.lock'));

	it('does nothing while nothing is chosen, or it is off', async () => {
		const nothing = await h.open({ repositories: [] });
		const off = await h.open({ intervalMs: 0 });
		await h.clock.advance(HOUR_MS);
		assert.deepEqual(h.takeRequests(), probes(0));
		assert.deepEqual([nothing.sync.status.role, off.sync.status.role], ['off', 'off']);
		assert.equal(await lockFile(), undefined);
	});

	it('asks once an interval for each repository, a point each when nothing changed', async () => {
		const window = await h.open();
		// Seeded a moment ago: not before an interval after that.
		await h.clock.advance(INTERVAL_MS - 1_000);
		assert.deepEqual(h.takeRequests(), probes(0));
		assert.equal(window.sync.status.nextAt, h.clock.now() + 1_000);
		await h.clock.advance(HOUR_MS);
		assert.deepEqual(h.takeRequests(), probes(4 * 3));
		assert.ok(window.reports.every(({ mode }) => mode === 'unchanged'));
		assert.deepEqual(window.failures, []);
	});

	it('brings what changed', async () => {
		const window = await h.open();
		h.world.editTitle('octo/repo-2', 1, 'Another title');
		await h.clock.advance(INTERVAL_MS);
		assert.deepEqual(window.reports.map(({ nameWithOwner, updated }) => [nameWithOwner, updated]), [['octo/repo-1', 0], ['octo/repo-2', 1], ['octo/repo-3', 0]]);
		const [row] = await window.store.read.pullRequests({ text: 'Another' }, { offset: 0, limit: 10 });
		assert.equal(row?.number, 1);
	});

	it('keeps a part up to date where a person asked for a part, and fetches no more of it', async () => {
		const name = 'octo/large';
		h.world.addRepository(syntheticRepository({ count: 400, nestedRows: 1, nameWithOwner: name, now: Date.parse(START) - HOUR_MS }));
		const ref = parseRepository(name);
		const window = await h.open({ repositories: [ref] });
		window.choose({ intervalMs: 0 });
		await h.seedBy(window, ref, { maxPullRequests: 100 });
		h.takeRequests();
		h.clock.jump(MINUTE_MS);
		h.world.editTitle(name, 400, 'Another title');
		h.clock.jump(MINUTE_MS);
		window.choose({ intervalMs: INTERVAL_MS });
		await h.clock.advance(2 * INTERVAL_MS);
		const { operations } = h.takeRequests();
		assert.deepEqual([operations['Listing'], operations['Probe']], [undefined, 2]);
		assert.deepEqual(window.reports.map(({ updated }) => updated), [1, 0]);
		const [row] = (await window.store.read.repositories()).filter(({ nameWithOwner }) => nameWithOwner === name);
		assert.equal(row?.pullRequests, 100);
	});

	it('leaves alone what a person or a command has synced meanwhile', async () => {
		const window = await h.open();
		await h.clock.advance(10 * MINUTE_MS);
		await h.seedBy(window, h.refs[0]!);
		h.takeRequests();
		await h.clock.advance(INTERVAL_MS - 10 * MINUTE_MS);
		assert.deepEqual(window.reports.map(({ nameWithOwner }) => nameWithOwner), ['octo/repo-2', 'octo/repo-3']);
		await h.clock.advance(10 * MINUTE_MS);
		assert.deepEqual(window.reports.map(({ nameWithOwner }) => nameWithOwner).slice(2), ['octo/repo-1']);
	});

	it('rests while nobody is there, and looks at once when somebody comes', async () => {
		const window = await h.open();
		window.leave(h.clock.now() + INTERVAL_MS + 1_000);
		await h.clock.advance(INTERVAL_MS);
		assert.deepEqual(h.takeRequests(), probes(3));
		await h.clock.advance(3 * HOUR_MS);
		assert.deepEqual(h.takeRequests(), probes(0));
		assert.equal(window.sync.status.role, 'off');
		assert.equal(await lockFile(), undefined, 'the lead is free for another window');
		window.focus();
		await h.clock.advance(0);
		assert.deepEqual(h.takeRequests(), probes(3));
		assert.equal(window.sync.status.role, 'leading');
	});

	it('takes up changed settings at once', async () => {
		const window = await h.open({ repositories: h.refs.slice(0, 1) });
		await h.clock.advance(10 * MINUTE_MS);
		window.choose({ intervalMs: 5 * MINUTE_MS });
		await h.clock.advance(0);
		assert.deepEqual(h.takeRequests(), probes(1));
		window.choose({ repositories: h.refs });
		await h.clock.advance(0);
		assert.deepEqual(h.takeRequests(), probes(2));
		window.choose({ repositories: [] });
		await h.clock.advance(HOUR_MS);
		assert.deepEqual(h.takeRequests(), probes(0));
		assert.equal(await lockFile(), undefined);
	});

	it('is neither hurried nor held up by a local clock that is wrong', async () => {
		for (const wrongBy of [-26 * HOUR_MS, 26 * HOUR_MS]) {
			const window = await h.open({}, { wrongBy });
			await h.clock.advance(2 * HOUR_MS + MINUTE_MS);
			await window.close();
			const { Probe = 0 } = h.takeRequests().operations;
			// A clock that is ahead takes what it sees first for old: one round more.
			assert.ok(Probe === 8 * 3 || Probe === 9 * 3, `${Probe} probes with a clock that is off by ${wrongBy}`);
		}
	});

	it('ends with the window: no timer, no lock', async () => {
		const window = await h.open();
		await h.clock.advance(MINUTE_MS);
		assert.ok(await lockFile());
		await window.close();
		assert.equal(await lockFile(), undefined);
		await h.clock.advance(HOUR_MS);
		assert.deepEqual(h.takeRequests(), probes(0));
	});
});
