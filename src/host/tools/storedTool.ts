import type { Store } from '../../core/store/store';
import type { Answer } from './untrustedData';

export interface ToolContext {
	store: Store;
	/** Milliseconds since the Unix epoch. */
	now: number;
	/** After how many days without an update a pull request is stale. */
	staleDays: number;
	signal?: AbortSignal;
}

/** A question about what is stored. It reads the database alone, so it works without a network. */
export interface StoredTool {
	/** @throws ToolInputError, or what the store throws */
	answer(context: ToolContext, input: unknown): Promise<Answer>;
}
