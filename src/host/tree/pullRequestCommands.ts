import * as vscode from 'vscode';
import { HumanError } from '../../core/model/humanError';
import { ownPage } from '../format/pageAddress';
import { markdownLinks, numberLines } from './copyText';
import { selectedPullRequests } from './selection';
import type { PullRequestNode } from './treeNode';

/** More pages than this at once are asked about first. */
const MANY = 10;

// Every command takes what a tree's menu passes: the row it was called on, and all that are selected.

/** Opens the pages of pull requests in the browser. */
export async function openPullRequest(node: unknown, selected?: unknown): Promise<void> {
	const addresses = selectedPullRequests(node, selected).map(addressOf);
	if (addresses.length > MANY && !(await isMeant(addresses.length))) {
		return;
	}
	for (const address of addresses) {
		await vscode.env.openExternal(vscode.Uri.parse(address, true));
	}
}

/** Puts the addresses of pull requests on the clipboard, one a line. */
export async function copyPullRequestLink(node: unknown, selected?: unknown): Promise<void> {
	await copy(selectedPullRequests(node, selected), (nodes) => nodes.map(addressOf).join('\n'));
}

export async function copyPullRequestNumber(node: unknown, selected?: unknown): Promise<void> {
	await copy(selectedPullRequests(node, selected), (nodes) => numberLines(nodes.map(({ row }) => row)));
}

/** Puts links with number and title on the clipboard; several as a list. */
export async function copyPullRequestMarkdown(node: unknown, selected?: unknown): Promise<void> {
	await copy(selectedPullRequests(node, selected), (nodes) => markdownLinks(nodes.map((one) => ({ ...one.row, url: addressOf(one) }))));
}

async function copy(nodes: PullRequestNode[], text: (nodes: PullRequestNode[]) => string): Promise<void> {
	if (nodes.length > 0) {
		await vscode.env.clipboard.writeText(text(nodes));
	}
}

async function isMeant(count: number): Promise<boolean> {
	const open = vscode.l10n.t('Open All');
	return (await vscode.window.showWarningMessage(vscode.l10n.t('Open {0} pages in the browser?', count), { modal: true }, open)) === open;
}

/** @throws HumanError when what is stored is not on the repository's host */
function addressOf({ row, repository }: PullRequestNode): string {
	const url = ownPage(row.url, repository.host);
	if (url === undefined) {
		throw new HumanError(vscode.l10n.t('The stored address of #{0} is not one to open: refresh the repository.', row.number));
	}
	return url;
}
