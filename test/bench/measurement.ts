import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAlone, type ServerProcess } from './processes';
import { REPOSITORY, type Change, type Pattern, type RunResult, type ServerLog } from './protocol';

/** How the time at the modelled latency came about: waited for, or worked out from the request log. */
export type Basis = 'real' | 'modelled';

/** What one pattern took for one kind of run; the middle values of all rounds. */
export interface Measurement {
	pattern: Pattern;
	rounds: number;
	server: ServerLog;
	/** Without latency. */
	quickMs: number;
	/** At the modelled latency. */
	wallMs: number;
	/** Of that, what the server did not take. */
	ownMs: number;
	/** The least of all rounds, with latency or without: the one that the machine's other work disturbed least. */
	leastOwnMs: number;
	/** The same and Node's own start. */
	ownSinceStartMs: number;
	/** Of it, the opening of the database. */
	openMs: number;
	/** Processor time of all threads, which the machine's other work does not add to. */
	cpuMs: number;
	firstRowsMs: number | undefined;
	peakBytes: number;
	seen: number;
	basis: Basis;
}

export interface Kind {
	change: Change;
	/** On an empty storage folder each time. */
	fresh: boolean;
	/** With nothing read from the cache or written to it: the seeder alone knows of that. */
	noCache?: boolean;
	rounds: number;
	basis: Basis;
}

interface Round {
	result: RunResult;
	log: ServerLog;
}

/** Runs patterns against one server, and keeps a storage folder for each. */
export class Bench {
	private readonly storages = new Map<Pattern, string>();
	private changes = 0;

	constructor(
		private readonly server: ServerProcess,
		private readonly profile: string | undefined,
	) {}

	/** Every pattern meets the same changes, right after one another. */
	async measure(patterns: readonly Pattern[], kind: Kind): Promise<Measurement[]> {
		const quick = await this.rounds(patterns, kind, false);
		const slow = kind.basis === 'real' ? await this.rounds(patterns, kind, true) : undefined;
		return patterns.map((pattern) => summary(pattern, kind, quick.get(pattern) ?? [], slow?.get(pattern)));
	}

	/** What is held, and what was needed at most, when the first so many pull requests of the repository are stored. */
	async memoryAt(listed: number): Promise<RunResult> {
		const storage = await mkdtemp(join(tmpdir(), 'pr-seeder-bench-'));
		await this.server.do({ kind: 'begin', waits: false });
		const result = await runAlone({ pattern: 'PR Seeder', url: this.server.url, repository: REPOSITORY, storage, stopWhenListed: listed });
		await rm(storage, { recursive: true, force: true });
		return result;
	}

	async stop(): Promise<void> {
		await Promise.all([...this.storages.values()].map((storage) => rm(storage, { recursive: true, force: true })));
		await this.server.stop();
	}

	private async rounds(patterns: readonly Pattern[], kind: Kind, waits: boolean): Promise<Map<Pattern, Round[]>> {
		const rounds = new Map<Pattern, Round[]>(patterns.map((pattern) => [pattern, []]));
		for (let round = 0; round < kind.rounds; round++) {
			if (kind.change !== 'nothing') {
				await this.server.do({ kind: 'change', change: kind.change, round: this.changes++ });
			}
			for (const pattern of patterns) {
				rounds.get(pattern)?.push(await this.run(pattern, waits, kind));
			}
		}
		return rounds;
	}

	private async run(pattern: Pattern, waits: boolean, { fresh, noCache }: Kind): Promise<Round> {
		await this.server.do({ kind: 'begin', waits });
		const storage = await this.storage(pattern, fresh);
		const result = await runAlone({ pattern, url: this.server.url, repository: REPOSITORY, storage, ...(noCache ? { noCache } : {}) }, this.profile);
		return { result, log: await this.server.log() };
	}

	private async storage(pattern: Pattern, fresh: boolean): Promise<string> {
		let folder = this.storages.get(pattern);
		if (folder === undefined || fresh) {
			if (folder !== undefined) {
				await rm(folder, { recursive: true, force: true });
			}
			folder = await mkdtemp(join(tmpdir(), 'pr-seeder-bench-'));
			this.storages.set(pattern, folder);
		}
		return folder;
	}
}

function summary(pattern: Pattern, kind: Kind, quick: Round[], slow: Round[] | undefined): Measurement {
	const rounds = slow ?? quick;
	const middle = (of: (round: Round) => number): number => median(rounds.map(of));
	// Answers wait, one after another, so their times add up to what the pattern would have waited.
	const more = (log: ServerLog): number => (slow ? 0 : log.modelMs);
	const wallMs = ({ result, log }: Round): number => result.wallMs + more(log);
	const ownMs = ({ result, log }: Round): number => result.wallMs - log.busyMs;
	const [first] = rounds;
	if (!first) {
		throw new Error('A measurement needs a round.');
	}
	// Without latency the server's own work is the same, so it stays in the sum.
	const firstRows = rounds.map(({ result, log }) => (result.firstRowsMs === undefined ? undefined : result.firstRowsMs + more(log)));
	return {
		pattern,
		rounds: kind.rounds,
		server: first.log,
		quickMs: median(quick.map(({ result }) => result.wallMs)),
		wallMs: middle(wallMs),
		ownMs: middle(ownMs),
		leastOwnMs: Math.min(...[...quick, ...rounds].map(ownMs)),
		ownSinceStartMs: middle(({ result, log }) => result.sinceStartMs - log.busyMs),
		openMs: middle(({ result }) => result.openMs),
		cpuMs: middle(({ result }) => result.cpuMs),
		firstRowsMs: firstRows.some((ms) => ms === undefined) ? undefined : median(firstRows.filter((ms) => ms !== undefined)),
		peakBytes: middle(({ result }) => result.peakBytes),
		seen: first.result.seen,
		basis: kind.basis,
	};
}

function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const half = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
