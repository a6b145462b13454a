import { setTimeout as delay } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import type { Workbench } from '../vscode/workbench';

/** The notification of a running seed, read as it changes. */
export class SeedNotification {
	/** Every text it showed, in order. */
	readonly seen: string[] = [];
	private readonly item: Locator;
	private readonly page: Page;

	constructor({ page }: Workbench, private readonly nameWithOwner: string) {
		this.page = page;
		// The one that can be cancelled: the one that tells the end looks alike.
		this.item = page.locator('.notification-list-item').filter({ hasText: nameWithOwner }).filter({ has: cancelButton(page) });
	}

	/** Reads it until it is gone. @param onText told of every text that is another than the one before */
	async watch(onText: (text: string) => Promise<void> = () => Promise.resolve()): Promise<void> {
		await this.page.evaluate(recorder(this.nameWithOwner));
		await this.item.waitFor();
		for (let isThere = true; isThere; ) {
			await delay(30);
			isThere = (await this.item.count()) > 0;
			const texts = await this.page.evaluate<string[]>('window.seedTexts.splice(0)');
			for (const text of texts) {
				this.seen.push(text);
				await onText(text);
			}
		}
		await this.page.evaluate('window.seedObserver.disconnect()');
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

/** A script that notes in the page what the notification says: whoever looks from outside misses texts on a busy machine. */
function recorder(nameWithOwner: string): string {
	return `{
		window.seedTexts = [];
		let last;
		const look = () => {
			for (const item of document.querySelectorAll('.notification-list-item')) {
				if (![...item.querySelectorAll('.monaco-button')].some((button) => button.textContent.includes('Cancel'))) continue;
				const text = item.querySelector('.notification-list-item-message')?.innerText ?? '';
				if (text === last || !text.includes(${JSON.stringify(nameWithOwner)})) continue;
				window.seedTexts.push(last = text);
			}
		};
		window.seedObserver = new MutationObserver(look);
		window.seedObserver.observe(document.body, { childList: true, subtree: true, characterData: true });
		look();
	}`;
}
