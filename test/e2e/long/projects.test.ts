import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { Repository } from '../../github-server/repository';
import { signIn } from '../../vscode/signIn';
import { eventually, LONGEST_TEST_MS } from '../eventually';
import { expectedProject } from '../expectedProject';
import { OverviewWindow } from '../overviewWindow';
import { harbor, useWindow } from '../seederWindow';
import { groupedTitles, type GroupedTitle } from '../treePane';
import { closeUserSettings, editUserSettings, openUserSettings } from '../userSettings';

const MENU_MS = 300;
const lighthouse = 'octo-sample/lighthouse';
const buoy = 'octo-sample/buoy-firmware';
/** Of two of the repositories. */
const shared = '3.3 Ebb';

// One story in one window: each step stands on the one before.
describe('projects', function () {
	this.timeout(LONGEST_TEST_MS);
	const window = useWindow('projects', { oneStory: true });

	const repositories = (): Repository[] => [harbor, lighthouse, buoy].map((name) => window().repository(name));
	const address = (name: string) => `${window().github.url}/${name}`;
	const description = (title: GroupedTitle) => window().pane(title).pane.locator('.pane-header .description');

	async function setProjects(projects: object): Promise<void> {
		await editUserSettings(window().workbench, { 'prSeeder.projects': projects });
	}

	const port = () => ({ repositories: [lighthouse, harbor, buoy].map(address), maxPullRequests: 0 });
	const half = () => ({ repositories: [address('octo-sample/gone'), address(buoy)], checkRuns: false });

	/** Opens the list with this project in it: the extension hears of a setting a moment after it was written. */
	async function openPick(command: 'Choose' | 'Sync', label: string): Promise<void> {
		const { workbench } = window();
		const { quickInput } = workbench;
		await eventually(async () => {
			await workbench.runCommand(`PR Seeder: ${command} Project…`);
			try {
				await quickInput.row(label).waitFor({ timeout: 3000 });
			} catch (error) {
				if (await quickInput.widget.isVisible()) await quickInput.cancel();
				throw error;
			}
		}, 60_000);
	}

	async function choose(label: string): Promise<void> {
		await openPick('Choose', label);
		await window().workbench.quickInput.pick(label);
	}

	async function assertTree(title: GroupedTitle): Promise<void> {
		const pane = window().pane(title);
		await pane.showAlone();
		await window().whileHigh(() => pane.assertGroups(expectedProject(repositories(), title)));
	}

	it('are offered to be written while there are none', async () => {
		const { workbench } = window();
		await workbench.runCommand('PR Seeder: Sync Project…');
		const item = await workbench.notification('There are no projects yet: write them into the setting prSeeder.projects');
		await item.locator('.monaco-button', { hasText: 'Edit Projects…' }).click();
		const setting = workbench.page.locator('.settings-editor .setting-item', { hasText: 'Named groups of repositories' });
		await setting.getByText('Edit in settings.json').waitFor();
		await workbench.screenshot('40-edit-projects');
		await workbench.page.keyboard.press('Escape');
		await setting.waitFor({ state: 'detached' });
	});

	it('are checked while they are written', async () => {
		const { workbench } = window();
		await setProjects({ Wrong: { repositories: ['harbor'], maxPullRequest: 5, daysBack: 0 }, Nothing: {} });
		await workbench.runCommand('Problems: Focus on Problems View');
		await openUserSettings(workbench);
		const problems = workbench.page.locator('.markers-panel');
		for (const text of ['Write a repository as owner/name, or its address.', 'maxPullRequest is not allowed', 'Missing property "repositories"', 'minimum of 1']) {
			await problems.getByText(text).first().waitFor();
		}
		await workbench.screenshot('40-settings-checked');
		await closeUserSettings(workbench);
		await workbench.runCommand('View: Hide Panel');
	});

	it('are seeded, repository by repository, and told of once', async () => {
		const { workbench, github } = window();
		await setProjects({ Port: port(), Half: half(), Wrong: { repositories: ['harbor'] } });
		await openPick('Sync', 'Port');
		await workbench.quickInput.pick('Port');
		await workbench.screenshot('41-seed-project');
		await workbench.quickInput.accept();
		await signIn(workbench, github);
		assert.equal(await window().hear('are up to date'), 'Port: 3 repositories are up to date');
		await window().pane('Milestones').showAlone();
		await eventually(async () => assert.deepEqual((await window().pane('Milestones').rows(1)).map(({ label }) => label).sort(), [buoy, harbor, lighthouse]));
	});

	it('are chosen from a list that says what is stored of each, and what is wrong with one', async () => {
		const { workbench } = window();
		await openPick('Choose', 'Port');
		await workbench.screenshot('42-choose-project');
		const text = await workbench.quickInput.widget.innerText();
		assert.match(text, /All repositories\s*3 stored/);
		assert.match(text, /Port\s*3 of 3 repositories stored/);
		assert.match(text, /Half\s*1 of 2 repositories stored/);
		assert.match(text, /A project can’t be used\s+Project "Wrong", repository 1: "harbor" is not a repository/);
		await workbench.quickInput.pick('Port');
	});

	for (const title of groupedTitles) {
		it(`show ${title.toLowerCase()} of the same name as one`, async () => {
			if (title === 'People') await window().groupPeopleByAssignee();
			await assertTree(title);
			assert.equal(await description(title).innerText(), title === 'People' ? 'by assignee · Port' : 'Port');
			await window().workbench.screenshot(`43-project-${title.toLowerCase()}`);
		});
	}

	it('say in each row where a pull request is, and its actions go there', async () => {
		const { workbench } = window();
		const pane = window().pane('Milestones');
		await pane.showAlone();
		const wanted = repositories().flatMap((repository) =>
			[...repository.pullRequests.values()]
				.filter(({ state, milestone }) => state === 'OPEN' && milestone?.title === shared)
				.map((one) => `#${one.number} ${repository.nameWithOwner.split('/')[1] ?? ''} · ${one.author?.login ?? 'ghost'}`),
		);
		await window().whileHigh(async () => {
			await pane.expand(shared);
			await eventually(async () => {
				const rows = await pane.rows(2);
				assert.deepEqual(rows.map(({ label, description: text }) => `${label.split(' ')[0] ?? ''} ${text.split(' · ').slice(0, 2).join(' · ')}`).sort(), wanted.sort());
			});
			await workbench.screenshot('44-project-rows');
			const row = pane.pane.locator('.monaco-list-row[aria-level="2"]').filter({ hasText: 'lighthouse' }).first();
			const number = /#(\d+)/.exec(await row.innerText())?.[1];
			assert.ok(number !== undefined, 'both have one');
			await row.click({ button: 'right' });
			const item = workbench.page.locator('.context-view .action-menu-item').filter({ hasText: 'Copy Link' }).first();
			await item.waitFor();
			await delay(MENU_MS);
			await item.click();
			await eventually(async () => assert.equal(await workbench.page.evaluate('navigator.clipboard.readText()'), `${window().github.url}/${lighthouse}/pull/${number}`));
			await pane.collapse(shared);
		});
	});

	it('show how far a milestone is in all of them together, and one by one', async () => {
		const page = new OverviewWindow(window().workbench);
		await page.open('Milestones');
		const ofShared = (of: readonly Repository[]) => of.flatMap((one) => [...one.pullRequests.values()]).filter(({ milestone }) => milestone?.title === shared);
		const cells = async () => (await page.page.locator('table.milestones tbody tr').filter({ hasText: shared }).locator('td').allInnerTexts()).slice(1, 3).map(Number);
		const counts = (of: readonly Repository[]) => [ofShared(of).filter(({ state }) => state !== 'OPEN').length, ofShared(of).filter(({ state }) => state === 'OPEN').length];
		await page.page.getByRole('button', { name: shared }).click();
		assert.deepEqual(await cells(), counts(repositories()));
		await page.page.getByRole('img', { name: `${shared}: ${ofShared(repositories()).length} opened` }).waitFor();
		const select = page.page.getByLabel('Repository');
		assert.deepEqual(await select.locator('option').allInnerTexts(), ['Port', lighthouse, harbor, buoy]);
		await window().workbench.screenshot('45-project-overview');
		await select.selectOption({ label: lighthouse });
		await eventually(async () => assert.deepEqual(await cells(), counts([window().repository(lighthouse)])));
		await select.selectOption({ label: 'Port' });
		await eventually(async () => assert.deepEqual(await cells(), counts(repositories())));
	});

	it('filter the trees to a part of somebody’s work in them', async () => {
		const page = new OverviewWindow(window().workbench);
		await page.open('Workload');
		const tree = window().pane('People');
		await tree.showAlone();
		let chosen: { login: string; count: number } | undefined;
		for (const [login, { stale: count = 0 }] of await page.numbers()) {
			if (chosen === undefined && login !== '' && count > 0) chosen = { login, count };
		}
		assert.ok(chosen);
		const { login, count } = chosen;
		await page.piece(login, 'stale').click();
		await eventually(async () => assert.equal((await tree.rows(1)).find(({ label }) => label === login)?.description.split(' ')[0], String(count)));
		await window().workbench.screenshot('46-project-workload');
		await page.piece(login, 'stale').click();
		await window().workbench.runCommand('View: Close All Editors');
	});

	it('say what of them is not stored, and that one repository failed', async () => {
		const { workbench } = window();
		await choose('Half');
		const missing = 'Not stored yet: octo-sample/gone. Run “Sync Project…” to fetch.';
		await window().pane('People').pane.locator('.message', { hasText: missing }).waitFor();
		const pane = window().pane('Milestones');
		await pane.showAlone();
		await pane.pane.locator('.message', { hasText: missing }).waitFor();
		await window().whileHigh(() => pane.assertGroups(expectedProject([window().repository(buoy)], 'Milestones')));
		await workbench.screenshot('47-project-missing');
		await openPick('Sync', 'Half');
		// The chosen one is checked already.
		await workbench.quickInput.accept();
		assert.match(await window().hear('repositories are up to date'), /^Half: 1 of 2 repositories are up to date\. octo-sample\/gone: There is no repository octo-sample\/gone/);
	});

	it('offer to be seeded while nothing of them is stored', async () => {
		await setProjects({ Port: port(), Half: half(), Nowhere: { repositories: [address('octo-sample/gone')] } });
		await choose('Nowhere');
		await eventually(async () => assert.match(await window().workbench.tree('Milestones').welcomeText(), /No repository of this project is stored yet/));
		assert.equal(await description('Milestones').innerText(), 'Nowhere');
		await window().workbench.screenshot('48-project-empty');
	});

	it('that vanish from the settings leave all repositories, and alarm nobody', async () => {
		await choose('Port');
		await assertTree('Milestones');
		const pane = window().pane('Milestones');
		await setProjects({});
		await eventually(async () => assert.deepEqual((await pane.rows(1)).map(({ label }) => label).sort(), [buoy, harbor, lighthouse]));
		await window().assertNoAlarm();
	});

	it('are refreshed together, and stay chosen when they come back and over a reload', async () => {
		const { workbench, github } = window();
		// What was chosen when they vanished.
		await setProjects({ Port: port() });
		await assertTree('Milestones');
		github.clearRequests();
		await workbench.runCommand('PR Seeder: Refresh from GitHub');
		await workbench.statusBarItem('Port: 3 repositories are up to date');
		assert.deepEqual(github.requests.filter(({ kind }) => kind === 'graphql').map(({ operationName }) => operationName), ['Probe', 'Probe', 'Probe']);
		await workbench.reload();
		await workbench.openView('PR Seeder');
		await assertTree('Milestones');
		assert.equal(await description('Milestones').innerText(), 'Port');
	});
});
