import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Clock } from '../../core/model/clock';
import type { Store } from '../../core/store/store';
import { QueryRefusedError } from '../../core/store/storeErrors';
import type { StoredTool } from './storedTool';
import { answerText, refusalText } from './untrustedData';

export interface ToolSources {
	store: () => Promise<Store>;
	/** After how many days without an update a pull request is stale. */
	staleDays: () => number;
	clock: Pick<Clock, 'now'>;
}

/** What a tool says before it is used. */
export type Preparation = (input: unknown) => vscode.PreparedToolInvocation;

/** A tool as the editor's agents use it. What it answers with is loaded when one does. */
export class EditorTool implements vscode.LanguageModelTool<unknown> {
	constructor(
		private readonly sources: ToolSources,
		private readonly load: () => Promise<StoredTool>,
		private readonly prepare: Preparation,
	) {}

	prepareInvocation({ input }: vscode.LanguageModelToolInvocationPrepareOptions<unknown>): vscode.PreparedToolInvocation {
		return this.prepare(input);
	}

	/** @throws Error whose message tells the model what to do differently */
	async invoke({ input }: vscode.LanguageModelToolInvocationOptions<unknown>, cancellation: vscode.CancellationToken): Promise<vscode.LanguageModelToolResult> {
		const { store, staleDays, clock } = this.sources;
		const abort = new AbortController();
		const subscription = cancellation.onCancellationRequested(() => abort.abort());
		try {
			const [tool, opened] = await Promise.all([this.load(), store()]);
			if (cancellation.isCancellationRequested) {
				throw new vscode.CancellationError();
			}
			const answer = await tool.answer({ store: opened, now: clock.now(), staleDays: staleDays(), signal: abort.signal }, input);
			return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(answerText(answer, randomUUID()))]);
		} catch (error) {
			throw cancellation.isCancellationRequested ? new vscode.CancellationError() : forModel(error);
		} finally {
			subscription.dispose();
		}
	}
}

/** The editor gives a model the words of an error as they stand. */
function forModel(error: unknown): unknown {
	return error instanceof QueryRefusedError ? new Error(refusalText(error.words, randomUUID()), { cause: error }) : error;
}
