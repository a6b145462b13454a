import type { ReadName, ReadParameters, ReadResult, StoreReads } from './reads';

/**
 * The queries of a store, each passed on by its name. Of `reads.ts` this takes the types alone, so that a thread that only asks
 * does not load the queries.
 */
export function readsBy(ask: <N extends ReadName>(name: N, parameters: ReadParameters<N>) => Promise<ReadResult<N>>): StoreReads {
	return new Proxy({} as StoreReads, {
		get: (_, name) => (...parameters: never[]) => ask(name as ReadName, parameters as never),
	});
}
