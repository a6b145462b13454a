import * as vscode from 'vscode';
import { HumanError } from '../../core/model/humanError';
import { DisposableStore } from '../disposableStore';
import { storedRef } from '../seed/storedRepositories';
import { isPullRequestNode } from './selection';

const EXTENSION_ID = 'github.vscode-pull-request-github';

/**
 * Hands pull requests over to the GitHub Pull Requests extension, by the addresses that it answers to:
 * https://github.com/microsoft/vscode-pull-request-github/issues/8085
 */
export class PullRequestsExtension implements vscode.Disposable {
	private readonly disposables = new DisposableStore();

	constructor() {
		this.disposables.add(vscode.extensions.onDidChange(() => this.publish()));
		this.publish();
	}

	/** Shows a pull request there. @param node a tree's row */
	async open(node: unknown): Promise<void> {
		await this.handOver('/open-pull-request-webview', node);
	}

	/** Checks its branch out. @param node a tree's row */
	async checkOut(node: unknown): Promise<void> {
		await this.handOver('/checkout-pull-request', node);
	}

	dispose(): void {
		this.disposables.dispose();
	}

	private async handOver(path: string, node: unknown): Promise<void> {
		if (!isPullRequestNode(node)) {
			return;
		}
		if (!isInstalled()) {
			throw new HumanError(vscode.l10n.t('The extension GitHub Pull Requests is not installed or is disabled. Install it, then try again.'));
		}
		const { owner, name } = storedRef(node.repository);
		const query = JSON.stringify({ owner, repo: name, pullRequestNumber: node.row.number });
		await vscode.env.openExternal(vscode.Uri.from({ scheme: vscode.env.uriScheme, authority: EXTENSION_ID, path, query }));
	}

	private publish(): void {
		void vscode.commands.executeCommand('setContext', 'prSeeder.pullRequestsExtension', isInstalled());
	}
}

function isInstalled(): boolean {
	return vscode.extensions.getExtension(EXTENSION_ID) !== undefined;
}
