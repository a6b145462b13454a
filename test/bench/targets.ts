import { amount, bytes, time } from './report';
import type { Measurement } from './measurement';

/** What was measured of the seeder on one repository. */
export interface Figures {
	size: number;
	first: Measurement;
	unchanged: Measurement;
	/** When the first pull requests of the repository were stored. */
	early: { peakBytes: number; heldBytes: number };
}

/** How many pull requests are stored when the memory of the early part is read. */
export const EARLY = 500;
/** Two runs of the very same thing differ by so much. */
const SAME_MEMORY = 1.1;

/** One line for each target: whether it is met, and by what figure. */
export function targetLines(all: readonly Figures[]): string[] {
	const largest = all.at(-1);
	if (!largest) {
		return [];
	}
	const { unchanged } = largest;
	const on = `no change on ${amount(largest.size)} stored`;
	const smallest = all[0] ?? largest;
	return [
		line(unchanged.server.graphql === 1 && unchanged.server.rest === 0, `${on}: 1 request`, amount(unchanged.server.graphql + unchanged.server.rest)),
		line(unchanged.server.points <= 2, `${on}: at most 2 points`, amount(unchanged.server.points)),
		line(
			unchanged.ownMs < 400,
			`${on}: under 400 ms of our own, in a fresh process, from opening the database and the cache to everything being on disk`,
			`${time(unchanged.ownMs)} (at least ${time(unchanged.leastOwnMs)}, processor ${time(unchanged.cpuMs)}), the database open after ${time(unchanged.openMs)}, most of it under the request; ${time(unchanged.ownSinceStartMs)} with the start of Node and the loading of the script`,
		),
		line(
			smallest.first.server.points - smallest.first.server.overflowPoints <= 70 || smallest.size !== 500,
			`first run of ${amount(smallest.size)}: at most 70 points besides overflow pages`,
			amount(smallest.first.server.points - smallest.first.server.overflowPoints),
		),
		line(all.every(({ first }) => first.server.rest === 0), 'first run: 0 REST requests', all.map(({ first }) => amount(first.server.rest)).join(', ')),
		...all.map(({ size, first }) =>
			line(first.ownMs <= first.wallMs * 0.1, `first run of ${amount(size)}: our own time at most 10 % of the wall`, `${((100 * first.ownMs) / first.wallMs).toFixed(1)} % (at least ${time(first.leastOwnMs)} of ${time(first.wallMs)}, processor ${time(first.cpuMs)})`),
		),
		...all.map(({ size, first }) =>
			line((first.firstRowsMs ?? Infinity) <= 1500, `first run of ${amount(size)}: first rows stored within 1.5 s`, time(first.firstRowsMs ?? Infinity)),
		),
		memoryLine(all),
	];
}

/** More to come may not need more memory; that it needs a little less is chance. */
function memoryLine(all: readonly Figures[]): string {
	const peaks = all.map(({ early }) => early.peakBytes);
	const held = all.map(({ early }) => early.heldBytes);
	const flat = [peaks, held].every(([smallest = 0, ...larger]) => larger.every((bytes) => bytes <= smallest * SAME_MEMORY));
	const sizes = all.map(({ size }) => amount(size)).join(', ');
	return line(
		flat,
		`memory is flat in the number still to come: after the first ${EARLY} of ${sizes}`,
		`peak ${peaks.map(bytes).join(', ')}; held by the main thread ${held.map(bytes).join(', ')}`,
	);
}

/** A target, whether it is met, and by what figure. */
export function line(met: boolean, target: string, figure: string): string {
	return `${met ? 'PASS' : 'FAIL'}  ${target}: ${figure}`;
}
