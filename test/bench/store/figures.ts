import type { Stall } from './stallMeter';

/** What one run of the store gave. Times are milliseconds; of what was done several times, the least. */
export interface StoreRun {
	writeMs: number;
	/** Processor time of all threads. */
	writeCpuMs: number;
	saveMs: number;
	openMs: number;
	queries: { name: string; ms: number }[];
	fileBytes: number;
	/** Of the whole process. */
	peakBytes: number;
	writeStall: Stall;
	saveStall: Stall;
	openStall: Stall;
	queryStall: Stall;
	/** Through the cache, as a seed does it; for one size. */
	follow?: { ms: number; stall: Stall };
}

/** The same writes with `node:sqlite`. */
export interface NativeRun {
	writeMs: number;
	writeCpuMs: number;
}
