import * as vscode from 'vscode';
import { HumanError } from '../../core/model/humanError';
import { openableUrl } from '../format/openableUrl';
import type { PullRequestNode } from './treeNode';

/** Opens a pull request's page in the browser. @param node a tree's row */
export async function openPullRequest(node: unknown): Promise<void> {
	const url = addressOf(node);
	if (url !== undefined) {
		await vscode.env.openExternal(vscode.Uri.parse(url, true));
	}
}

/** Puts the address of a pull request on the clipboard. @param node a tree's row */
export async function copyPullRequestLink(node: unknown): Promise<void> {
	const url = addressOf(node);
	if (url !== undefined) {
		await vscode.env.clipboard.writeText(url);
	}
}

function addressOf(node: unknown): string | undefined {
	if (!isPullRequestNode(node)) {
		return undefined;
	}
	const url = openableUrl(node.row.url);
	if (url === undefined) {
		throw new HumanError(vscode.l10n.t('The stored address of #{0} is not one to open: seed the repository again.', node.row.number));
	}
	return url;
}

function isPullRequestNode(value: unknown): value is PullRequestNode {
	return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'pullRequest';
}
