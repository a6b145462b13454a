/** What would do the same again, by what it failed with. */
const again = new WeakMap<Error, () => unknown>();

/**
 * Does something, and notes of its failure how to do the very same again: once the person has signed in, what they wanted
 * goes on by itself, without asking them twice which repository it was.
 */
export async function goingOn<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof Error && !again.has(error)) {
			again.set(error, () => goingOn(work));
		}
		throw error;
	}
}

/** What would do again what failed so; `undefined` when nobody noted it. */
export function sameAgain(error: Error): (() => unknown) | undefined {
	return again.get(error);
}
