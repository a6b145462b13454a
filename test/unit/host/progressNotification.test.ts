import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { SeedProgress } from '../../../src/core/sync/seedReport';
import { ProgressNotification } from '../../../src/host/seed/progressNotification';
import { english } from './english';

const start = new Date(2026, 0, 1, 13, 53).getTime();
const paused: SeedProgress = { nameWithOwner: 'octo/harbor', phase: 'waiting', done: 0, total: 0, pausedUntil: start + 12 * 60_000 };
const details: SeedProgress = { nameWithOwner: 'octo/harbor', phase: 'details', done: 5, total: 10 };

describe('the notification of a seed', () => {
	let now = start;
	let steps: { message: string; increment?: number }[];
	let notification: ProgressNotification;

	beforeEach(() => {
		mock.timers.enable({ apis: ['setInterval'] });
		now = start;
		steps = [];
		notification = new ProgressNotification({ report: (step) => steps.push(step), limits: () => undefined, clock: { now: () => now }, l10n: english });
	});

	afterEach(() => {
		notification.dispose();
		mock.timers.reset();
	});

	const pass = (ms: number) => {
		now += ms;
		mock.timers.tick(ms);
	};

	it('counts down while a run is paused, without repeating itself', () => {
		notification.show(paused);
		for (let second = 0; second < 121; second++) pass(1_000);
		assert.deepEqual(steps.map(({ message }) => message), [12, 11, 10].map((left) => `Paused (rate limit). Resumes at 14:05 (${left} min)`));
	});

	it('stops counting as soon as the run goes on, or ends', () => {
		notification.show(paused);
		notification.show(details);
		pass(300_000);
		assert.deepEqual(steps.at(-1), { message: 'Reading details of 5 of 10 pull requests', increment: 50 });
		notification.show(paused);
		notification.dispose();
		const before = steps.length;
		pass(300_000);
		assert.equal(steps.length, before);
	});

	it('does not seem to begin anew when a first run looks for what changed meanwhile', () => {
		const probing: SeedProgress = { ...details, phase: 'probing', done: 0, total: 0 };
		for (const progress of [probing, details, probing]) notification.show(progress);
		assert.deepEqual(steps.map(({ message }) => message), ['Looking for changes', 'Reading details of 5 of 10 pull requests', 'Checking for changes since']);
	});

	it('moves the bar forward only, by what is new', () => {
		for (const done of [5, 5, 4, 7]) notification.show({ ...details, done });
		notification.show({ ...details, phase: 'checks', done: 10 });
		assert.deepEqual(steps.flatMap(({ increment }) => increment ?? []), [50, 20]);
	});
});
