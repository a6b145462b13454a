import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { repositoryRoot } from '../vscode/paths';
import type { Workbench } from '../vscode/workbench';

/** Whether this run is to renew the pictures of the README, which are in git: `PR_SEEDER_UPDATE_SCREENSHOTS=1`. */
export const renewsPictures = process.env['PR_SEEDER_UPDATE_SCREENSHOTS'] === '1';

/** Saves what the page shows, or a part of it, as `docs/images/<name>.png`; in an ordinary run it does nothing. */
export async function readmePicture(page: Page, name: string, clip?: { x: number; y: number; width: number; height: number }): Promise<void> {
	if (!renewsPictures) return;
	const folder = join(repositoryRoot, 'docs', 'images');
	await mkdir(folder, { recursive: true });
	await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', ...(clip && { clip }) });
}

/** Drags the edge of the side bar. @param width in pixels, of the whole bar */
export async function setSideBarWidth({ page }: Workbench, width: number): Promise<void> {
	const bar = await page.locator('.part.sidebar').boundingBox();
	if (!bar) throw new Error('There is no side bar.');
	const y = bar.y + bar.height / 2;
	await page.mouse.move(bar.x + bar.width, y);
	await page.mouse.down();
	await page.mouse.move(bar.x + width, y, { steps: 5 });
	await page.mouse.up();
	await page.mouse.move(bar.x + width + 100, y);
}
