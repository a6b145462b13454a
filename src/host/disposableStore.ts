import type { Disposable } from '../core/model/event';

/** Things that end together. What is added after the end ends at once. */
export class DisposableStore implements Disposable {
	private readonly items = new Set<Disposable>();
	private disposed = false;

	add<T extends Disposable>(item: T): T {
		if (this.disposed) {
			item.dispose();
		} else {
			this.items.add(item);
		}
		return item;
	}

	dispose(): void {
		this.disposed = true;
		const items = [...this.items].reverse();
		this.items.clear();
		for (const item of items) {
			item.dispose();
		}
	}
}
