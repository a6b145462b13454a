/** Something that can be switched off once. Structurally the same as the editor's own. */
export interface Disposable {
	dispose(): void;
}

/** What is listened to. Structurally the same as the editor's own. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** The smallest possible event: listeners are called in the order in which they came. */
export class Emitter<T> {
	private readonly listeners = new Set<(value: T) => void>();

	readonly event = (listener: (value: T) => void): Disposable => {
		this.listeners.add(listener);
		return { dispose: () => this.listeners.delete(listener) };
	};

	fire(value: T): void {
		for (const listener of [...this.listeners]) {
			listener(value);
		}
	}
}
