import type { Locator } from 'playwright-core';
import { setTimeout as delay } from 'node:timers/promises';
import type { Workbench } from '../../vscode/workbench';

/** Milliseconds. */
export interface Opened {
	firstRowsMs: number;
	/** The same from the frame on that shows the view itself. */
	firstRowsInViewMs: number;
	rowsAgainMs: number;
}

const VIEW = '.pane-header[aria-label^="Milestones"]';
const ROW = '.pane[class] .monaco-list-row[aria-label]';
const GROUPS = 10;
/** The window has other things to do right after its start. */
const SETTLE_MS = 3_000;

/** Opens the extension's views in a window that has not shown them yet, then hides and shows them once more. */
export async function openViews(workbench: Workbench): Promise<Opened> {
	const { page } = workbench;
	await page.locator('.activitybar .action-label[aria-label^="Explorer"]').waitFor();
	await delay(SETTLE_MS);
	const seeder = page.locator('.activitybar .action-item:has(> .action-label[aria-label^="PR Seeder"])');
	const { pressMs: firstRowsMs, viewMs: firstRowsInViewMs } = await untilShown(workbench, seeder, ROW);
	await delay(SETTLE_MS);
	await page.locator('.activitybar .action-item:has(> .action-label[aria-label^="Search"])').click();
	await page.locator(ROW).first().waitFor({ state: 'hidden' });
	const { pressMs: rowsAgainMs } = await untilShown(workbench, seeder, ROW);
	return { firstRowsMs, firstRowsInViewMs, rowsAgainMs };
}

/** Opens the first groups of the tree of labels, one after the other, and folds each again. */
export async function expandGroups(workbench: Workbench): Promise<number[]> {
	// So that so many rows are in view.
	await workbench.tree('Everything Open').pane.locator('.pane-header').click({ position: { x: 30, y: 10 } });
	const { pane } = workbench.tree('Labels');
	const taken: number[] = [];
	for (let i = 0; i < GROUPS; i++) {
		const row = pane.locator(`.monaco-list-row[data-index="${i}"]`);
		taken.push((await untilShown(workbench, row.locator('.monaco-tl-twistie'), '.monaco-list-row[aria-level="2"]')).pressMs);
		await row.locator('.monaco-tl-twistie').click();
		await pane.locator('.monaco-list-row[aria-level="2"]').first().waitFor({ state: 'detached' });
	}
	return taken;
}

/** What the editor itself counts for the extension: loading its script and running `activate`. */
export async function activationMs(workbench: Workbench): Promise<number> {
	await workbench.runCommand('Developer: Show Running Extensions');
	const row = workbench.page.locator('.runtime-extensions-editor .monaco-list-row').filter({ hasText: 'PR Seeder' });
	const text = await row.locator('.activation-time').innerText();
	const found = /(\d+)\s*ms/.exec(text)?.[1];
	if (found === undefined) {
		throw new Error(`The editor does not say how long the activation took: ${text}`);
	}
	return Number(found);
}

/**
 * Clicks, and waits for something to show.
 * @returns how long it took, to the frame that shows it, from the press and from the view's own appearance, in milliseconds
 */
async function untilShown({ page }: Workbench, target: Locator, selector: string): Promise<{ pressMs: number; viewMs: number }> {
	await target.hover();
	const taken = page.evaluate<{ pressMs: number; viewMs: number }>(`(${IN_PAGE})(${JSON.stringify(selector)}, ${JSON.stringify(VIEW)})`);
	await target.click();
	return await taken;
}

/** Runs in the page, whose types are not those of these tests: hence text. */
const IN_PAGE = `(selector, viewSelector) => new Promise((resolve) => {
	let began, inView;
	addEventListener('mousedown', () => (began ??= performance.now()), { capture: true, once: true });
	const isShown = (wanted) => [...document.querySelectorAll(wanted)].some((element) => element.checkVisibility());
	const look = () => {
		if (began === undefined) return;
		if (inView === undefined && isShown(viewSelector)) inView = performance.now();
		if (!isShown(selector)) return;
		observer.disconnect();
		requestAnimationFrame(() => resolve({ pressMs: performance.now() - began, viewMs: performance.now() - inView }));
	};
	const observer = new MutationObserver(look);
	observer.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['aria-expanded', 'style', 'class'] });
})`;
