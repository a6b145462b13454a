/**
 * Some of a list in turn: those with the next numbers after the last one that had its turn, and from the first again.
 * Whatever comes and goes meanwhile, each has its turn within as many rounds as fit into the list.
 */
export function inTurn<T extends { number: number }>(items: readonly T[], last: number, places: number): T[] {
	const sorted = [...items].sort((a, b) => a.number - b.number);
	const next = sorted.findIndex(({ number }) => number > last);
	const from = Math.max(0, next);
	return [...sorted.slice(from), ...sorted.slice(0, from)].slice(0, places);
}
