/** Something that can be switched off once. Structurally the same as the editor's own. */
export interface Disposable {
	dispose(): void;
}

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
