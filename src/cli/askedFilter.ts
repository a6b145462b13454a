import { stateWords } from '../core/filter/conditions/state';
import { asFilter, attributesOf, conditionTexts, filterParameters, takeConditions, type AttributeFilter, type Conditions, type StatesAndAttributes } from '../core/filter/conditions';
import { optionName, type Given } from '../core/filter/parameters';
import type { Asker } from '../core/model/asker';
import { inEnglish } from '../core/model/sentence';
import type { Options } from './arguments';
import { UsageError } from './usageError';

/** What was asked for by the options of a filter. */
export interface AskedFilter {
	conditions: Conditions;
	/** Who asks, once that is known. */
	asker?: Asker;
	/** The same as a query takes it. */
	filter: StatesAndAttributes;
	/** Whether any of them was typed, whatever it asks for. */
	isGiven: boolean;
	/** What it narrows to, in words; none where that is everything. */
	text: string;
}

/** @throws UsageError for a value that no option of a filter has */
export function askedFilter(options: Options, asker?: Asker): AskedFilter {
	const conditions = takeConditions(new GivenOptions(options));
	const { state = 'all' } = conditions;
	// Without a state the command line takes all of them, the views those that are open.
	const said = [...(state === 'all' ? [] : [stateWords(state)]), ...conditionTexts(attributesOf(conditions))];
	return { conditions, ...(asker && { asker }), filter: asFilter(conditions, asker), isGiven: Object.keys(conditions).length > 0, text: said.map(inEnglish).join(', ') };
}

/** The filter of what is about open pull requests alone. @param what it is called @throws UsageError for a state */
export function openAttributes({ conditions, asker }: AskedFilter, what: string): AttributeFilter {
	if (conditions.state !== undefined) {
		throw new UsageError(`${what} is about open pull requests: it takes no --state.`);
	}
	return attributesOf(conditions, asker);
}

/** Values of parameters as they were typed. */
class GivenOptions implements Given {
	private readonly typed: Readonly<Record<string, unknown>>;

	constructor(options: Options) {
		this.typed = options;
	}

	text(name: string): string | undefined {
		const { value, option } = this.of(name);
		if (typeof value === 'string' && value.trim() === '') {
			throw new UsageError(`--${option} needs a value.`);
		}
		return typeof value === 'string' ? value.trim() : undefined;
	}

	texts(name: string): string[] | undefined {
		const { value, option } = this.of(name);
		const texts = Array.isArray(value) ? value.map((one) => String(one).trim()) : undefined;
		if (texts?.includes('')) {
			throw new UsageError(`--${option} needs a value.`);
		}
		return texts;
	}

	choice<T extends string>(name: string, choices: readonly T[]): T | undefined {
		const { value, option } = this.of(name);
		const found = choices.find((one) => one === value);
		if (value !== undefined && found === undefined) {
			throw new UsageError(`--${option} takes ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}, not ${JSON.stringify(value)}.`);
		}
		return found;
	}

	flag(name: string): boolean | undefined {
		const { value, option } = this.of(name);
		const not = this.typed[`no-${option}`];
		if (value === true && not === true) {
			throw new UsageError(`Give either --${option} or --no-${option}, not both.`);
		}
		return value === true ? true : not === true ? false : undefined;
	}

	nameOrNone(name: string, without: string): string | null | undefined {
		const [given, none] = [this.text(name), this.flag(without) === true];
		if (given !== undefined && none) {
			throw new UsageError(`Give either --${this.of(name).option} or --${this.of(without).option}, not both.`);
		}
		return none ? null : given;
	}

	needs(name: string, other: string): void {
		if (this.of(name).value !== undefined && this.of(other).value === undefined) {
			throw new UsageError(`--${this.of(name).option} needs --${this.of(other).option}.`);
		}
	}

	private of(name: string): { value: unknown; option: string } {
		const parameter = filterParameters().find((one) => one.name === name);
		const option = parameter === undefined ? name : optionName(parameter);
		return { value: this.typed[option], option };
	}
}
