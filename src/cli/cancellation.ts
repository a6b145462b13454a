const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Runs work that the first Ctrl+C cancels cleanly. A second one ends the process at once, as the system does by itself:
 * the cache is written step by step, so no more than the request in flight is lost.
 */
export async function cancellable<T>(work: (signal: AbortSignal) => Promise<T>, onCancel: () => void): Promise<T> {
	const controller = new AbortController();
	const stop = () => {
		letGo();
		onCancel();
		controller.abort();
	};
	const letGo = () => {
		for (const signal of SIGNALS) {
			process.removeListener(signal, stop);
		}
	};
	for (const signal of SIGNALS) {
		process.on(signal, stop);
	}
	try {
		return await work(controller.signal);
	} finally {
		letGo();
	}
}
