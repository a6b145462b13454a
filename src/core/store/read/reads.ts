import type { Connection } from '../sqlite/connection';
import { branchFacts } from './branchFacts';
import { burnUp } from './burnUp';
import { changes } from './changes';
import { groups } from './groups';
import { mergedGroups } from './mergedGroups';
import { mergedMilestones } from './mergedMilestones';
import { milestones } from './milestones';
import { myFacts } from './myFacts';
import { withOpenTurns } from './openTurns';
import { pullRequestDetail } from './pullRequestDetail';
import { pullRequestRecords } from './pullRequestRecords';
import { countPullRequests, pullRequestNumbers, pullRequests } from './pullRequests';
import { repositories, standing } from './repositories';
import { turnFacts } from './turnFacts';
import { updates } from './updates';
import { viewers } from './viewers';
import { workload } from './workload';

/** Every query that a store answers: a function of a connection and its own parameters. A new one is written in a file of this folder and named here. */
export const READS = {
	branchFacts,
	burnUp,
	changes,
	countPullRequests,
	groups,
	mergedGroups,
	mergedMilestones,
	milestones,
	myFacts,
	pullRequestDetail,
	pullRequestNumbers,
	pullRequestRecords,
	pullRequests,
	repositories,
	standing,
	turnFacts,
	updates,
	viewers,
	workload,
} as const satisfies Record<string, (connection: Connection, ...parameters: never[]) => unknown>;

export type ReadName = keyof typeof READS;

/** What a query takes besides the connection. */
export type ReadParameters<N extends ReadName> = Parameters<(typeof READS)[N]> extends [Connection, ...infer P] ? P : never;

export type ReadResult<N extends ReadName> = ReturnType<(typeof READS)[N]>;

/** The queries as a store offers them, each with its answer to come. */
export type StoreReads = { readonly [N in ReadName]: (...parameters: ReadParameters<N>) => Promise<ReadResult<N>> };

/** A store as far as some of its queries go. */
export interface StoreWith<N extends ReadName> {
	readonly read: Pick<StoreReads, N>;
}

/** Runs a query by its name. */
export function runRead<N extends ReadName>(connection: Connection, name: N, parameters: ReadParameters<N>): ReadResult<N> {
	// A table of functions of different parameters can only be called by name with what goes with the name.
	const read = READS[name] as unknown as (connection: Connection, ...parameters: ReadParameters<N>) => ReadResult<N>;
	return withOpenTurns(connection, () => read(connection, ...parameters));
}
