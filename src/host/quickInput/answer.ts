/** What a step of several came to: a value, one step back, or `undefined` when the person turned away. */
export type Answer<T> = { value: T } | 'back' | undefined;

/** What a step shows around its question. */
export interface StepFrame {
	title: string;
	/** From 1. */
	step: number;
	totalSteps: number;
	canGoBack: boolean;
}
