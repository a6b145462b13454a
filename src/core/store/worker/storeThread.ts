import { CancelledError } from '../../model/humanError';
import { StoreStoppedError } from '../storeErrors';
import type { MethodCall, OpenOptions, OpenedStore, Port, ReadCall, Reply, Request } from './protocol';
import { fromWire } from './wireError';

/** A query that has not stopped by itself so long after its time is up, or after nobody wants it any more, never will. */
const GRACE_MS = 1_000;

/** A thread with a store in it, whatever platform it runs on. */
export interface StoreThread extends Port<Request, Reply> {
	/** Told once, with the reason in words, when the thread has ended. */
	onEnd(listener: (reason: string) => void): void;
	/** Whether it keeps the process from ending. */
	hold(isBusy: boolean): void;
	/** Ends it at once, whatever it is doing. */
	end(): void;
}

export interface CallOptions {
	signal?: AbortSignal | undefined;
	/** How long it may take once it has begun, in milliseconds, and what is thrown when it takes longer. */
	limit?: { milliseconds: number; error: () => Error } | undefined;
}

interface Pending {
	resolve: (value: unknown) => void;
	reject: (error: Error) => void;
	limit: CallOptions['limit'];
	timer?: ReturnType<typeof setTimeout>;
	isCancelled?: true;
}

/** The calls that are under way in one thread. Once it has ended, every call is rejected. */
export class StoreCalls {
	private readonly pending = new Map<number, Pending>();
	private lastId = 0;
	private end: StoreStoppedError | undefined;

	constructor(
		private readonly thread: StoreThread,
		private readonly listener: {
			onChange: (change: Extract<Reply, { kind: 'changed' }>['change']) => void;
			onLog: (line: string) => void;
		},
	) {
		thread.onMessage((reply) => this.receive(reply));
		thread.onEnd((reason) => this.stop(new StoreStoppedError(reason)));
	}

	/** Whether the thread has ended, or is about to. */
	get hasEnded(): boolean {
		return this.end !== undefined;
	}

	open(options: OpenOptions): Promise<OpenedStore> {
		return this.request((id) => ({ kind: 'open', id, options }), {}) as Promise<OpenedStore>;
	}

	call(call: MethodCall | ReadCall, options: CallOptions = {}): Promise<unknown> {
		return this.request((id) => ({ kind: 'call', id, call }), options);
	}

	/** See {@link WorkerStore.hurry}. */
	hurry(): void {
		this.thread.postMessage({ kind: 'hurry' });
	}

	/** Ends the thread, whatever it is doing. */
	stop(error: StoreStoppedError): void {
		if (this.end !== undefined) {
			return;
		}
		this.end = error;
		this.thread.end();
		for (const id of [...this.pending.keys()]) {
			this.settle(id)?.reject(error);
		}
	}

	private request(make: (id: number) => Request, { signal, limit }: CallOptions): Promise<unknown> {
		if (this.end !== undefined) {
			return Promise.reject(this.end);
		}
		if (signal?.aborted) {
			return Promise.reject(new CancelledError());
		}
		const id = ++this.lastId;
		const cancel = () => this.cancel(id);
		signal?.addEventListener('abort', cancel, { once: true });
		return new Promise((resolve, reject) => {
			this.pending.set(id, { resolve, reject, limit });
			this.thread.hold(true);
			this.thread.postMessage(make(id));
		}).finally(() => signal?.removeEventListener('abort', cancel));
	}

	private receive(reply: Reply): void {
		switch (reply.kind) {
			case 'result':
				this.settle(reply.id)?.resolve(reply.value);
				return;
			case 'error':
				this.settle(reply.id)?.reject(fromWire(reply.error));
				return;
			case 'dropped':
				this.settle(reply.id);
				return;
			case 'began':
				this.limit(reply.id);
				return;
			case 'changed':
				this.listener.onChange(reply.change);
				return;
			case 'log':
				this.listener.onLog(reply.line);
				return;
			case 'stopped':
				this.stop(new StoreStoppedError(reply.reason, true));
		}
	}

	/** Whoever asked is told at once; the call is under way until the thread is done with it. */
	private cancel(id: number): void {
		const call = this.pending.get(id);
		if (call !== undefined) {
			call.isCancelled = true;
			call.reject(new CancelledError());
			if (call.timer !== undefined) {
				this.limit(id);
			}
		}
		this.thread.postMessage({ kind: 'cancel', id });
	}

	/** The thread stops by itself between two rows; one that does not is stuck with a single row. */
	private limit(id: number): void {
		const call = this.pending.get(id);
		if (call?.limit === undefined) {
			return;
		}
		const { milliseconds, error } = call.limit;
		clearTimeout(call.timer);
		call.timer = setTimeout(
			() => {
				this.settle(id)?.reject(error());
				this.stop(new StoreStoppedError('it was ended to get rid of a query that took too long', true));
			},
			(call.isCancelled ? 0 : milliseconds) + GRACE_MS,
		);
	}

	/** A call that is over, with its way to say so; `undefined` when it was over already. */
	private settle(id: number): Pending | undefined {
		const call = this.pending.get(id);
		if (call !== undefined) {
			clearTimeout(call.timer);
			this.pending.delete(id);
			if (this.pending.size === 0) {
				this.thread.hold(false);
			}
		}
		return call;
	}
}
