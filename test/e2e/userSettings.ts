import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workbench } from '../vscode/workbench';
import { eventually } from './eventually';

const FILE = '.monaco-editor[data-uri$="/settings.json"]';

/**
 * Changes user settings as a person does, in their file, so that the window hears of it for certain: where a machine has
 * many watchers, it can miss what is written by others.
 */
export async function editUserSettings(workbench: Workbench, changes: Readonly<Record<string, unknown>>): Promise<void> {
	const file = join(workbench.editor.userData, 'data', 'User', 'settings.json');
	const read = async () => JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
	const wanted = { ...(await read()), ...changes };
	const { page } = workbench;
	await openUserSettings(workbench);
	await page.locator(FILE).locator('.view-lines').click();
	await page.keyboard.press('Control+A');
	// On one line, so that nothing is indented.
	await page.keyboard.insertText(JSON.stringify(wanted));
	// The brackets that the editor closed by itself.
	await page.keyboard.press('Control+Shift+End');
	await page.keyboard.press('Delete');
	await page.keyboard.press('Control+S');
	await eventually(async () => assert.deepEqual(await read(), wanted));
	await closeUserSettings(workbench);
}

/** Opens the file. */
export async function openUserSettings(workbench: Workbench): Promise<void> {
	await workbench.runCommand('Preferences: Open User Settings (JSON)');
	await workbench.page.locator(FILE).locator('.view-line').first().waitFor();
}

export async function closeUserSettings({ page }: Workbench): Promise<void> {
	await eventually(async () => {
		await page.keyboard.press('Escape');
		assert.equal(await page.locator(FILE).count(), 0);
	});
}
