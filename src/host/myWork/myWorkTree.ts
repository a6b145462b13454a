import * as vscode from 'vscode';
import { LANES, type Lane } from '../../core/insights/myWork';
import type { Clock } from '../../core/model/clock';
import { shortNames } from '../../core/projects/project';
import { editorLocalizer } from '../editorLocalizer';
import { localized } from '../format/errorText';
import { formatDay, formatNumber } from '../format/localizer';
import { fillTooltip, pullRequestItem, type ReadDetail } from '../tree/treeItem';
import type { PullRequestNode } from '../tree/treeNode';
import { reasonText, turnText } from '../tree/turnText';
import type { MyRow, MyRows } from './myWorkRows';

/** A row of My Work. Ids are unique within the tree and the same after every refresh. */
export type MyNode = LaneNode | MyPullRequestNode;

export interface LaneNode {
	kind: 'lane';
	id: string;
	lane: Lane | 'snoozed';
	rows: readonly MyRow[];
	names: ReadonlyMap<number, string> | undefined;
}

/** For the commands it is what it is in every tree. */
export interface MyPullRequestNode extends Omit<PullRequestNode, 'parent'> {
	parent: LaneNode | undefined;
	mine: MyRow;
}

export interface MyWorkTreeOptions {
	/** What is the person's by now; it may reject. */
	read: () => Promise<MyRows>;
	readDetail: ReadDetail;
	clock: Pick<Clock, 'now'>;
	onDidFail: (error: unknown) => void;
}

/** The lanes of the person's own work, with pull requests directly under each; what is checked out stands first. */
export class MyWorkTree implements vscode.TreeDataProvider<MyNode>, vscode.Disposable {
	private readonly changed = new vscode.EventEmitter<undefined>();
	readonly onDidChangeTreeData = this.changed.event;

	constructor(private readonly options: MyWorkTreeOptions) {}

	refresh(): void {
		this.changed.fire(undefined);
	}

	async getChildren(node?: MyNode): Promise<MyNode[]> {
		if (node !== undefined) {
			return node.kind === 'lane' ? node.rows.map((row) => pullRequestNode(row, node, node.names)) : [];
		}
		try {
			return roots(await this.options.read());
		} catch (error) {
			this.options.onDidFail(error);
			return [];
		}
	}

	getParent(node: MyNode): MyNode | undefined {
		return node.kind === 'lane' ? undefined : node.parent;
	}

	getTreeItem(node: MyNode): vscode.TreeItem {
		const item = node.kind === 'lane' ? laneItem(node) : rowItem(node, this.options.clock.now());
		item.id = node.id;
		return item;
	}

	async resolveTreeItem(item: vscode.TreeItem, node: MyNode): Promise<vscode.TreeItem> {
		return node.kind === 'lane' ? item : fillTooltip(item, node, this.options.readDetail, this.options.clock.now());
	}

	dispose(): void {
		this.changed.dispose();
	}
}

function roots({ checkedOut, lanes, snoozed }: MyRows): MyNode[] {
	const all = [...checkedOut, ...lanes.flatMap(({ rows }) => rows), ...snoozed].map(({ repository }) => repository);
	const repositories = [...new Map(all.map((one) => [one.id, one])).values()];
	const names = repositories.length > 1 ? shortNames(repositories) : undefined;
	const shown = snoozed.length === 0 ? lanes : [...lanes, { lane: 'snoozed' as const, rows: snoozed }];
	return [...checkedOut.map((row) => pullRequestNode(row, undefined, names)), ...shown.map(({ lane, rows }): LaneNode => ({ kind: 'lane', id: lane, lane, rows, names }))];
}

function pullRequestNode(mine: MyRow, parent: LaneNode | undefined, names: ReadonlyMap<number, string> | undefined): MyPullRequestNode {
	const repositoryName = names?.get(mine.repository.id);
	return { kind: 'pullRequest', id: `${parent?.id ?? 'checkedOut'}/${mine.name}`, parent, repository: mine.repository, row: mine.facts, mine, ...(repositoryName !== undefined && { repositoryName }) };
}

function laneItem({ lane, rows }: LaneNode): vscode.TreeItem {
	const count = formatNumber(rows.length, editorLocalizer);
	const isSnoozed = lane === 'snoozed';
	const label = isSnoozed ? vscode.l10n.t('{0} snoozed', count) : localized(LANES[lane], editorLocalizer);
	const item = new vscode.TreeItem(label, isSnoozed ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded);
	if (!isSnoozed) {
		item.description = count;
	}
	item.iconPath = new vscode.ThemeIcon(ICONS[lane]);
	item.accessibilityInformation = { label: isSnoozed ? label : `${label}, ${count}` };
	item.contextValue = 'lane';
	return item;
}

const ICONS: Record<LaneNode['lane'], string> = {
	reviewRequested: 'eye',
	newCommits: 'git-commit',
	toActOn: 'person',
	readyToMerge: 'git-merge',
	waiting: 'clock',
	assigned: 'account',
	stuck: 'watch',
	snoozed: 'bell-slash',
};

function rowItem(node: MyPullRequestNode, now: number): vscode.TreeItem {
	const { mine, parent, repositoryName = '' } = node;
	const item = pullRequestItem(node, now);
	const snoozed = mine.snooze && snoozeText(mine.snooze.until);
	const marks = [...(parent ? [] : [vscode.l10n.t('checked out')]), ...(mine.isPinned ? [vscode.l10n.t('pinned')] : []), ...(snoozed === undefined ? [] : [snoozed])];
	// Whom it waits for is plain in a lane.
	const why = parent && parent.lane !== 'snoozed' ? reasonText(mine.turn, now, editorLocalizer) : turnText(mine.facts, now, editorLocalizer);
	item.description = [repositoryName, ...marks, why].filter((part) => part !== '').join(' · ');
	item.accessibilityInformation = { label: `${item.accessibilityInformation?.label ?? ''}, ${[...marks, why].join(', ')}` };
	item.contextValue = `${item.contextValue ?? ''} ${mine.isPinned ? 'canUnpin' : 'canPin'} ${mine.snooze ? 'canWake' : 'canSnooze'}`;
	if (!parent) {
		item.iconPath = new vscode.ThemeIcon('target');
	}
	return item;
}

function snoozeText(until: number | undefined): string {
	return until === undefined ? vscode.l10n.t('snoozed until something changes') : vscode.l10n.t('snoozed until {0}', formatDay(until, editorLocalizer));
}
