import { Random } from '../github-server/random';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

interface Place {
	holder: Json[] | { [name: string]: Json };
	key: number | string;
}

/** JSON with so many arrays inside one another, as text: `JSON.stringify` could not write it. */
const DEEP = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
const DEEP_MARK = '<<deep>>';

const HOSTILE: readonly Json[] = [
	null, true, false, 0, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 60), 1e308, '', ' ', 'x', 'NaN', '0000-00-00T00:00:00Z', '2026-13-45T99:99:99Z', '9999-12-31T23:59:59Z',
	'1970-01-01T00:00:00Z', '../../etc/passwd', '\u0000', '\u202e', '\ud800', '<img src=x onerror=alert(1)>', '$(sync~spin)', "'; DROP TABLE pull_request; --",
	'PR_anotherRepositorys', 'OPEN', 'Y3Vyc29yOjE=', [], {}, [null], [[]], { id: 1 }, { __proto__: { polluted: true } }, { constructor: null }, DEEP_MARK, 'x'.repeat(100_000),
];

/** A value in which one to four places hold something else, as text. The same for the same state of `random`. */
export function mutatedJson(random: Random, value: unknown): string {
	const root = { value: JSON.parse(JSON.stringify(value)) as Json };
	for (let left = random.between(1, 4); left > 0; left--) {
		const places = placesIn(root);
		if (places.length > 0) {
			change(random, random.pick(places));
		}
	}
	return JSON.stringify((root.value as Json | undefined) ?? null).replaceAll(`"${DEEP_MARK}"`, DEEP);
}

/** The same on bytes: cut off, flipped, doubled, put together anew, or something else altogether. */
export function mutatedBytes(random: Random, bytes: Uint8Array): Uint8Array {
	const copy = Buffer.from(bytes);
	const at = random.between(0, Math.max(0, copy.length - 1));
	switch (random.between(0, 6)) {
		case 0:
			return copy.subarray(0, at);
		case 1:
			for (let left = random.between(1, 20); left > 0 && copy.length > 0; left--) {
				copy[random.between(0, copy.length - 1)] = random.between(0, 255);
			}
			return copy;
		case 2:
			return Buffer.concat([copy, copy.subarray(at)]);
		case 3:
			return Buffer.concat([copy.subarray(at), copy.subarray(0, at)]);
		case 4:
			return Buffer.from(random.pick(['', 'null', '[]', '{}', '7', '"x"', '<html></html>', DEEP, '{"version":2}', 'SQLite format 3\0', '\0\0\0\0', '\n\n\n']));
		case 5:
			return copy.fill(0, at, Math.min(copy.length, at + 4096));
		default:
			return Buffer.alloc(random.between(1, 5_000), random.between(0, 255));
	}
}

function change(random: Random, { holder, key }: Place): void {
	const target = holder as { [name: string | number]: Json };
	const old = target[key];
	const choice = random.between(0, 9);
	if (choice === 0 && Array.isArray(old)) {
		target[key] = random.chance(0.5) ? old.slice(0, old.length >> 1) : [...old, ...old, ...old];
	} else if (choice === 1 && typeof holder === 'object' && !Array.isArray(holder)) {
		Reflect.deleteProperty(holder, key);
	} else if (choice === 2 && old !== null && typeof old === 'object' && !Array.isArray(old) && 'hasNextPage' in old) {
		// Round in a circle.
		target[key] = { hasNextPage: true, endCursor: 'the same again' };
	} else if (choice === 3 && typeof old === 'number') {
		target[key] = old + random.between(-2, 2) * 10 ** random.between(0, 17);
	} else {
		target[key] = structuredClone(random.pick(HOSTILE));
	}
}

function placesIn(root: { value: Json }): Place[] {
	const places: Place[] = [];
	const waiting: (Json[] | { [name: string]: Json })[] = [root];
	for (let holder = waiting.pop(); holder !== undefined; holder = waiting.pop()) {
		for (const key of Object.keys(holder)) {
			places.push({ holder, key });
			const inside = (holder as { [name: string]: Json })[key];
			if (typeof inside === 'object' && inside !== null) {
				waiting.push(inside);
			}
		}
	}
	return places;
}
