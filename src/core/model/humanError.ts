import { inEnglish, type Sentence } from './sentence';

/**
 * An error whose message tells a person what went wrong and what to do about it.
 * It is shown as it stands; everything else is a defect and is logged with its stack.
 */
export class HumanError extends Error {
	override readonly name: string = 'HumanError';
	/** The message before its values were put in; `undefined` when it is in the person's language already. */
	readonly sentence: Sentence | undefined;

	constructor(said: Sentence | string, options?: ErrorOptions) {
		super(typeof said === 'string' ? said : inEnglish(said), options);
		this.sentence = typeof said === 'string' ? undefined : said;
	}
}

/** Somebody asked to stop. Not a failure: whatever was stored before stays stored. */
export class CancelledError extends Error {
	override readonly name = 'CancelledError';

	constructor() {
		super('Canceled. What was fetched is stored; the next sync continues from there.');
	}
}

/** The text to show for anything that was thrown, in English. */
export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

/** Anything that was thrown, as an error. */
export function asError(thrown: unknown): Error {
	return thrown instanceof Error ? thrown : new Error(String(thrown));
}
