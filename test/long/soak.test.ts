import assert from 'node:assert/strict';
import { Random } from '../github-server/random';
import { soak } from '../unit/background/soak';

const ROUNDS_PER_HOUR = 4;
const MOST_GROWTH_BYTES = 8 * 1024 * 1024;

describe('a day of background sync over 20 repositories in two windows', () => {
	it('costs what the arithmetic says, leaves nothing stale, and does not grow', async function () {
		this.timeout(600_000);
		const seed = Number(process.env['SOAK_SEED'] ?? Date.now());
		const started = performance.now();
		const { heap, points, requests, rounds } = await soak({ count: 20, rounds: 24 * ROUNDS_PER_HOUR, random: new Random(seed) });
		const [early, late] = [heap.slice(8, 24), heap.slice(-16)].map((samples) => Math.min(...samples)) as [number, number];
		const seconds = Math.round((performance.now() - started) / 1000);
		const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);
		console.log(`    seed ${seed}: ${rounds} rounds, ${requests} requests, ${points} points, ${megabytes(early)} → ${megabytes(late)} MB, ${seconds} s`);
		assert.ok(late - early < MOST_GROWTH_BYTES, `${megabytes(early)} MB early, ${megabytes(late)} MB late`);
	});
});
