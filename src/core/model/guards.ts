/*
 * Whether values from outside - an answer of a server, a file of the cache - are what their types promise.
 * Nothing is stored, or taken from the store, that does not pass.
 */

/** Something with properties: neither `null` nor a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isText(value: unknown): value is string {
	return typeof value === 'string';
}

/** A text that says something, as names and ids do. */
export function isName(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}

export function isBoolean(value: unknown): value is boolean {
	return typeof value === 'boolean';
}

/** A whole number from 0 on that a JavaScript number holds exactly. */
export function isCount(value: unknown): value is number {
	return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** A pull request's, milestone's or issue's number. */
export function isNumber(value: unknown): value is number {
	return isCount(value) && value > 0;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/** A moment as GitHub writes it: ISO 8601 with a zone, and one that there is. */
export function isInstant(value: unknown): value is string {
	return typeof value === 'string' && value.length <= 35 && INSTANT.test(value) && !Number.isNaN(Date.parse(value));
}

/** A moment in milliseconds. */
export function isTime(value: unknown): value is number {
	return Number.isFinite(value);
}

/** A 64-bit id as decimal text. */
export function isBigId(value: unknown): value is string {
	return typeof value === 'string' && /^\d{1,20}$/.test(value);
}

const KEYWORD = /^[A-Z][A-Z0-9_]{0,39}$/;

/** A value of an enumeration that GitHub may extend, such as a check's conclusion. */
export function isKeyword(value: unknown): value is string {
	return typeof value === 'string' && KEYWORD.test(value);
}

/** Makes a guard that lets `null` pass too. */
export function nullOr<T>(is: (value: unknown) => value is T): (value: unknown) => value is T | null {
	return (value): value is T | null => value === null || is(value);
}

/** A moment, or that there was none. */
export const isInstantOrNull = nullOr(isInstant);

/** Makes a guard that lets what is left out pass too. */
export function optional<T>(is: (value: unknown) => value is T): (value: unknown) => value is T | undefined {
	return (value): value is T | undefined => value === undefined || is(value);
}

/** Makes a guard of lists whose every item passes. */
export function listOfEach<T>(is: (value: unknown) => value is T): (value: unknown) => value is T[] {
	return (value): value is T[] => Array.isArray(value) && value.every((item) => is(item));
}

/** Makes a guard of one of some texts. */
export function oneOf<T extends string>(...known: readonly T[]): (value: unknown) => value is T {
	const all = new Set<unknown>(known);
	return (value): value is T => all.has(value);
}

/** One guard for each property of `T`; a property may be left out only where its type says so. */
export type Shape<T> = { readonly [Name in keyof T]-?: (value: unknown) => value is T[Name] };

/** Makes a guard of objects with these properties. Others do no harm and are not looked at. */
export function shaped<T>(shape: Shape<T>): (value: unknown) => value is T {
	const checks = Object.entries<(value: unknown) => boolean>(shape);
	return (value): value is T => {
		if (!isObject(value)) {
			return false;
		}
		for (const [name, is] of checks) {
			if (!is(value[name])) {
				return false;
			}
		}
		return true;
	};
}
