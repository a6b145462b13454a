// One run of one pattern in a process of its own: run.tool.mjs ORDER, a RunOrder as JSON
import { runFirstDesign } from './firstDesign';
import { runGhList } from './ghList';
import type { RunOrder, RunResult } from './protocol';
import { runSeeder } from './seederRun';

/** What a pattern tells of its run; the rest is measured from outside. */
export type Outcome = Pick<RunResult, 'seen' | 'pullRequests'> & Partial<Pick<RunResult, 'openMs' | 'firstRowsMs' | 'heldBytes' | 'writes' | 'writtenBytes'>>;

const order = JSON.parse(process.argv[2] ?? '') as RunOrder;
const patterns: Record<RunOrder['pattern'], (order: RunOrder) => Promise<Outcome>> = {
	'PR Seeder': runSeeder,
	'first design': runFirstDesign,
	'gh pr list': runGhList,
};
const cpuBefore = process.cpuUsage();
const began = performance.now();
const outcome = await patterns[order.pattern](order);
const sinceStartMs = performance.now();
const cpu = process.cpuUsage(cpuBefore);
const result: RunResult = {
	openMs: 0,
	firstRowsMs: undefined,
	heldBytes: undefined,
	writes: 0,
	writtenBytes: 0,
	...outcome,
	wallMs: sinceStartMs - began,
	sinceStartMs,
	cpuMs: (cpu.user + cpu.system) / 1000,
	peakBytes: process.resourceUsage().maxRSS * 1024,
};
process.send?.(result, () => process.disconnect());
