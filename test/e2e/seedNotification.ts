import { setTimeout as delay } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import type { Workbench } from '../vscode/workbench';

/** The notification of a running seed, read as it changes. */
export class SeedNotification {
	/** Every text it showed, in order. */
	readonly seen: string[] = [];
	private readonly item: Locator;

	constructor({ page }: Workbench, nameWithOwner: string) {
		// The one that can be cancelled: the one that tells the end looks alike.
		this.item = page.locator('.notification-list-item').filter({ hasText: nameWithOwner }).filter({ has: cancelButton(page) });
	}

	/** Reads it until it is gone. @param onText told of every text that is another than the one before */
	async watch(onText: (text: string) => Promise<void> = () => Promise.resolve()): Promise<void> {
		await this.item.waitFor();
		for (;;) {
			// None left is not a failure here: it is the end.
			const [text] = await this.item.locator('.notification-list-item-message').allInnerTexts();
			if (text === undefined) return;
			if (text !== this.seen.at(-1)) {
				this.seen.push(text);
				await onText(text);
			}
			await delay(30);
		}
	}

	async cancel(): Promise<void> {
		await cancelButton(this.item).click();
		await this.item.waitFor({ state: 'hidden' });
	}

	async waitForText(text: string): Promise<void> {
		await this.item.filter({ hasText: text }).waitFor();
	}

	/** The different totals: one, when it is consistent. */
	get totals(): number[] {
		return [...new Set(this.matches(/ of ([\d,]+) pull requests/))];
	}

	/** How many of them were done, at each step that was seen. */
	get counts(): number[] {
		return [...new Set(this.matches(/([\d,]+) of [\d,]+ pull requests/))];
	}

	/** The budget, at each step that was seen. */
	get points(): number[] {
		return this.matches(/([\d,]+) points left/);
	}

	private matches(pattern: RegExp): number[] {
		return this.seen.flatMap((text) => {
			const found = pattern.exec(text)?.[1];
			return found === undefined ? [] : [Number(found.replaceAll(',', ''))];
		});
	}
}

function cancelButton(within: Page | Locator): Locator {
	return within.locator('.monaco-button', { hasText: 'Cancel' });
}
