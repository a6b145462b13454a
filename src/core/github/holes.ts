import type { GraphqlErrorEntry } from './answer';
import { isRefusal } from './refusals';

const STAYS_NULL: readonly unknown[] = ['requestedReviewer', 'checkSuite', 'workflowRun', 'reviewedCommit'];

/**
 * Turns every null that an error explains into `undefined`: what the server could not or would not give is not known,
 * while a plain null says that there is nothing. A reviewer that is refused stays null: to some tokens GitHub hides a team
 * with an error, to others without one, and means the same. So does what names a check's workflow, and the commit of
 * a review: a check and a review are such without it.
 * @param data changed in place
 */
export function markHoles(data: unknown, errors: readonly GraphqlErrorEntry[]): void {
	for (const entry of errors) {
		if (!(isRefusal(entry) && STAYS_NULL.includes(entry.path?.at(-1)))) {
			markHole(data, entry.path ?? []);
		}
	}
}

/** The null may stand above the error's own place: one in a field that can't be null takes its parents with it. */
function markHole(data: unknown, path: readonly (string | number)[]): void {
	let parent: unknown = data;
	for (const key of path) {
		if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, key)) {
			return;
		}
		const holder = parent as Record<string | number, unknown>;
		if (holder[key] === null) {
			holder[key] = undefined;
			return;
		}
		parent = holder[key];
	}
}
