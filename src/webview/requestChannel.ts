import type { HostMessage, PageRequest, Results } from './protocol';

/** A request before it has its id. */
export type Question<K extends keyof Results> = Omit<Extract<PageRequest, { kind: K }>, 'id'>;

/** Matches replies with requests by id. What is no reply goes to `onEvent`. */
export class RequestChannel {
	private next = 1;
	private readonly waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();

	constructor(
		private readonly post: (message: PageRequest) => void,
		private readonly onEvent: (event: Exclude<HostMessage, { id: number }>) => void,
	) {}

	/** @throws Error with the message of the extension's error reply */
	ask<K extends keyof Results>(question: Question<K>): Promise<Results[K]> {
		const id = this.next++;
		return new Promise((resolve, reject) => {
			// The extension answers a kind of request with its own kind of result: `Results` is what both are built on.
			this.waiting.set(id, { resolve: (result) => resolve(result as Results[K]), reject });
			this.post({ ...question, id } as unknown as PageRequest);
		});
	}

	/** Takes a message of the extension. An answer that nobody waits for is dropped. */
	receive(message: HostMessage): void {
		switch (message.kind) {
			case 'reply':
				this.take(message.id)?.resolve(message.result);
				break;
			case 'error':
				this.take(message.id)?.reject(new Error(message.message));
				break;
			default:
				this.onEvent(message);
		}
	}

	private take(id: number) {
		const found = this.waiting.get(id);
		this.waiting.delete(id);
		return found;
	}
}
