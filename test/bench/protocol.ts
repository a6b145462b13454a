/** What the processes of the benchmark say to each other. */

/** Who asks: the seeder, or one of the patterns that it stands beside. */
export const PATTERNS = ['PR Seeder', 'first design', 'gh pr list'] as const;
export type Pattern = (typeof PATTERNS)[number];

/** What happens on the server before a run. */
export type Change = 'nothing' | 'five' | 'label' | 'each';

export type ServerCommand =
	/** Forgets the log; from here on answers take the modelled time, or come at once. */
	| { kind: 'begin'; waits: boolean }
	| { kind: 'change'; change: Change; round: number }
	| { kind: 'log' };

/** What the server has seen since the last `begin`. */
export interface ServerLog {
	graphql: number;
	rest: number;
	/** GraphQL points. */
	points: number;
	/** Those of them that went into the rest of lists longer than a page. */
	overflowPoints: number;
	/** Of response bodies. */
	bytes: number;
	/** Rows served. */
	nodes: number;
	/** What the answers take by the model, added up, whether they waited so long or not. */
	modelMs: number;
	/** From each request's last byte to its answer's, added up; the patterns ask for one thing at a time. */
	busyMs: number;
}

/** One run, to be made in a process of its own. */
export interface RunOrder {
	pattern: Pattern;
	url: string;
	repository: string;
	/** To be seeded in the same run, by the seeder alone. */
	others?: readonly string[];
	/** Where the pattern keeps what it knows between two runs. */
	storage: string;
	noCache?: boolean;
	/** Stop as soon as so many pull requests are listed and stored: what does it take to hold these? */
	stopWhenListed?: number;
}

export interface RunResult {
	wallMs: number;
	/** The same and Node's own start with the loading of the script. */
	sinceStartMs: number;
	/** Processor time of all threads over `wallMs`. */
	cpuMs: number;
	/** Until the database was open; the first request goes out before. */
	openMs: number;
	/** Until rows could be read from what is stored; `undefined` when there were some before. */
	firstRowsMs: number | undefined;
	peakBytes: number;
	/** The main thread's heap and buffers after a collection, when the run was stopped early. */
	heldBytes: number | undefined;
	/** Pull requests that were read anew. */
	seen: number;
	pullRequests: number;
	/** How often the database was written, and how much that was. */
	writes: number;
	writtenBytes: number;
}

export const TOKEN = 'bench-token';
export const REPOSITORY = 'octo-bench/synthetic';

/** Names of so many repositories; of one, {@link REPOSITORY}. */
export function repositoryNames(count: number): string[] {
	return count === 1 ? [REPOSITORY] : Array.from({ length: count }, (_, index) => `${REPOSITORY}-${index + 1}`);
}
