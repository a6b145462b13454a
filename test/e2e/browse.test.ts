import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { PullRequest } from '../github-server/model';
import { eventually, LONGEST_TEST_MS } from './eventually';
import { harbor, useWindow } from './seederWindow';

const MENU_MS = 300;

// Filters, order and the actions of a row, as a person uses them. One story: what is stored stays the same throughout.
describe('browsing', function () {
	this.timeout(LONGEST_TEST_MS);
	const window = useWindow('browse');

	const all = (): PullRequest[] => [...window().repository().pullRequests.values()];
	const open = (): PullRequest[] => all().filter(({ state }) => state === 'OPEN');
	const has = (one: PullRequest, ...names: string[]): boolean[] => names.map((name) => one.labels.some((label) => label.name === name));
	const bug = (): PullRequest[] => open().filter((one) => has(one, 'bug')[0] === true);

	before(async () => {
		await window().signInAndSeed();
		await window().pane('Labels').showAlone();
	});

	/** Opens the list of conditions and takes one. */
	async function condition(label: string): Promise<void> {
		const { workbench } = window();
		await workbench.runCommand('PR Seeder: Filter…');
		await workbench.quickInput.waitForOpen('Filter Pull Requests');
		await workbench.quickInput.pick(label);
	}

	/** Takes an answer, and leaves the list of conditions, which comes back after each. */
	async function answer(...labels: string[]): Promise<void> {
		const { quickInput } = window().workbench;
		for (const label of labels) await quickInput.pick(label);
		await quickInput.row('State').waitFor();
		await quickInput.cancel();
	}

	/** Types the text that titles are to have. The list of conditions has a field too, so it waits for this question. */
	async function titleText(text: string): Promise<void> {
		const { quickInput } = window().workbench;
		await condition('Title contains…');
		await quickInput.waitForMessage('Leave empty to clear');
		await quickInput.submit(text);
		await answer();
	}

	async function message(): Promise<string> {
		return (await window().pane('Labels').pane.locator('.message').innerText()).trim();
	}

	/** Waits until the tree of labels shows exactly these, each under each of its labels. */
	async function assertShown(expected: readonly PullRequest[], text: RegExp | undefined): Promise<void> {
		const counts = new Map<string, number>();
		for (const { labels } of expected) {
			for (const name of labels.length === 0 ? ['No label'] : labels.map((label) => label.name)) counts.set(name, (counts.get(name) ?? 0) + 1);
		}
		await window().whileHigh(async () => {
			await eventually(async () => {
				const rows = await window().pane('Labels').rows(1);
				const shown = rows.map(({ label, description }) => `${label.replace(/\s+/g, ' ')}: ${description}`);
				const wanted = [...counts].map(([name, count]) => `${name.replace(/\s+/g, ' ')}: ${count}`);
				assert.deepEqual(shown.sort(), wanted.sort());
			});
		});
		if (text) await eventually(async () => assert.match(await message(), text));
	}

	async function clearAll(): Promise<void> {
		await window().workbench.runCommand('PR Seeder: Clear All Filters');
		await assertShown(open(), undefined);
	}

	async function clipboard(): Promise<string> {
		return await window().workbench.page.evaluate('navigator.clipboard.readText()');
	}

	/** Chooses an entry of a row's context menu. */
	async function menu(number: number, entry: string): Promise<void> {
		const { page } = window().workbench;
		await window().pane('Labels').pullRequestRow(number).click({ button: 'right' });
		const item = page.locator('.context-view .action-menu-item').filter({ hasText: entry }).first();
		await item.waitFor();
		// A menu that has just opened takes no click yet, lest the one that opened it chooses something.
		await delay(MENU_MS);
		await item.click();
	}

	it('narrows by state, says so above the rows, and clears', async () => {
		await condition('State');
		await answer('merged');
		await assertShown(all().filter(({ state }) => state === 'MERGED'), /^Filter: merged$/);
		await window().workbench.screenshot('20-filtered');
		await clearAll();
	});

	it('narrows by any, all or none of some labels', async () => {
		const [one, other] = ['bug', 'documentation'];
		for (const [choice, matches] of [
			['Has any of…', (found: boolean[]) => found.includes(true)],
			['Has all of…', (found: boolean[]) => !found.includes(false)],
			['Has none of…', (found: boolean[]) => !found.includes(true)],
		] as const) {
			const { quickInput } = window().workbench;
			await condition('Labels');
			await quickInput.pick(choice);
			for (const name of [one, other]) await quickInput.pick(name);
			await quickInput.accept();
			await answer();
			await assertShown(open().filter((pr) => matches(has(pr, one, other))), /^Filter: labeled/);
			await clearAll();
		}
	});

	it('narrows by author, drafts and words in the title at once, and keeps it over a reload', async () => {
		const drafts = open().filter(({ isDraft }) => isDraft);
		const first = drafts.find(({ author }) => author !== null);
		assert.ok(first?.author);
		const login = first.author.login;
		const word = first.title.split(' ')[0]!;
		await condition('Author');
		await answer(login);
		await condition('Draft');
		await answer('drafts only');
		await titleText(word.toUpperCase());
		const expected = drafts.filter(({ author, title }) => author?.login === login && title.toLowerCase().includes(word.toLowerCase()));
		assert.ok(expected.length > 0 && expected.length < drafts.length);
		await assertShown(expected, new RegExp(`by ${login} · drafts only · ".*" in the title`));
		await window().workbench.reload();
		await assertShown(expected, /in the title$/);
		await window().workbench.runCommand('PR Seeder: Clear All Filters');
		await assertShown(open(), undefined);
	});

	it('says when nothing is left, with the way back', async () => {
		const { workbench } = window();
		await titleText('no title has this in it');
		const pane = window().pane('Everything Open');
		await pane.showAlone();
		await pane.pane.locator('.welcome-view-content').filter({ hasText: 'No stored pull request matches the filter.' }).waitFor();
		await workbench.screenshot('21-nothing-left');
		await pane.pane.locator('.welcome-view-content').getByText('Clear All Filters').click();
		await pane.rows(1);
		await window().pane('Labels').showAlone();
		await assertShown(open(), undefined);
	});

	it('sorts the rows of every group', async () => {
		const { quickInput } = window().workbench;
		const pane = window().pane('Labels');
		await pane.expand('bug');
		const orders: [string, (one: PullRequest, other: PullRequest) => number][] = [
			['Lowest number first', (one, other) => one.number - other.number],
			['Newest', (one, other) => other.createdAt.localeCompare(one.createdAt) || other.number - one.number],
			['Recently updated', (one, other) => other.updatedAt.localeCompare(one.updatedAt) || other.number - one.number],
		];
		for (const [label, compare] of orders) {
			await window().workbench.runCommand('PR Seeder: Sort By…');
			await quickInput.waitForOpen('Sort Pull Requests');
			await quickInput.pick(label);
			await eventually(async () => {
				assert.deepEqual(
					(await pane.rows(2)).map((row) => row.label.split(' ')[0]),
					bug().sort(compare).map(({ number }) => `#${number}`),
				);
			});
		}
	});

	it('groups people by author, reviewer or assignee, says which, and keeps it over a reload', async () => {
		const { workbench } = window();
		const pane = window().pane('People');
		await pane.showAlone();
		const description = pane.pane.locator('.pane-header .description');
		const choose = async (role: string): Promise<void> => {
			await workbench.tree('People').titleAction('Group People By…');
			await workbench.quickInput.waitForOpen('Group People By');
			await workbench.quickInput.pick(role);
			await description.filter({ hasText: `by ${role.toLowerCase()}` }).waitFor();
		};
		await choose('Author');
		const authors = new Set(open().map(({ author }) => author?.login ?? 'Unknown author'));
		await window().whileHigh(async () => {
			await eventually(async () => assert.deepEqual((await pane.rows(1)).map(({ label }) => label).sort(), [...authors].sort()));
		});
		await choose('Reviewer');
		await window().whileHigh(async () => {
			await eventually(async () => assert.deepEqual((await pane.rows(1)).slice(-2).map(({ label }) => label), ['Teams without a name', 'No review requested']));
		});
		await workbench.tree('People').titleAction('Group People By…');
		await workbench.quickInput.row('Reviewer').locator('.codicon-check').waitFor();
		await workbench.screenshot('22-people');
		await workbench.quickInput.cancel();
		await workbench.reload();
		await description.filter({ hasText: 'by reviewer' }).waitFor();
		await window().pane('Labels').showAlone();
		await window().pane('Labels').expand('bug');
	});

	it('copies link, number and Markdown of a row, and of all that are selected', async () => {
		const pane = window().pane('Labels');
		const [one, other] = bug();
		assert.ok(one && other);
		await menu(one.number, 'Copy Link');
		const link = `${window().github.url}/${harbor}/pull/`;
		await eventually(async () => assert.equal(await clipboard(), `${link}${one.number}`));
		await menu(one.number, 'Copy Number');
		await eventually(async () => assert.equal(await clipboard(), `#${one.number}`));

		await pane.pullRequestRow(one.number).click();
		await pane.pullRequestRow(other.number).click({ modifiers: ['Control'] });
		await menu(other.number, 'Copy as Markdown');
		await eventually(async () => {
			const lines = (await clipboard()).split('\n');
			assert.equal(lines.length, 2);
			for (const { number } of [one, other]) {
				assert.ok(lines.some((text) => text.startsWith(`- [#${number} `) && text.endsWith(`](<${link}${number}>)`)), lines.join('\n'));
			}
		});
	});

	it('shows all that is stored of a pull request, without GitHub', async () => {
		const { workbench } = window();
		const one = bug()[2];
		assert.ok(one);
		// In place of the two that are selected: this entry is for one.
		await window().pane('Labels').pullRequestRow(one.number).click();
		await menu(one.number, 'Open Pull Request');
		const page = workbench.webview();
		await page.locator('h1').filter({ hasText: `#${one.number}` }).waitFor();
		for (const heading of ['Description', 'Commits', 'Files']) await page.locator('h2').filter({ hasText: heading }).first().waitFor();
		await workbench.screenshot('22-details');
		await workbench.runCommand('View: Close All Editors');
	});

	it('removes what is stored of a repository only after having asked', async () => {
		const { workbench } = window();
		const one = bug()[2];
		assert.ok(one);
		await menu(one.number, 'Remove Repository from This Machine…');
		await workbench.dialog(harbor).waitFor();
		await workbench.screenshot('23-remove');
		await workbench.dialogButton('Cancel');
		await assertShown(open(), undefined);
		await menu(one.number, 'Remove Repository from This Machine…');
		await workbench.dialog(harbor).waitFor();
		await workbench.dialog().locator('.monaco-button').filter({ hasNotText: 'Cancel' }).first().click();
		await eventually(async () => assert.equal(await window().pane('Labels').pane.locator('.monaco-list-row').count(), 0));
	});

	it('says that nothing is open where that is so, and offers what to do', async () => {
		const { workbench, github } = window();
		const name = 'octo-sample/buoy-firmware';
		for (const { number, state } of window().repository(name).pullRequests.values()) if (state === 'OPEN') github.world.close(name, number);
		await window().openPick();
		await window().choose(name);
		await window().hear(`${name}: `);
		assert.equal(await workbench.tree('Labels').welcomeText(), 'No open pull requests are stored.');
		await window().pane('Everything Open').showAlone();
		const welcome = window().pane('Everything Open').pane.locator('.welcome-view-content');
		await welcome.getByText('No open pull requests are stored.').waitFor();
		await workbench.screenshot('24-nothing-open');
		await welcome.getByText('Add Another Repository').click();
		await workbench.quickInput.waitForOpen('Seed repo PRs');
		await window().choose('octo-sample/lighthouse');
		await window().hear('octo-sample/lighthouse: 24 pull requests (24 new)');
	});

	it('seeds a repository again from its row, which is there once there are two', async () => {
		const { workbench, github } = window();
		const name = 'octo-sample/lighthouse';
		await window().pane('Milestones').showAlone();
		const { pane } = window().pane('Milestones');
		const row = pane.locator('.monaco-list-row[aria-level="1"]').filter({ hasText: name });
		const first = [...window().repository(name).pullRequests.values()].find(({ state }) => state === 'OPEN');
		assert.ok(first);
		github.world.editTitle(name, first.number, 'Told by the row');
		github.clearRequests();
		await row.hover();
		await row.getByRole('button', { name: 'Refresh Repository' }).click();
		await window().hear(`${name}: 24 pull requests (1 updated)`);
		assert.deepEqual(github.requests.filter(({ kind }) => kind === 'graphql').map(({ operationName }) => operationName), ['Probe', 'Details']);
		await workbench.screenshot('25-seeded-again');
	});
});
