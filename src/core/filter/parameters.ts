/** A value that a condition of a filter is given by, to an agent's tool and on the command line. */
export interface Parameter {
	/** As the tool calls it; the command line writes {@link optionName}. */
	name: string;
	kind: 'text' | 'texts' | 'choice' | 'flag';
	/** What it means, as a sentence. Where a flag is false: what that means, after `not`. */
	description: string;
	not?: string;
	/** Of a choice. */
	choices?: readonly string[];
	/** What a text is, in the help of the command line. */
	value?: string;
	/** On the command line, where that differs. */
	option?: string;
}

/** Where the values of parameters come from. Each is `undefined` when it was not given, and throws for what is no such value. */
export interface Given {
	text(name: string): string | undefined;
	texts(name: string): string[] | undefined;
	choice<T extends string>(name: string, choices: readonly T[]): T | undefined;
	flag(name: string): boolean | undefined;
	/** A name, or `null` where the flag `without` asks for those that have none; both at once is an error. */
	nameOrNone(name: string, without: string): string | null | undefined;
	/** Throws when one was given that means nothing without another that was not. */
	needs(name: string, other: string): void;
}

/** The option of the command line that a parameter is: `labelMatch` is `label-match`. */
export function optionName({ name, option }: Parameter): string {
	return option ?? name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
