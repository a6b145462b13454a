import * as vscode from 'vscode';
import type { PullRequestDetail, PullRequestKey } from '../../core/store/read/pullRequestDetail';
import { formatNumber } from '../format/localizer';
import { editorLocalizer } from '../editorLocalizer';
import { oneLine } from '../format/plainText';
import { checksUri } from './checkDecorations';
import { isCheckResult } from './checksText';
import { groupText, repositoryText } from './groupText';
import { labelIconUri } from './labelIcon';
import { pullRequestText, pullRequestTooltip } from './pullRequestText';
import { PAGE_SIZE } from './page';
import type { GroupNode, MoreNode, PullRequestNode, RepositoryNode, TreeNode } from './treeNode';

/** Internal: the row "Show more" runs it; nobody else can. */
export const SHOW_MORE_COMMAND = 'prSeeder.showMore';

/** A node as the editor draws it. `contextValue` lists what can be done with it; menus look for the words. */
export function treeItem(node: TreeNode, now: number): vscode.TreeItem {
	const item = itemOf(node, now);
	item.id = node.id;
	return item;
}

/** Adds what is shown on hover. @param read reads all that is stored of a pull request; it may fail */
export async function fillTooltip(item: vscode.TreeItem, node: TreeNode | Omit<PullRequestNode, 'parent'>, read: ReadDetail, now: number): Promise<vscode.TreeItem> {
	if (node.kind === 'pullRequest') {
		const detail = await read(node.row).catch(() => undefined);
		// Untrusted, without HTML and without theme icons: the defaults, and everything inside is escaped.
		item.tooltip = new vscode.MarkdownString(pullRequestTooltip(node.row, detail, now, editorLocalizer));
	}
	return item;
}

export type ReadDetail = (key: PullRequestKey) => Promise<PullRequestDetail | undefined>;

function itemOf(node: TreeNode, now: number): vscode.TreeItem {
	switch (node.kind) {
		case 'repository':
			return repositoryItem(node, now);
		case 'group':
			return groupItem(node, now);
		case 'pullRequest':
			return pullRequestItem(node, now);
		case 'more':
			return moreItem(node);
		case 'nothing':
			return nothingItem();
	}
}

function repositoryItem({ repository, matching }: RepositoryNode, now: number): vscode.TreeItem {
	const item = new vscode.TreeItem(oneLine(repository.nameWithOwner), vscode.TreeItemCollapsibleState.Expanded);
	item.description = repositoryText(repository, now, editorLocalizer, matching);
	item.tooltip = `${repository.host}/${repository.nameWithOwner}\n${item.description}`;
	item.accessibilityInformation = { label: `${repository.nameWithOwner}, ${item.description}` };
	item.iconPath = new vscode.ThemeIcon('repo');
	item.contextValue = 'repository canSeed canClear';
	return item;
}

function groupItem({ by, owner, group, context }: GroupNode, now: number): vscode.TreeItem {
	const text = groupText(by, group, context, now, editorLocalizer);
	const item = new vscode.TreeItem(text.label, groupState(group, context));
	item.description = text.description;
	item.tooltip = [text.label, text.description, text.more].filter((line) => line !== '').join('\n');
	item.iconPath = groupIcon(by, group, text.overdue);
	item.accessibilityInformation = { label: `${text.label}, ${text.description}` };
	item.contextValue = owner.kind === 'repository' ? 'group ofRepository' : 'group';
	return item;
}

/** A group that stands alone opens by itself, unless it is what is in none: that says all of it in its row. */
function groupState({ key, count, isUnknown }: GroupNode['group'], { isSole }: GroupNode['context']): vscode.TreeItemCollapsibleState {
	if (count === 0) {
		return vscode.TreeItemCollapsibleState.None;
	}
	return isSole && key !== null && !isUnknown ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}

function groupIcon(by: GroupNode['by'], group: GroupNode['group'], overdue: boolean): vscode.ThemeIcon | vscode.Uri {
	if (group.key === null) {
		return new vscode.ThemeIcon('circle-slash');
	}
	if (group.isUnknown) {
		return new vscode.ThemeIcon('question');
	}
	switch (by) {
		case 'milestone':
			// Another shape too: a colour alone is lost in high contrast.
			return overdue ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground')) : new vscode.ThemeIcon('milestone');
		case 'label':
			return vscode.Uri.parse(labelIconUri(group.color), true);
		case 'author':
		case 'assignee':
		case 'reviewer':
			return new vscode.ThemeIcon(group.isTeam ? 'organization' : 'person');
		case 'turn':
			return new vscode.ThemeIcon('arrow-swap');
	}
}

/** A row of a pull request, wherever it stands. */
export function pullRequestItem(node: Omit<PullRequestNode, 'parent'>, now: number): vscode.TreeItem {
	const text = pullRequestText(node.row, now, editorLocalizer, node.repositoryName);
	const item = new vscode.TreeItem(text.label);
	item.description = text.description;
	item.iconPath = new vscode.ThemeIcon(text.icon.id, new vscode.ThemeColor(text.icon.color));
	item.accessibilityInformation = { label: text.spoken };
	if (isCheckResult(node.row.checksState)) {
		// Nothing is behind this address: it only calls up the mark.
		item.resourceUri = checksUri(node.row.checksState);
	}
	item.contextValue = 'pullRequest canOpen ofRepository';
	item.command = { command: 'prSeeder.openPullRequest', title: vscode.l10n.t('Open on GitHub'), arguments: [node] };
	return item;
}

function moreItem(node: MoreNode): vscode.TreeItem {
	const label = vscode.l10n.t('Show {0} more ({1} remaining)', formatNumber(Math.min(PAGE_SIZE, node.hidden), editorLocalizer), formatNumber(node.hidden, editorLocalizer));
	const item = new vscode.TreeItem(label);
	item.iconPath = new vscode.ThemeIcon('ellipsis');
	item.command = { command: SHOW_MORE_COMMAND, title: label, arguments: [node] };
	return item;
}

function nothingItem(): vscode.TreeItem {
	const item = new vscode.TreeItem(vscode.l10n.t('No pull request matches the filter'));
	item.description = vscode.l10n.t('Clear All Filters');
	item.iconPath = new vscode.ThemeIcon('filter');
	item.command = { command: 'prSeeder.clearFilter', title: item.description };
	return item;
}
