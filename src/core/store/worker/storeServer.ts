import { CancelledError, messageOf } from '../../model/humanError';
import type { SqlStore } from '../sqlStore';
import { AutoSaver } from './autoSaver';
import { TaskQueue } from './taskQueue';
import type { MethodCall, OpenOptions, OpenedStore, Port, ReadCall, Reply, Request } from './protocol';
import { StoreStoppedError } from '../storeErrors';
import { toWire } from './wireError';

/** What the platform of a worker has to bring. */
export interface ServerOptions {
	port: Port<Reply, Request>;
	/** Runs something once the platform has delivered what messages there are. */
	nextTurn: (run: () => void) => void;
	openStore: (options: OpenOptions, log: (line: string) => void, hurry: AbortSignal) => Promise<SqlStore>;
}

/**
 * Answers for a store in the thread that it runs in. Calls begin in the order in which they came; between two of them
 * the thread hears what came meanwhile, so that one which is taken back before it begins never does.
 */
export function serveStore({ port, nextTurn, openStore }: ServerOptions): void {
	const tasks = new TaskQueue(nextTurn);
	const hurry = new AbortController();
	const log = (line: string) => port.postMessage({ kind: 'log', line });
	let store: SqlStore | undefined;
	let saver: AutoSaver | undefined;

	port.onMessage((request) => {
		switch (request.kind) {
			case 'cancel':
				if (tasks.drop(request.id)) {
					port.postMessage({ kind: 'dropped', id: request.id });
				}
				return;
			case 'hurry':
				hurry.abort();
				return;
			case 'open':
				tasks.add(request.id, () => void answer(request.id, () => open(request.options)));
				return;
			case 'call':
				tasks.add(request.id, () => void answer(request.id, () => run(request.id, request.call)));
		}
	});

	async function open(options: OpenOptions): Promise<OpenedStore> {
		store = await openStore(options, log, hurry.signal);
		saver = new AutoSaver(store, (error) => {
			if (!(error instanceof CancelledError)) {
				log(`The database could not be saved for now: ${messageOf(error)}`);
			}
		});
		store.onDidChange((change) => {
			port.postMessage({ kind: 'changed', change });
			saver?.changed();
		});
		const { isNew, recovered, readOnlyReason } = store;
		return { isNew, recovered, readOnlyReason };
	}

	function run(id: number, call: MethodCall | ReadCall): Promise<unknown> {
		if (store === undefined || saver === undefined) {
			throw new Error('The store is not open.');
		}
		if ('read' in call) {
			return (store.read[call.read] as (...parameters: unknown[]) => Promise<unknown>)(...call.parameters);
		}
		switch (call.method) {
			case 'apply':
				return store.apply(...call.parameters);
			case 'mend':
				return store.mend(...call.parameters);
			case 'removeRepository':
				return store.removeRepository(...call.parameters);
			case 'refresh':
				return store.refresh();
			case 'save':
				return saver.save();
			case 'query':
				return query(id, store, ...call.parameters);
			case 'close':
				saver.dispose();
				return store.close();
		}
	}

	/** A query that does not come to an end costs the thread its life, so what is unsaved is saved before. */
	async function query(id: number, open: SqlStore, ...parameters: Parameters<SqlStore['query']>): Promise<unknown> {
		if (open.hasUnsaved) {
			// A full disk keeps nobody from asking; what would be lost then is still in the cache.
			await saver?.save().catch(() => undefined);
		}
		port.postMessage({ kind: 'began', id });
		return open.query(...parameters);
	}

	async function answer(id: number, work: () => Promise<unknown>): Promise<void> {
		try {
			const value = await work();
			port.postMessage({ kind: 'result', id, value });
		} catch (error) {
			port.postMessage(error instanceof StoreStoppedError ? { kind: 'stopped', reason: error.reason } : { kind: 'error', id, error: toWire(error) });
		}
	}
}
