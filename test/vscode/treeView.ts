import type { Locator, Page } from 'playwright-core';

/** One row of a tree as a person sees it, and as a screen reader says it. */
export interface TreeRow {
	readonly label: string;
	readonly description: string;
	readonly ariaLabel: string;
	/** 1 is the root. */
	readonly level: number;
	/** undefined: a leaf. */
	readonly expanded: boolean | undefined;
}

/** One view of a side bar's container, by the title in its header. */
export class TreeView {
	readonly pane: Locator;

	constructor(
		page: Page,
		readonly title: string,
	) {
		// The header is labelled "<title> Section", and hidden when its view is the only one of the container.
		this.pane = page.locator('.split-view-view .pane').filter({ has: page.locator(`.pane-header[aria-label^=${JSON.stringify(title)}]`) });
	}

	/** The rows on the screen, top to bottom, once there is one. Rows out of view are not in the page. */
	async rows(): Promise<TreeRow[]> {
		await this.rowLocators.first().waitFor();
		const rows: TreeRow[] = [];
		for (const row of await this.rowLocators.all()) rows.push(await read(row));
		return rows;
	}

	/** The first row whose label contains the text, or matches. */
	row(label: string | RegExp): Locator {
		return this.rowLocators.filter({ hasText: label }).first();
	}

	/** Opens a row's children and waits until they are there. */
	async expand(label: string | RegExp): Promise<void> {
		const row = this.row(label);
		await row.waitFor();
		if ((await row.getAttribute('aria-expanded')) === 'true') return;
		await row.locator('.monaco-tl-twistie').click();
		await this.pane.locator('.monaco-list-row[aria-expanded="true"]').filter({ hasText: label }).first().waitFor();
	}

	/** What the view says in place of rows. */
	async welcomeText(): Promise<string> {
		return (await this.pane.locator('.welcome-view-content').innerText()).trim();
	}

	/** Clicks an action of the view's title bar, by its tooltip. */
	async titleAction(label: string): Promise<void> {
		await this.pane.locator('.pane-header').hover();
		await this.pane.locator(`.pane-header .action-label[aria-label^=${JSON.stringify(label)}]`).click();
	}

	private get rowLocators(): Locator {
		return this.pane.locator('.monaco-list-row');
	}
}

async function read(row: Locator): Promise<TreeRow> {
	const text = async (selector: string): Promise<string> => ((await row.locator(selector).allInnerTexts())[0] ?? '').trim();
	const expanded = await row.getAttribute('aria-expanded');
	return {
		label: await text('.label-name'),
		description: await text('.label-description'),
		ariaLabel: (await row.getAttribute('aria-label')) ?? '',
		level: Number(await row.getAttribute('aria-level')),
		expanded: expanded === null ? undefined : expanded === 'true',
	};
}
