import * as vscode from 'vscode';
import { formatNumber } from '../format/localizer';
import { editorLocalizer } from '../editorLocalizer';
import { oneLine } from '../format/plainText';
import { groupText, repositoryText } from './groupText';
import { labelIconUri } from './labelIcon';
import { pullRequestText, pullRequestTooltip } from './pullRequestText';
import type { GroupNode, MoreNode, PullRequestNode, RepositoryNode, TreeNode } from './treeNode';

/** Internal: the row "Show more" runs it; nobody else can. */
export const SHOW_MORE_COMMAND = 'prSeeder.showMore';

/** A node as the editor draws it. `contextValue` lists what can be done with it; menus look for the words. */
export function treeItem(node: TreeNode, now: number): vscode.TreeItem {
	const item = itemOf(node, now);
	item.id = node.id;
	return item;
}

/** Adds what is shown on hover. */
export function fillTooltip(item: vscode.TreeItem, node: TreeNode, now: number): vscode.TreeItem {
	if (node.kind === 'pullRequest') {
		// Untrusted, without HTML and without theme icons: the defaults, and everything inside is escaped.
		item.tooltip = new vscode.MarkdownString(pullRequestTooltip(node.row, now, editorLocalizer));
	}
	return item;
}

function itemOf(node: TreeNode, now: number): vscode.TreeItem {
	switch (node.kind) {
		case 'repository':
			return repositoryItem(node, now);
		case 'group':
			return groupItem(node, now);
		case 'pullRequest':
			return pullRequestItem(node);
		case 'more':
			return moreItem(node);
	}
}

function repositoryItem({ repository }: RepositoryNode, now: number): vscode.TreeItem {
	const item = new vscode.TreeItem(oneLine(repository.nameWithOwner), vscode.TreeItemCollapsibleState.Expanded);
	item.description = repositoryText(repository, now, editorLocalizer);
	item.tooltip = `${repository.host}/${repository.nameWithOwner}\n${item.description}`;
	item.accessibilityInformation = { label: `${repository.nameWithOwner}, ${item.description}` };
	item.iconPath = new vscode.ThemeIcon('repo');
	item.contextValue = 'repository canSeed canClear';
	return item;
}

function groupItem({ by, group }: GroupNode, now: number): vscode.TreeItem {
	const text = groupText(by, group, now, editorLocalizer);
	const item = new vscode.TreeItem(
		text.label,
		group.count > 0 ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
	);
	item.description = text.description;
	item.tooltip = `${text.label}\n${text.description}`;
	item.iconPath = groupIcon(by, group, text.overdue);
	item.accessibilityInformation = { label: `${text.label}, ${text.description}` };
	item.contextValue = 'group';
	return item;
}

function groupIcon(by: GroupNode['by'], group: GroupNode['group'], overdue: boolean): vscode.ThemeIcon | vscode.Uri {
	if (group.key === null) {
		return new vscode.ThemeIcon('circle-slash');
	}
	switch (by) {
		case 'milestone':
			return new vscode.ThemeIcon('milestone', overdue ? new vscode.ThemeColor('list.warningForeground') : undefined);
		case 'label':
			return vscode.Uri.parse(labelIconUri(group.color), true);
		case 'assignee':
			return new vscode.ThemeIcon('person');
	}
}

function pullRequestItem(node: PullRequestNode): vscode.TreeItem {
	const text = pullRequestText(node.row, editorLocalizer);
	const item = new vscode.TreeItem(text.label);
	item.description = text.description;
	item.iconPath = new vscode.ThemeIcon(text.icon.id, new vscode.ThemeColor(text.icon.color));
	item.accessibilityInformation = { label: text.spoken };
	item.contextValue = 'pullRequest canOpen';
	item.command = { command: 'prSeeder.openPullRequest', title: vscode.l10n.t('Open on GitHub'), arguments: [node] };
	return item;
}

function moreItem(node: MoreNode): vscode.TreeItem {
	const item = new vscode.TreeItem(vscode.l10n.t('Show more'));
	item.description = vscode.l10n.t('{0} not shown', formatNumber(node.hidden, editorLocalizer));
	item.iconPath = new vscode.ThemeIcon('ellipsis');
	item.command = { command: SHOW_MORE_COMMAND, title: vscode.l10n.t('Show more'), arguments: [node] };
	return item;
}
