import { amount, bytes, time } from '../report';
import type { NativeRun, StoreRun } from './figures';
import { NESTED_ROWS } from './sample';
import type { Stall } from './stallMeter';

/** All rounds of one size. */
export interface Sized {
	size: number;
	ours: StoreRun[];
	native: NativeRun[];
}

const STALLS = ['writeStall', 'saveStall', 'openStall', 'queryStall'] as const;
const LONGEST_STALL_MS = 20;

/** The tables, and a line for each target. */
export function report(all: readonly Sized[]): string[] {
	return [...table(all), '', ...queryTable(all), '', ...followLines(all), ...targets(all)];
}

function table(all: readonly Sized[]): string[] {
	const rows = all.map(({ size, ours, native }) => {
		const stalls = ours.flatMap(stallsOf);
		return [
			amount(size),
			amount(rate(size, ours)),
			native.length === 0 ? 'not measured' : amount(rate(size, native)),
			native.length === 0 ? '' : `${ratio(ours, native).toFixed(2)} (${cpuRatio(ours, native).toFixed(2)})`,
			time(least(ours, ({ saveMs }) => saveMs)),
			time(least(ours, ({ openMs }) => openMs)),
			bytes(ours[0]?.fileBytes ?? 0),
			bytes(Math.max(...ours.map(({ peakBytes }) => peakBytes))),
			`${least(ours, (run) => Math.max(...stallsOf(run).map(({ ownMs }) => ownMs))).toFixed(0)} ms (${Math.max(...stalls.map(({ longestMs }) => longestMs)).toFixed(0)} ms)`,
		];
	});
	return markdown(
		['pull requests', 'rows/s written', 'node:sqlite', 'ratio (of processor time)', 'save', 'open', 'file', 'peak memory', "caller's longest stall (with waits for a core)"],
		rows,
	);
}

function queryTable(all: readonly Sized[]): string[] {
	const names = all[0]?.ours[0]?.queries.map(({ name }) => name) ?? [];
	return markdown(
		['what the views ask', ...all.map(({ size }) => `at ${amount(size)}`)],
		names.map((name) => [name, ...all.map(({ ours }) => `${queryMs(ours, name).toFixed(1)} ms`)]),
	);
}

/** The way of a seed: cache, database, index and saving. */
function followLines(all: readonly Sized[]): string[] {
	return all.flatMap(({ size, ours }) => {
		const runs = ours.flatMap(({ follow }) => follow ?? []);
		if (runs.length === 0) {
			return [];
		}
		const ms = Math.min(...runs.map((run) => run.ms));
		const stall = Math.min(...runs.map((run) => run.stall.ownMs));
		return [`${amount(size)} pull requests through the cache into the database, with journal, index and save: ${time(ms)}; the caller's longest stall ${stall.toFixed(0)} ms.`, ''];
	});
}

function targets(all: readonly Sized[]): string[] {
	const of = (size: number) => all.find((one) => one.size === size);
	const lines: string[] = [];
	const line = (isMet: boolean, what: string, figure: string) => lines.push(`- ${isMet ? 'PASS' : 'FAIL'} ${what}: ${figure}`);
	for (const { size, ours, native } of all) {
		if (native.length > 0) {
			const found = ratio(ours, native);
			line(found >= 0.7, `${amount(size)} written at 0.7 of node:sqlite's rate or more`, found.toFixed(2));
		}
	}
	const [middle, large] = [of(10_000), of(100_000)];
	if (middle) {
		const openMs = least(middle.ours, (run) => run.openMs);
		const saveMs = least(middle.ours, (run) => run.saveMs);
		line(openMs <= 300, '10,000 open within 300 ms', time(openMs));
		line(saveMs <= 500, '10,000 save within 500 ms', time(saveMs));
	}
	if (large) {
		const openMs = least(large.ours, (run) => run.openMs);
		line(openMs <= 2_000, '100,000 open within 2 s', time(openMs));
		const [slowest] = (large.ours[0]?.queries ?? []).map(({ name }) => ({ name, ms: queryMs(large.ours, name) })).sort((a, b) => b.ms - a.ms);
		line((slowest?.ms ?? 0) <= 30, 'any query of the views within 30 ms at 100,000', `${slowest?.ms.toFixed(1) ?? ''} ms (${slowest?.name ?? ''})`);
		const peak = Math.max(...large.ours.map(({ peakBytes }) => peakBytes));
		line(peak <= 1e9, 'memory at 100,000 at most 1 GB', bytes(peak));
	}
	const stalls = all.map(({ ours }) => least(ours, (run) => Math.max(...stallsOf(run).map(({ ownMs }) => ownMs))));
	line(Math.max(...stalls) <= LONGEST_STALL_MS, `the caller's loop never stalls over ${LONGEST_STALL_MS} ms`, `${Math.max(...stalls).toFixed(0)} ms`);
	return lines;
}

function stallsOf(run: StoreRun): Stall[] {
	return [...STALLS.map((name) => run[name]), ...(run.follow ? [run.follow.stall] : [])];
}

/** Of the round that the machine's other work disturbed least. */
function least(runs: readonly StoreRun[], of: (run: StoreRun) => number): number {
	return Math.min(...runs.map(of));
}

function queryMs(runs: readonly StoreRun[], name: string): number {
	return least(runs, ({ queries }) => queries.find((query) => query.name === name)?.ms ?? Infinity);
}

function rate(size: number, runs: readonly { writeMs: number }[]): number {
	return Math.round((size * (NESTED_ROWS + 1) * 1000) / Math.min(...runs.map(({ writeMs }) => writeMs)));
}

function ratio(ours: readonly StoreRun[], native: readonly NativeRun[]): number {
	return Math.min(...native.map(({ writeMs }) => writeMs)) / Math.min(...ours.map(({ writeMs }) => writeMs));
}

function cpuRatio(ours: readonly StoreRun[], native: readonly NativeRun[]): number {
	return Math.min(...native.map(({ writeCpuMs }) => writeCpuMs)) / Math.min(...ours.map(({ writeCpuMs }) => writeCpuMs));
}

function markdown(head: string[], rows: string[][]): string[] {
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)];
}
