import type { Locator, Page } from 'playwright-core';

/** The box at the top of the workbench: command palette, quick pick and input box alike. */
export class QuickInput {
	readonly widget: Locator;
	readonly field: Locator;
	private readonly rows: Locator;

	constructor(private readonly page: Page) {
		this.widget = page.locator('.quick-input-widget:visible');
		// The field of a pick box or input box; the check box "select all" is an input too.
		this.field = this.widget.locator('.quick-input-box input');
		this.rows = this.widget.locator('.quick-input-list .monaco-list-row');
	}

	/** Waits until the box is there. @param title the box's title, when several could be on their way */
	async waitForOpen(title?: string): Promise<void> {
		const shown = title === undefined ? this.widget : this.widget.filter({ has: this.page.locator('.quick-input-title', { hasText: title }) });
		await shown.waitFor();
	}

	/** Replaces what is in the field. */
	async type(text: string): Promise<void> {
		await this.field.fill(text);
	}

	/** Types into an input box and confirms. */
	async submit(text: string): Promise<void> {
		await this.type(text);
		await this.accept();
	}

	/** Confirms with Enter: the text, the focused row, or the checked rows. */
	async accept(): Promise<void> {
		await this.field.press('Enter');
	}

	/** Leaves with Escape. */
	async cancel(): Promise<void> {
		await this.field.press('Escape');
		await this.widget.waitFor({ state: 'hidden' });
	}

	/** The row whose label is `label`. */
	row(label: string | RegExp): Locator {
		const text = typeof label === 'string' ? new RegExp(`^\\s*${escapeRegExp(label)}\\s*$`) : label;
		return this.rows.filter({ has: this.page.locator('.quick-input-list-label, .label-name').filter({ hasText: text }) }).first();
	}

	/** The labels of the rows on the screen, once there is one. Rows out of view are not in the page. */
	async labels(): Promise<string[]> {
		await this.rows.first().waitFor();
		return await this.rows.locator('.quick-input-list-row:first-child .label-name').allInnerTexts();
	}

	/** Waits for a row and chooses it; in a pick of many it is checked or unchecked. */
	async pick(label: string | RegExp): Promise<void> {
		const row = this.row(label);
		await row.waitFor();
		if (await row.locator('.quick-input-list-checkbox:visible').count()) await this.click(row);
		else await this.choose(row);
	}

	/** Confirms a row that is shown: with Enter when it is the focused one, as after typing, and else by a click. */
	async choose(row: Locator): Promise<void> {
		if (/\bfocused\b/.test((await row.getAttribute('class')) ?? '')) await this.accept();
		else await this.click(row);
	}

	private async click(row: Locator): Promise<void> {
		await row.click();
		// A mouse left where it clicked calls up the hover of whatever comes there next.
		await this.page.mouse.move(0, 0);
	}

	/** What the box says below the field: the prompt, or the validation's complaint. */
	async message(): Promise<string> {
		return (await this.widget.locator('.quick-input-message').innerText()).trim();
	}

	/** Waits until the text below the field contains `text`. */
	async waitForMessage(text: string): Promise<void> {
		await this.widget.locator('.quick-input-message', { hasText: text }).waitFor();
	}
}

export function escapeRegExp(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
