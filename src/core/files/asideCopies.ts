/** Of what could not be read so many copies are kept: it may happen each time, and each is as large as what it was. */
const KEPT = 3;

/** Which copies of what was set aside are not kept. @param names each with the time in it, so that they sort by age */
export function olderCopies(names: readonly string[]): string[] {
	return [...names].sort().slice(0, -KEPT);
}
