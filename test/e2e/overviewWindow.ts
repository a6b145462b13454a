import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { repositoryRoot } from '../vscode/paths';
import type { Workbench } from '../vscode/workbench';

const require = createRequire(join(repositoryRoot, 'package.json'));

/** What axe-core finds, as far as it is told here: https://github.com/dequelabs/axe-core/blob/develop/doc/API.md */
interface Violation {
	readonly id: string;
	readonly impact: string | null;
	readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** The overview page in a window. */
export class OverviewWindow {
	constructor(private readonly workbench: Workbench) {}

	get page(): FrameLocator {
		return this.workbench.webview();
	}

	/** Runs one of the two commands and waits for its tab. */
	async open(tab: 'Workload' | 'Milestones'): Promise<void> {
		await this.workbench.runCommand(`PR Seeder: Open ${tab === 'Workload' ? 'Workload' : 'Milestone'} Overview`);
		await this.waitForTab(tab);
	}

	/** The workload by assignee, with those who have nothing open. */
	async showEverybody(): Promise<void> {
		await this.page.locator('label.field', { hasText: /^By/ }).locator('select').selectOption('assignee');
		await this.page.getByLabel('Show people with no open work').check();
		await this.page.getByRole('button', { name: 'Review requested', exact: true }).waitFor();
	}

	async waitForTab(tab: 'Workload' | 'Milestones'): Promise<void> {
		await this.page.getByRole('tab', { name: tab, selected: true }).waitFor();
		await this.page.locator(`table.${tab.toLowerCase()} tbody tr`).first().waitFor();
	}

	/** The rows of people from top to bottom; the unassigned have an empty name. */
	async people(): Promise<string[]> {
		return await this.evaluate<string[]>(`[...document.querySelectorAll('tr[data-person]')].map((row) => row.dataset.person)`);
	}

	/** Everybody's numbers by column, all of one moment; the unassigned have an empty name. */
	async numbers(): Promise<Map<string, Record<string, number>>> {
		const script = `[...document.querySelectorAll('tr[data-person]')].map((row) => [row.dataset.person, [...row.querySelectorAll('td[data-column]')].map((cell) => [cell.dataset.column, cell.textContent])])`;
		const rows = await this.evaluate<[person: string, cells: [column: string, text: string][]][]>(script);
		return new Map(rows.map(([person, cells]) => [person, Object.fromEntries(cells.map(([column, text]) => [column, Number(text.replaceAll(',', ''))]))]));
	}

	row(login: string | null): Locator {
		return this.page.locator(rowSelector(login));
	}

	piece(login: string | null, part: string): Locator {
		return this.row(login).locator(`button[data-part=${part}]`);
	}

	/** Fails when axe-core finds anything serious or critical on the page. */
	async assertAccessible(what: string): Promise<void> {
		await this.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'));
		const { violations } = await this.evaluate<{ violations: Violation[] }>('axe.run(document)');
		const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
		assert.deepEqual(serious.map(({ id, nodes }) => `${what}: ${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`).slice(0, 3).join(' | ')}`), []);
	}

	/** Fails when a part of the bars has no colour in the theme, or that of another. */
	async assertPartsDiffer(theme: string): Promise<void> {
		const colours = await this.evaluate<string[]>(`[...document.querySelectorAll('.legend .piece')].map((piece) => getComputedStyle(piece).borderTopColor)`);
		assert.equal(new Set(colours).size, 5, `${theme}: ${colours.join(' ')}`);
		assert.deepEqual(colours.filter((colour) => !colour.startsWith('rgb(') && !colour.startsWith('color(')), [], theme);
	}

	/** Runs JavaScript in the page, past its content security policy. What it gives back has to be JSON. */
	async evaluate<T>(script: string): Promise<T> {
		const frame = await (await this.page.locator('body').elementHandle()).ownerFrame();
		assert.ok(frame, 'The page is not there.');
		return await frame.evaluate<T>(script);
	}
}

function rowSelector(login: string | null): string {
	return `tr[data-person=${JSON.stringify(login ?? '')}]`;
}
