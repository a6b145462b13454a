import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ManualClock } from '../../github-server/clock';
import { eventually, LONGEST_TEST_MS } from '../eventually';
import { harbor, useWindow } from '../seederWindow';
import { tableCounts } from '../storedData';
import { firstView } from '../treePane';

const DAY_MS = 86_400_000;

describe('what is stored, and how it is looked after', function () {
	this.timeout(LONGEST_TEST_MS);
	const clock = new ManualClock(Date.now() - 8 * DAY_MS);
	const window = useWindow('storage', { oneStory: true, clock });

	const message = () => window().pane('Everything Open').pane.locator('.tree-explorer-viewlet-tree-view > .message');
	const show = async (): Promise<void> => {
		await window().workbench.runCommand('PR Seeder: Manage Stored Repositories…');
		await window().workbench.quickInput.waitForOpen('Stored Repositories');
	};
	const row = () => window().workbench.quickInput.row(harbor);

	it('is said to be old in the first view alone, with how to refresh it and without an alarm', async () => {
		await window().signInAndSeed();
		await eventually(async () => assert.match(await message().innerText(), /^Last refreshed 8 days ago\. Use “Refresh from GitHub”\.$/));
		assert.doesNotMatch(await window().pane('Labels').pane.innerText(), /last refreshed/);
		await window().assertNoAlarm();
	});

	it('is listed with its age and size', async () => {
		await show();
		await row().waitFor();
		const total = window().repository().pullRequests.size;
		assert.match(await row().innerText(), new RegExp(`${total} pull requests · 8 days ago[^]*[\\d.]+ [kM]B in the cache · not refreshed for more than 7 days`));
		assert.equal(await row().locator('.codicon-warning').count(), 1);
		assert.match((await window().workbench.quickInput.field.getAttribute('placeholder')) ?? '', /^1 repository · [\d.]+ [kM]B in the database$/);
		await window().workbench.screenshot('20-storage');
	});

	it('is a choice behind the status bar item too', async () => {
		const { workbench } = window();
		await workbench.quickInput.cancel();
		await window().statusItem.click();
		await workbench.quickInput.pick(/Manage Stored Repositories/);
		await workbench.quickInput.waitForOpen('Stored Repositories');
		await row().waitFor();
	});

	it('is refreshed by the button of its row', async () => {
		clock.set(Date.now());
		await row().hover();
		await row().locator('.codicon-refresh').click();
		await window().hear('nothing new');
		await eventually(async () => assert.equal(await message().isVisible(), false));
		await show();
		await eventually(async () => assert.match(await row().innerText(), /just now/));
		assert.equal(await row().locator('.codicon-warning').count(), 0);
	});

	it('offers the same to those who choose the row', async () => {
		const { quickInput } = window().workbench;
		await quickInput.choose(row());
		await quickInput.waitForOpen(harbor);
		assert.deepEqual((await quickInput.labels()).map((label) => label.trim()), ['Refresh from GitHub', 'Check against GitHub', 'Remove…']);
		await quickInput.pick(/Check against GitHub/);
		assert.match(await window().hear('compared with GitHub'), /pull requests compared with GitHub \(all as stored\)/);
	});

	it('tells where the folder is, where no file manager can show it', async () => {
		await show();
		await window().workbench.quickInput.pick(/Open Storage Folder/);
		const item = await window().workbench.notification('The storage folder is');
		// The status bar item was clicked before and has the focus again: its hover would lie over the button.
		await window().workbench.page.mouse.click(900, 300);
		await window().workbench.page.locator('.workbench-hover-container').waitFor({ state: 'hidden' });
		await item.locator('.monaco-button', { hasText: 'Copy Path' }).click();
		await eventually(async () => assert.equal(await window().workbench.page.evaluate<string>('navigator.clipboard.readText()'), window().storage));
	});

	it('is exported as the views show it, or all of it', async () => {
		const { workbench } = window();
		const save = async (what: RegExp, format: string | undefined, name: string): Promise<string> => {
			await workbench.runCommand('PR Seeder: Export…');
			await workbench.quickInput.waitForOpen('Export');
			await workbench.quickInput.pick(what);
			if (format !== undefined) await workbench.quickInput.pick(format);
			// Where it is offered: in the folder that is open.
			const path = await eventually(async () => {
				const offered = await workbench.quickInput.field.inputValue();
				assert.ok(offered.endsWith(`/${name}`), offered);
				return offered;
			});
			await workbench.quickInput.accept();
			await window().hear(`to ${name}.`);
			return path;
		};
		await workbench.runCommand('PR Seeder: Export…');
		await workbench.quickInput.waitForOpen('Export');
		await workbench.screenshot('23-export');
		await workbench.quickInput.cancel();
		const { pullRequests } = window().repository();
		const open = [...pullRequests.values()].filter(({ state }) => state === 'OPEN');
		const shown = await readFile(await save(/as the views show them/, 'CSV', 'pull-requests.csv'), 'utf8');
		assert.ok(shown.startsWith('\ufeff"repository","host","number","title",'));
		assert.doesNotMatch(shown, /(^|,)"?[=+@-][^,]*\(/m);
		const all = JSON.parse(await readFile(await save(/All pull requests/, 'JSON', 'pull-requests.json'), 'utf8')) as { number: number; title: string; state: string }[];
		assert.deepEqual(all.map(({ number, title }) => [number, title]), [...pullRequests.values()].map(({ number, title }) => [number, title]).sort(([one], [other]) => Number(one) - Number(other)));
		assert.equal(shown.trimEnd().split('\r\n').length, open.length + 1);
		const copy = await save(/A copy of the database/, undefined, 'pull-requests.sqlite');
		assert.deepEqual(await tableCounts(copy, ['pull_request']), { pull_request: pullRequests.size });
	});

	it('is kept by whoever does not confirm', async () => {
		await window().workbench.runCommand('PR Seeder: Remove All Stored Repositories…');
		await window().workbench.dialog(`Remove ${harbor} from this machine?`).waitFor();
		await window().workbench.screenshot('21-clear-all');
		await window().workbench.dialogButton('Cancel');
		await show();
		await row().waitFor();
	});

	it('is gone when everything is cleared', async () => {
		await window().workbench.quickInput.pick(/Remove All Stored Repositories…/);
		await window().workbench.dialogButton('Remove All');
		await eventually(async () => assert.match(await window().workbench.tree(firstView).welcomeText(), /No pull requests are stored yet/));
		assert.deepEqual(await tableCounts(join(window().storage, 'prs.sqlite'), ['repository', 'pull_request', 'review']), { repository: 0, pull_request: 0, review: 0 });
		await show();
		await window().workbench.quickInput.row(/Seed repo PRs/).waitFor();
		await window().workbench.screenshot('22-nothing-stored');
		await window().workbench.quickInput.cancel();
	});
});
