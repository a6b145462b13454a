import type { Facts } from './facts';

/** Something that the project takes for true of GitHub, without a proof. */
export interface Belief {
	readonly id: string;
	/** In one sentence. */
	readonly believed: string;
	/** The code that would have to change if it were otherwise. */
	readonly where: string;
	/** What a person does besides running the script; with which token, and on what. */
	readonly settle: string;
	/** Asks what is needed and looks at the answers. @throws NotAnsweredError, RequestLimitError */
	judge(facts: Facts): Verdict | Promise<Verdict>;
}

export interface Verdict {
	/** `undefined`: could not be told. */
	readonly settled: boolean | undefined;
	/** What was seen; or why it could not be told, and what to do. */
	readonly text: string;
}

export function yes(seen: string): Verdict {
	return { settled: true, text: seen };
}

export function no(seen: string): Verdict {
	return { settled: false, text: seen };
}

export function open(why: string): Verdict {
	return { settled: undefined, text: why };
}

/** `#1, #2 and 7 more` */
export function some(numbers: readonly number[]): string {
	const shown = numbers.slice(0, 3).map((number) => `#${number}`).join(', ');
	return numbers.length > 3 ? `${shown} and ${numbers.length - 3} more` : shown;
}
