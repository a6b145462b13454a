import assert from 'node:assert/strict';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import initSqlJs from 'sql.js';
import { LONGEST_TEST_MS } from '../eventually';
import { useWindow } from '../seederWindow';

const MENU_MS = 300;
const HOSTILE = ['command:workbench.action.closeWindow', 'file:///etc/passwd', 'vscode://pr-seeder.pr-seeder/x', 'https://elsewhere.invalid/octo-sample/harbor/pull/1'];

// Somebody has written addresses into the database that lead elsewhere, and a person clicks them.
describe('addresses that mean harm', function () {
	this.timeout(LONGEST_TEST_MS);
	const window = useWindow('hostile-address');
	let numbers: number[] = [];

	before(async () => {
		await window().signInAndSeed();
		const open = [...window().repository().pullRequests.values()].filter(({ state, labels, headRefOid, repository }) =>
			state === 'OPEN' && labels.some(({ name }) => name === 'bug') && repository.checksOf(headRefOid).length > 0);
		numbers = open.slice(0, HOSTILE.length).map(({ number }) => number);
		assert.equal(numbers.length, HOSTILE.length);
		await writeAddresses();
		await window().workbench.reload();
		await window().workbench.openView('PR Seeder');
		await window().pane('Labels').showAlone();
		await window().pane('Labels').expand('bug');
	});

	async function writeAddresses(): Promise<void> {
		const path = join(window().storage, 'prs.sqlite');
		const { Database } = await initSqlJs();
		const database = new Database(await readFile(path));
		numbers.forEach((number, index) => {
			database.run('UPDATE pull_request SET url = ? WHERE number = ?', [HOSTILE[index] ?? '', number]);
			database.run('UPDATE check_run SET url = ? WHERE number = ?', [HOSTILE[index] ?? '', number]);
		});
		await writeFile(`${path}.new`, database.export());
		database.close();
		await rename(`${path}.new`, path);
	}

	async function menu(number: number, entry: string): Promise<void> {
		const { page } = window().workbench;
		await window().pane('Labels').pullRequestRow(number).click({ button: 'right' });
		const item = page.locator('.context-view .action-menu-item').filter({ hasText: entry }).first();
		await item.waitFor();
		// A menu that has just opened takes no click yet.
		await delay(MENU_MS);
		await item.click();
	}

	it('are not opened from a row: it says so, and nothing leaves the window', async () => {
		const { workbench } = window();
		const pages = workbench.page.context().pages().length;
		for (const number of numbers) {
			await menu(number, 'Open on GitHub');
			await window().hear(`The stored address of #${number} is not one to open`);
		}
		assert.equal(workbench.page.context().pages().length, pages);
		assert.equal(await workbench.page.locator('.monaco-dialog-box').count(), 0);
	});

	it('are no links on the page of a pull request, but for a foreign host that is named', async () => {
		const { workbench } = window();
		for (const [index, number] of numbers.entries()) {
			await menu(number, 'Open Pull Request');
			const page = workbench.webview();
			await page.locator('h1').filter({ hasText: `#${number}` }).waitFor();
			await page.locator('h2').filter({ hasText: 'Checks' }).first().waitFor();
			const links = await page.locator('a[href]').evaluateAll((all: { getAttribute(name: string): string | null }[]) => all.map((one) => one.getAttribute('href') ?? ''));
			const isForeign = HOSTILE[index]?.startsWith('https:') === true;
			assert.equal(links.some((href) => HOSTILE.includes(href)), isForeign, JSON.stringify(links));
			assert.ok(!links.some((href) => href.startsWith(window().github.url)), 'what is shown is what was written');
			if (isForeign) {
				await page.getByText('(elsewhere.invalid)').first().waitFor();
				await workbench.screenshot('hostile-address');
			}
			await workbench.runCommand('View: Close All Editors');
		}
	});
});
