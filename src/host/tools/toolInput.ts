import type { Given } from '../../core/filter/parameters';

/** What a model asked for is not what the tool takes. Said in English, to the model: it can correct itself. */
export class ToolInputError extends Error {
	override readonly name = 'ToolInputError';
}

/** Longer texts are no name, label or search of anybody's. */
const LONGEST_TEXT = 1_000;

/** What a model asked for, read strictly: what would be ignored is refused, so that no answer is to another question. */
export class ToolInput implements Given {
	private readonly values: Record<string, unknown>;

	/**
	 * @param known the names of what the tool takes
	 * @throws ToolInputError for anything else
	 */
	constructor(input: unknown, known: readonly string[]) {
		if (input !== undefined && input !== null && (typeof input !== 'object' || Array.isArray(input))) {
			throw new ToolInputError('The input has to be an object.');
		}
		this.values = { ...input };
		const unknown = Object.keys(this.values).filter((name) => !known.includes(name));
		if (unknown.length > 0) {
			throw new ToolInputError(`There is no ${unknown.map((name) => JSON.stringify(name.slice(0, 60))).join(', ')}. The tool takes ${known.join(', ')}.`);
		}
	}

	text(name: string, longest = LONGEST_TEXT): string | undefined {
		const value = this.given(name);
		if (value === undefined) {
			return undefined;
		}
		if (typeof value !== 'string' || value.trim() === '' || value.length > longest) {
			throw new ToolInputError(`"${name}" has to be a text of 1 to ${longest} characters.`);
		}
		return value.trim();
	}

	texts(name: string): string[] | undefined {
		const value = this.given(name);
		if (value === undefined) {
			return undefined;
		}
		const all: unknown[] = Array.isArray(value) ? value : [value];
		if (all.length > 50 || !all.every((one): one is string => typeof one === 'string' && one.trim() !== '' && one.length <= LONGEST_TEXT)) {
			throw new ToolInputError(`"${name}" has to be a list of at most 50 texts, such as ["bug"].`);
		}
		return all.map((one) => one.trim());
	}

	choice<T extends string>(name: string, choices: readonly T[]): T | undefined {
		const value = this.given(name);
		const found = choices.find((one) => one === value);
		if (value !== undefined && found === undefined) {
			throw new ToolInputError(`"${name}" has to be one of ${choices.join(', ')}.`);
		}
		return found;
	}

	flag(name: string): boolean | undefined {
		const value = this.given(name);
		if (value !== undefined && typeof value !== 'boolean') {
			throw new ToolInputError(`"${name}" has to be true or false.`);
		}
		return value;
	}

	nameOrNone(name: string, without: string): string | null | undefined {
		const [given, none] = [this.text(name), this.flag(without) === true];
		if (given !== undefined && none) {
			throw new ToolInputError(`Give either "${name}" or "${without}", not both.`);
		}
		return none ? null : given;
	}

	needs(name: string, other: string): void {
		if (this.given(name) !== undefined && this.given(other) === undefined) {
			throw new ToolInputError(`"${name}" needs "${other}".`);
		}
	}

	/** A whole number from 1 to `most`. */
	count(name: string, most: number): number | undefined {
		const value = this.given(name);
		if (value !== undefined && !(typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most)) {
			throw new ToolInputError(`"${name}" has to be a whole number from 1 to ${most}.`);
		}
		return value;
	}

	/** Models write `null` for what they leave out. */
	private given(name: string): unknown {
		const value = this.values[name];
		return value === null ? undefined : value;
	}
}
