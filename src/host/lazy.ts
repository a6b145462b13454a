/**
 * Something made on first use and shared from then on. A failure is not kept: the next use tries again.
 */
export class Lazy<T> {
	private pending: Promise<T> | undefined;
	private made: T | undefined;

	constructor(private readonly make: () => Promise<T>) {}

	get(): Promise<T> {
		this.pending ??= this.start();
		return this.pending;
	}

	/** What has been made already; never makes it. */
	peek(): T | undefined {
		return this.made;
	}

	/** Forgets what was made, and hands it over once it is there; `undefined` when nothing was under way. */
	async take(): Promise<T | undefined> {
		const pending = this.pending;
		this.pending = undefined;
		this.made = undefined;
		return pending?.catch(() => undefined);
	}

	private start(): Promise<T> {
		const pending = this.make().then(
			(made) => {
				if (this.pending === pending) {
					this.made = made;
				}
				return made;
			},
			(error: unknown) => {
				if (this.pending === pending) {
					this.pending = undefined;
				}
				throw error;
			},
		);
		return pending;
	}
}
