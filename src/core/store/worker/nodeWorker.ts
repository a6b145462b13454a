import { parentPort, Worker } from 'node:worker_threads';
import type { Port, Reply, Request } from './protocol';
import type { StoreThread } from './storeThread';

/** Starts the thread of a store in Node. @param script the absolute path of `storeWorker.js` */
export function startNodeWorker(script: string): StoreThread {
	// The editor's own flags are for its own scripts. What the thread writes to a console goes to ours.
	const worker = new Worker(script, { execArgv: [], name: 'pr-seeder store' });
	worker.unref();
	return {
		postMessage: (message) => worker.postMessage(message),
		onMessage: (listener) => worker.on('message', listener),
		onEnd: (listener) => {
			let reason: string | undefined;
			worker.on('error', (error) => (reason = error instanceof Error ? error.message : String(error)));
			worker.on('messageerror', (error) => (reason = error.message));
			worker.on('exit', (code) => listener(reason ?? `exit code ${code}`));
		},
		hold: (isBusy) => {
			if (isBusy) {
				worker.ref();
			} else {
				worker.unref();
			}
		},
		end: () => void worker.terminate(),
	};
}

/** The port of the thread that this script runs in. */
export function nodeWorkerPort(): Port<Reply, Request> {
	const port = parentPort;
	if (port === null) {
		throw new Error('This script is to be run as a worker.');
	}
	return {
		postMessage: (message) => port.postMessage(message),
		onMessage: (listener) => void port.on('message', listener),
	};
}
