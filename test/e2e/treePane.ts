import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { PullRequest } from '../github-server/model';
import type { TreeRow } from '../vscode/treeView';
import type { Workbench } from '../vscode/workbench';
import { eventually } from './eventually';
import type { ExpectedGroup } from './expectedTrees';

/** The views that group. */
export const groupedTitles = ['Milestones', 'Labels', 'People'] as const;
export type GroupedTitle = (typeof groupedTitles)[number];

/** All views, in their order. */
export const viewTitles = ['My Work', 'Everything Open', ...groupedTitles] as const;
export type ViewTitle = (typeof viewTitles)[number];

/** The one that says at length what to do while there is nothing to show, and what is wrong. */
export const [firstView] = viewTitles;

/** What the tree calls those that have nothing to group them by. */
const noneTitles: Readonly<Partial<Record<ViewTitle, string>>> = { Milestones: 'No milestone', Labels: 'No label', People: 'Unassigned' };

/** As much of the page's elements as is read here: these tests are compiled for Node. */
interface PageElement {
	readonly innerText: string;
	getAttribute(name: string): string | null;
	querySelector(selector: string): PageElement | null;
}

/** Runs in the page. */
function readRows(rows: readonly PageElement[]): TreeRow[] {
	return rows.map((row) => {
		const expanded = row.getAttribute('aria-expanded');
		return {
			label: row.querySelector('.label-name')?.innerText.trim() ?? '',
			description: row.querySelector('.label-description')?.innerText.trim() ?? '',
			ariaLabel: row.getAttribute('aria-label') ?? '',
			level: Number(row.getAttribute('aria-level')),
			expanded: expanded === null ? undefined : expanded === 'true',
		};
	});
}

/** One of the trees, held against the world. */
export class TreePane {
	readonly pane: Locator;

	constructor(
		private readonly workbench: Workbench,
		readonly title: ViewTitle,
	) {
		this.pane = workbench.tree(title).pane;
	}

	/** Folds the others away. Rows out of view are not in the page: see `SeederWindow.whileHigh`. */
	async showAlone(): Promise<void> {
		for (const title of viewTitles) await new TreePane(this.workbench, title).setOpen(title === this.title);
	}

	async setOpen(open: boolean): Promise<void> {
		const header = this.pane.locator('.pane-header');
		if ((await header.getAttribute('aria-expanded')) === String(open)) return;
		// At its left end: the middle may be under a notification or have actions.
		await header.click({ position: { x: 30, y: 10 } });
		await this.pane.locator(`.pane-header[aria-expanded="${String(open)}"]`).waitFor();
	}

	/** The rows of a level that are on the screen, top to bottom; all of one moment, where `TreeView.rows` asks for each. */
	async rows(level: 1 | 2): Promise<TreeRow[]> {
		const rows = this.pane.locator('.monaco-list-row');
		await rows.first().waitFor();
		return (await rows.evaluateAll(readRows)).filter((row) => row.level === level);
	}

	/** Waits until the groups and what they say of themselves are the expected ones. */
	async assertGroups(expected: readonly ExpectedGroup[]): Promise<void> {
		const wanted = expected.map((group) => this.titleOf(group)).sort();
		await eventually(async () => {
			const groups = await this.rows(1);
			assert.deepEqual(groups.map(({ label }) => label).sort(), wanted);
			// Titles need not be unique, so what is said is compared as a whole too.
			assert.deepEqual(groups.map(countOf).sort(), expected.map((group) => this.countText(group)).sort());
			assert.equal(groups.at(-1)?.label, noneTitles[this.title], 'those without come last');
		});
	}

	/** Opens a group, waits until its pull requests are the expected ones, in order, and closes it again. */
	async assertMembers(group: ExpectedGroup): Promise<void> {
		const row = this.groupRow(this.titleOf(group));
		await toggle(row, true);
		await eventually(async () => {
			assertShown(await this.rows(2), group.open);
		});
		await toggle(row, false);
	}

	/** Waits until the rows at the top begin with the expected pull requests, in order. The rest may be out of view. */
	async assertList(expected: readonly PullRequest[]): Promise<void> {
		await eventually(async () => {
			const shown = await this.rows(1);
			assert.ok(shown.length > 5 && shown.length <= expected.length, `${shown.length} of ${expected.length} rows`);
			assertShown(shown, expected.slice(0, shown.length));
		});
	}

	async expand(title: string): Promise<void> {
		await toggle(this.groupRow(title), true);
	}

	async collapse(title: string): Promise<void> {
		await toggle(this.groupRow(title), false);
	}

	/** The row of a pull request; its group has to be open. */
	pullRequestRow(number: number): Locator {
		return this.pane.locator('.monaco-list-row[aria-level="2"]').filter({ hasText: new RegExp(`#${number}\\b`) }).first();
	}

	/** Waits for the hover of a row. @returns what it says */
	async hoverText(row: Locator): Promise<string> {
		await row.hover();
		const hover = this.workbench.page.locator('.workbench-hover-container .monaco-hover');
		await hover.waitFor();
		return await hover.innerText();
	}

	private titleOf({ title }: ExpectedGroup): string {
		return title ?? noneTitles[this.title] ?? '';
	}

	/** What a group's row has to say beside its title, but for a milestone's due date. */
	private countText({ title, open, closed, total }: ExpectedGroup): string {
		if (this.title === 'People' && title !== null) {
			const drafts = open.filter(({ isDraft }) => isDraft).length;
			return [`${open.length} open`, ...(drafts > 0 ? [`${drafts} draft`] : [])].join(' · ');
		}
		if (this.title !== 'Milestones' || title === null) return String(open.length);
		return `${open.length} open · ${Math.floor((closed / total) * 100)}%`;
	}

	private groupRow(title: string): Locator {
		const name = this.pane.page().getByText(title, { exact: true });
		return this.pane.locator('.monaco-list-row[aria-level="1"]').filter({ has: name }).first();
	}
}

/** Without a milestone's due date, which has tests of its own, and without the reviews that a person is asked for. */
function countOf({ description }: TreeRow): string {
	return description.split(' · ').filter((part) => !/ to review$|^due | overdue$|^closed$|^complete$/.test(part)).join(' · ');
}

/** That rows are these open pull requests, in order. */
function assertShown(rows: readonly TreeRow[], expected: readonly PullRequest[]): void {
	assert.deepEqual(
		// Without the age: it grows while the test runs.
		rows.map(({ label, description }) => `${label.split(' ')[0]} · ${description.split(' · ')[0]}`),
		expected.map((one) => `#${one.number} · ${one.author?.login ?? 'ghost'}`),
	);
	assert.deepEqual(rows.filter(({ expanded }) => expanded !== undefined), [], 'a pull request holds nothing');
	const spoken = expected.map((one) => `${one.isDraft ? 'Draft' : 'Open'} pull request ${one.number} by ${one.author?.login ?? 'ghost'}, `);
	assert.deepEqual(rows.filter(({ ariaLabel }, index) => !ariaLabel.startsWith(spoken[index] ?? '')), [], 'what a screen reader says');
}

async function toggle(row: Locator, open: boolean): Promise<void> {
	if ((await row.getAttribute('aria-expanded')) === String(open)) return;
	await row.locator('.monaco-tl-twistie').click();
	await eventually(async () => assert.equal(await row.getAttribute('aria-expanded'), String(open)));
}
