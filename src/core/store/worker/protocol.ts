import type { ReadName, ReadParameters } from '../read/reads';
import type { Store, StoreChange } from '../store';
import type { WireError } from './wireError';

/**
 * What the two sides of a store's thread say to each other. Every message can be cloned by the platform
 * (https://html.spec.whatwg.org/multipage/structured-data.html), so any kind of worker can carry it.
 */
export interface Port<Outgoing, Incoming> {
	postMessage(message: Outgoing): void;
	/** There is one listener; messages that came before it are delivered to it. */
	onMessage(listener: (message: Incoming) => void): void;
}

/** The methods of {@link Store} that are calls of their own: not its event, nor its queries. */
export type StoreMethod = Exclude<keyof Store, 'onDidChange' | 'read'>;

/** One call of a method. */
export type MethodCall<M extends StoreMethod = StoreMethod> = { [N in M]: { method: N; parameters: Parameters<Store[N]> } }[M];

/** One query, by its name. */
export type ReadCall<N extends ReadName = ReadName> = { [M in N]: { read: M; parameters: ReadParameters<M> } }[N];

/** What the thread needs to know before anything else. */
export interface OpenOptions {
	/** The storage folder. Absolute. */
	folder: string;
	/** The absolute path of `sql-wasm.wasm`. */
	wasm: string;
}

/** How the database was found. */
export interface OpenedStore {
	/** There was no file. */
	isNew: boolean;
	/** The file was unusable and has been kept aside. */
	recovered: boolean;
	/** Why nothing can be written; `undefined` when it can. */
	readOnlyReason: string | undefined;
}

/** From whoever uses the store. `id` is the caller's own, one for each request. */
export type Request =
	| { kind: 'open'; id: number; options: OpenOptions }
	| { kind: 'call'; id: number; call: MethodCall | ReadCall }
	/** The result is no longer wanted; a call that has not begun is dropped, any other answers all the same. */
	| { kind: 'cancel'; id: number }
	/** From here on no other process is waited for. */
	| { kind: 'hurry' };

/** From the thread. */
export type Reply =
	| { kind: 'result'; id: number; value: unknown }
	| { kind: 'error'; id: number; error: WireError }
	/** A call that was cancelled had not begun, and never will. */
	| { kind: 'dropped'; id: number }
	/** A query has begun: until it answers, the thread hears nothing. */
	| { kind: 'began'; id: number }
	| { kind: 'changed'; change: StoreChange }
	| { kind: 'log'; line: string }
	/** It is of no use any more: what it was asked is rejected, and the next call starts another one. */
	| { kind: 'stopped'; reason: string };
