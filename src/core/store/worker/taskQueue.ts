/** Begins tasks one by one in their order, each in a turn of the event loop of its own. They may overlap from there. */
export class TaskQueue {
	private readonly tasks = new Map<number, () => void>();

	/** @param nextTurn runs something once the platform has delivered what messages there are */
	constructor(private readonly nextTurn: (run: () => void) => void) {}

	/** @param id by which it can be dropped */
	add(id: number, task: () => void): void {
		this.tasks.set(id, task);
		if (this.tasks.size === 1) {
			this.schedule();
		}
	}

	/** Takes back a task that has not begun. @returns whether there was one */
	drop(id: number): boolean {
		return this.tasks.delete(id);
	}

	private schedule(): void {
		this.nextTurn(() => {
			const [first] = this.tasks;
			if (first === undefined) {
				return;
			}
			const [id, task] = first;
			this.tasks.delete(id);
			if (this.tasks.size > 0) {
				this.schedule();
			}
			task();
		});
	}
}
