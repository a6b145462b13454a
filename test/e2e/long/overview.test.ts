import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Repository } from '../../github-server/repository';
import { artifactsRoot } from '../../vscode/paths';
import type { Theme } from '../../vscode/workbench';
import { crowd, crowdRepository, hostile } from '../crowd';
import { eventually, LONGEST_TEST_MS } from '../eventually';
import { expectedPeople, expectedWork } from '../expectedWork';
import { OverviewWindow } from '../overviewWindow';
import { harbor, useWindow } from '../seederWindow';

const DAY_MS = 86_400_000;
const themes: readonly Theme[] = ['light', 'dark', 'hcDark', 'hcLight'];

// One story in one window: each step stands on the one before.
describe('the overview page', function () {
	this.timeout(LONGEST_TEST_MS);
	const window = useWindow('overview', { oneStory: true });
	const overview = () => new OverviewWindow(window().workbench);
	const times = (mergedDays: number) => {
		const daysAgo = (days: number) => `${new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 19)}Z`;
		return { staleBefore: daysAgo(7), mergedSince: daysAgo(mergedDays) };
	};

	const assertNumbers = async (page: OverviewWindow, repository: Repository, mergedDays: number): Promise<void> => {
		const numbers = await page.numbers();
		for (const login of [...expectedPeople(repository), null]) assert.deepEqual(numbers.get(login ?? ''), expectedWork(repository, login, times(mergedDays)), login ?? 'unassigned');
	};

	before(async () => {
		const { world } = window().github;
		world.addRepository(crowdRepository(world.clock.now()));
		await window().signInAndSeed();
	});

	it('opens from the command, with the numbers that the server has', async () => {
		const page = overview();
		await page.open('Workload');
		await page.showEverybody();
		const repository = window().repository();
		const people = expectedPeople(repository);
		assert.deepEqual([...(await page.people())].sort(), [...people, ''].sort());
		await assertNumbers(page, repository, 30);
	});

	it('counts what was merged in another period', async () => {
		const page = overview();
		await page.page.getByLabel('Merged in the').selectOption('90');
		const repository = window().repository();
		await eventually(async () => {
			const numbers = await page.numbers();
			for (const login of expectedPeople(repository)) assert.equal(numbers.get(login)?.['merged'], expectedWork(repository, login, times(90)).merged, login);
		});
	});

	it('stands by total at first, and sorts and finds', async () => {
		const page = overview();
		const names = async () => (await page.people()).slice(0, -1);
		const numbers = await page.numbers();
		const totals = (await names()).map((login) => numbers.get(login)?.['total']);
		assert.deepEqual(totals, [...totals].sort((left, right) => (right ?? 0) - (left ?? 0)));
		await page.page.getByRole('button', { name: 'Person', exact: true }).click();
		await page.page.locator('th[aria-sort=ascending]').waitFor();
		const byName = await names();
		assert.deepEqual(byName, [...byName].sort(new Intl.Collator('en', { numeric: true }).compare));
		await page.page.getByRole('searchbox').fill('KEEL');
		assert.deepEqual(await names(), ['pia-keel']);
		await page.page.getByRole('searchbox').fill('');
		assert.deepEqual(await names(), byName);
	});

	it('filters the trees to a part of a bar, by a click and by keys', async () => {
		const page = overview();
		const repository = window().repository();
		const login = expectedPeople(repository).find((one) => expectedWork(repository, one, times(90)).stale > 0);
		assert.ok(login !== undefined);
		const tree = window().pane('People');
		await window().groupPeopleByAssignee();
		await tree.showAlone();
		const all = (await tree.rows(1)).length;
		await page.piece(login, 'stale').click();
		await page.page.getByText(`Sidebar filter: ${login}, Stale`).waitFor();
		assert.equal(await page.piece(login, 'stale').getAttribute('aria-pressed'), 'true');
		await eventually(async () => {
			const row = (await tree.rows(1)).find(({ label }) => label === login);
			assert.equal(Number(row?.description.split(' ')[0]), expectedWork(repository, login, times(90)).stale);
		});
		await window().workbench.screenshot('20-workload-filtered');
		// The same again, by the keyboard: everything is back.
		await page.piece(login, 'stale').press('Enter');
		await eventually(async () => assert.equal((await tree.rows(1)).length, all));
		assert.equal(await page.piece(login, 'stale').getAttribute('aria-pressed'), 'false');
	});

	it('leads with one Tab into the bars, and with arrows through them', async () => {
		const page = overview();
		await page.page.locator('thead button').last().focus();
		const { keyboard } = window().workbench.page;
		await keyboard.press('Tab');
		const focused = () => page.evaluate<string>('document.activeElement.getAttribute("aria-label")');
		const first = await focused();
		// Whoever had the focus last.
		const [login] = first.split(', ');
		assert.ok(login !== undefined && (await page.people()).includes(login), first);
		await keyboard.press('Home');
		const leftmost = await focused();
		await keyboard.press('End');
		assert.ok((await focused()).startsWith(`${login}, `));
		assert.notEqual(await focused(), leftmost);
		await keyboard.press('ArrowLeft');
		await keyboard.press('Home');
		assert.equal(await focused(), leftmost);
		await keyboard.press('ArrowDown');
		assert.ok(!(await focused()).startsWith(`${login}, `));
		await keyboard.press('ArrowUp');
		assert.ok((await focused()).startsWith(`${login}, `));
		assert.equal(await page.page.locator('.piece[tabindex="0"]').count(), 1);
	});

	it('shows how far the milestones are, and one of them over time', async () => {
		const page = overview();
		await page.open('Milestones');
		const repository = window().repository();
		const open = repository.milestones.filter(({ state }) => state === 'OPEN');
		const rows = page.page.locator('table.milestones tbody tr');
		assert.equal(await rows.count(), open.length);
		const late = open.find(({ title }) => title === '3.2 Davit');
		assert.ok(late);
		const mine = [...repository.pullRequests.values()].filter(({ milestone }) => milestone === late);
		const left = mine.filter(({ state }) => state === 'OPEN').length;
		const cells = await rows.filter({ hasText: late.title }).locator('td').allInnerTexts();
		assert.deepEqual(cells.slice(1, 3), [String(mine.length - left), String(left)]);
		assert.match(cells[3] ?? '', /overdue/);
		await page.page.getByRole('button', { name: late.title }).click();
		await page.page.getByRole('img', { name: `${late.title}: ${mine.length} opened and ${mine.length - left} of them closed` }).waitFor();
		await page.page.locator('summary', { hasText: 'As numbers' }).click();
		const last = await page.page.locator('details tbody tr').last().locator('td').allInnerTexts();
		assert.deepEqual(last.map(Number), [mine.length, mine.length - left, left]);
	});

	it('is as it was after a reload of the window', async () => {
		const { workbench } = window();
		await workbench.reload();
		const page = overview();
		await page.waitForTab('Milestones');
		await page.page.getByRole('button', { name: '3.2 Davit', pressed: true }).waitFor();
		await page.page.getByRole('tab', { name: 'Workload' }).click();
		await page.waitForTab('Workload');
		assert.equal(await page.page.getByLabel('Merged in the').inputValue(), '90');
	});

	it('is as it was after having been hidden', async () => {
		const { workbench } = window();
		const page = overview();
		await page.page.getByRole('searchbox').fill('a');
		const people = await page.people();
		await workbench.runCommand('File: New Untitled Text File');
		await workbench.page.locator('.tab', { hasText: 'Untitled-1' }).waitFor();
		await page.open('Workload');
		await eventually(async () => assert.deepEqual(await page.people(), people));
		await page.page.getByRole('searchbox').fill('');
	});

	it('says that nothing serious stands in anybody’s way', async () => {
		for (const theme of themes) {
			await window().workbench.setTheme(theme);
			for (const tab of ['Workload', 'Milestones'] as const) {
				await overview().open(tab);
				await overview().assertAccessible(`${tab}, ${theme}`);
				if (tab === 'Workload') await overview().assertPartsDiffer(theme);
				await window().workbench.screenshot(`21-${tab.toLowerCase()}-${theme}`);
			}
		}
	});

	it('holds sixty people and names of forty characters, of one repository or of all', async () => {
		// From the trees: where a page has the focus, the editor can give it back to it late, which closes a list.
		await window().pane('Milestones').showAlone();
		await window().openPick();
		const { quickInput } = window().workbench;
		await quickInput.type(crowd);
		// Once the person's own repositories have come: a choice in the moment in which they do is lost.
		const row = window().pickRow(crowd).filter({ hasNot: window().workbench.page.locator('.codicon-arrow-right') });
		await row.waitFor();
		await quickInput.choose(row);
		await window().hear(`${crowd}: 320 pull requests`);
		const page = overview();
		await page.open('Workload');
		await page.page.getByLabel('Repository').selectOption({ label: crowd });
		const repository = window().repository(crowd);
		await eventually(async () => assert.equal((await page.people()).length, 61));
		await assertNumbers(page, repository, 90);
		for (const theme of themes) {
			await window().workbench.setTheme(theme);
			await page.assertAccessible(`sixty people, ${theme}`);
			await window().workbench.screenshot(`22-workload-crowd-${theme}`);
		}
		await window().whileHigh(async () => {
			await window().workbench.screenshot('23-workload-crowd-high');
		});
		await page.page.getByLabel('Repository').selectOption({ label: 'All repositories' });
		await eventually(async () => assert.ok((await page.people()).length > 61));
	});

	it('saves what it shows as a table and as a picture', async () => {
		const page = overview();
		const save = async (format: 'CSV' | 'SVG') => {
			const name = `workload.${format.toLowerCase()}`;
			const { field } = window().workbench.quickInput;
			await page.page.getByRole('button', { name: `Export ${format}` }).click();
			await field.waitFor();
			// Where it is offered: in the folder that is open.
			const path = await eventually(async () => {
				const offered = await field.inputValue();
				assert.ok(offered.endsWith(`/${name}`), offered);
				return offered;
			});
			await window().workbench.quickInput.accept();
			await page.page.getByText(`Saved as ${name}`).waitFor();
			return await readFile(path, 'utf8');
		};
		await page.page.getByLabel('Repository').selectOption({ label: harbor });
		const repository = window().repository();
		await eventually(async () => assert.equal((await page.people()).length, expectedPeople(repository).length + 1));
		const rows = (await save('CSV')).slice(1).trimEnd().split('\r\n');
		assert.equal(rows[0], '"Person","Total","Ready","Changes requested","Draft","Stale","Review requested","Merged"');
		const wanted = [...expectedPeople(repository), null].map(
			(login) => `"${login ?? 'Unassigned'}",${Object.values<number>({ ...expectedWork(repository, login, times(90)) }).join(',')}`,
		);
		assert.deepEqual(rows.slice(1).sort(), wanted.sort());
		const svg = await save('SVG');
		assert.ok(svg.startsWith('<svg ') && expectedPeople(repository).every((login) => svg.includes(`>${login}</text>`)));
		await writeFile(join(artifactsRoot, 'screenshots', '25-workload.svg'), svg);
	});

	it('shows hostile names as text', async () => {
		const page = overview();
		await page.open('Milestones');
		await page.page.getByLabel('Repository').selectOption({ label: crowd });
		await page.page.getByRole('button', { name: '<b onmouseover=alert(1)>4.0</b>' }).click();
		await page.page.getByText(hostile.label).waitFor();
		assert.equal(await page.page.locator('main :is(img, script, b)').count(), 0);
		await page.assertAccessible('hostile names');
		await window().workbench.screenshot('24-milestones-hostile');
		await page.page.getByLabel('Repository').selectOption({ label: harbor });
	});
});
