import { cpus, loadavg } from 'node:os';
import type { Measurement } from './measurement';

/** One kind of run with what each pattern took for it. */
export interface Section {
	title: string;
	measurements: Measurement[];
}

const HEAD = ['run', 'pattern', 'requests', 'points', 'bytes', 'no latency', 'modelled time', 'ratio', 'own time', 'processor', 'first rows', 'peak memory', 'PRs read'];

/** One repository's table, in Markdown. The ratio is to the first pattern of each run. */
export function table(size: number, sections: readonly Section[]): string {
	const rows = sections.flatMap(({ title, measurements }) => {
		const [ours] = measurements;
		return measurements.map((one, index) => [
			index === 0 ? title : '',
			one.pattern,
			one.server.rest === 0 ? amount(one.server.graphql) : `${amount(one.server.graphql)} + ${amount(one.server.rest)} REST`,
			amount(one.server.points),
			bytes(one.server.bytes),
			time(one.quickMs),
			`${time(one.wallMs)}${one.basis === 'modelled' ? ' (modelled)' : ''}`,
			ours ? `${(one.wallMs / ours.wallMs).toPrecision(2)}×` : '',
			`${time(one.ownMs)} (${((100 * one.ownMs) / one.wallMs).toFixed(1)} %)`,
			time(one.cpuMs),
			one.firstRowsMs === undefined ? '' : time(one.firstRowsMs),
			bytes(one.peakBytes),
			amount(one.seen),
		]);
	});
	return [`### ${amount(size)} pull requests`, '', row(HEAD), row(HEAD.map((_, index) => (index < 2 ? '---' : '---:'))), ...rows.map(row), ''].join('\n');
}

/** A row of a table in Markdown. */
export function row(cells: readonly string[]): string {
	return `| ${cells.join(' | ')} |`;
}

/** What the figures hold for. */
export function machine(rounds: number): string {
	return `Node ${process.versions.node}, ${cpus().length} cores, ${process.platform} ${process.arch}; medians of up to ${rounds} rounds.`;
}

/** How many processes wanted a core in the last minute, the benchmark's own two among them. */
export function load(): string {
	const [now = 0] = loadavg();
	const busy = now > cpus().length + 1 ? ': others wanted the cores too, so times are upper bounds' : '';
	return `Load average ${now.toFixed(1)} on ${cpus().length} cores${busy}.`;
}

export function amount(value: number): string {
	return value.toLocaleString('en-US');
}

export function bytes(value: number): string {
	return value < 1_000_000 ? `${(value / 1000).toFixed(0)} kB` : `${(value / 1_000_000).toPrecision(3)} MB`;
}

export function time(ms: number): string {
	if (ms < 1000) {
		return `${ms.toFixed(0)} ms`;
	}
	return ms < 120_000 ? `${(ms / 1000).toPrecision(3)} s` : `${(ms / 60_000).toPrecision(3)} min`;
}
