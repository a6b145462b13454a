/** What a step of several came to: a value, one step back, or `undefined` when the person turned away. */
export type Answer<T> = { value: T } | 'back' | undefined;

/** What a step shows around its question. */
export interface StepFrame {
	title: string;
	/** From 1; absent where the number of steps is up to the person. */
	step?: number;
	totalSteps?: number;
	canGoBack: boolean;
}

/** The answer with another value; one that has none stays as it is. */
export function mapAnswer<T, R>(answer: Answer<T>, change: (value: T) => R): Answer<R> {
	return answer === undefined || answer === 'back' ? answer : { value: change(answer.value) };
}
