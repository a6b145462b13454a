import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | undefined;

/** Bytes of the heap, and of what hangs on it, after everything that is no longer needed has gone. */
export function heapAfterCollection(): number {
	if (!collect) {
		setFlagsFromString('--expose-gc');
		collect = runInNewContext('gc') as () => void;
	}
	collect();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}
