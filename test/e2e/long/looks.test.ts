import assert from 'node:assert/strict';
import { unusualTitles } from '../../github-server/sampleContent';
import { samplePullRequest } from '../../github-server/sampleRepository';
import type { Theme } from '../../vscode/workbench';
import { eventually, LONGEST_TEST_MS } from '../eventually';
import { harbor, useWindow } from '../seederWindow';
import { viewTitles } from '../treePane';

const hostileLabel = '<b>$(flame)</b> [x](command:workbench.action.quit) \u202Eback';

/** Without the mark that would turn the rest of the row. */
const shownLabel = hostileLabel.replace('\u202E', ' ').replace(/\s+/g, ' ');

// What a person sees: pictures for the eye, and titles that try to be more than text.
describe('how it looks', function () {
	this.timeout(LONGEST_TEST_MS);
	const window = useWindow('looks');

	before(async () => {
		const { world } = window().github;
		const { number } = samplePullRequest(window().repository(), 'html-title');
		world.createLabel(harbor, hostileLabel, 'ff0000');
		for (const name of Object.keys(unusualTitles)) world.addLabel(harbor, samplePullRequest(window().repository(), name).number, hostileLabel);
		world.assign(harbor, number, 'icon-$(flame)');
		await window().signInAndSeed();
	});

	it('draws every unusual title as text, in one row', async () => {
		const pane = window().pane('Labels');
		await pane.showAlone();
		await pane.expand(shownLabel);
		const names = Object.keys(unusualTitles);
		await eventually(async () => assert.equal((await pane.rows(2)).length, names.length));
		const rows = await pane.rows(2);
		for (const name of names) {
			const { number, title } = samplePullRequest(window().repository(), name);
			const shown = rows.find(({ label }) => label.startsWith(`#${number} `));
			assert.ok(shown, `${name} is not shown`);
			assertSameText(shown.label.slice(`#${number} `.length), title, name);
			const height = (await pane.pullRequestRow(number).boundingBox())?.height;
			assert.equal(height, 22, `${name} is as high as every row`);
		}
		await window().workbench.screenshot('12-hostile');
	});

	it('makes no element, icon or link of them', async () => {
		const rows = window().pane('Labels').pane.locator('.monaco-list-row');
		assert.equal(await rows.locator('img, b, a[href], .codicon-flame, .codicon-sync').count(), 0);
		assert.equal(await rows.locator('.codicon-git-pull-request').count() > 0, true, 'the row’s own icon is one');
	});

	for (const name of ['html-title', 'markdown-title', 'icon-title']) {
		it(`makes no more of ${name} in a hover`, async () => {
			const pane = window().pane('Labels');
			const { number, title } = samplePullRequest(window().repository(), name);
			const text = await pane.hoverText(pane.pullRequestRow(number));
			assert.ok(text.includes(title), text);
			assert.ok(text.includes('[x](command:workbench.action.quit)'), 'a label in a hover');
			const hover = window().workbench.page.locator('.workbench-hover-container');
			assert.equal(await hover.locator('img, a, code, .codicon').count(), 0);
			await window().workbench.screenshot(`13-hover-${name}`);
			await window().workbench.page.mouse.move(900, 300);
			await hover.waitFor({ state: 'hidden' });
		});
	}

	it('shows the budget in a hover', async () => {
		await window().statusItem.hover();
		const hover = window().workbench.page.locator('.workbench-hover-container');
		await hover.filter({ hasText: /GraphQL: [\d,]+ of 5,000 points left/ }).waitFor();
		await window().workbench.screenshot('14-hover-status');
		await window().workbench.page.mouse.move(900, 300);
		await hover.waitFor({ state: 'hidden' });
	});

	it('is tidied up for the pictures', async () => {
		await window().groupPeopleByAssignee();
		await window().pane('Labels').collapse(shownLabel);
	});

	for (const theme of ['light', 'dark', 'hcDark', 'hcLight'] as const satisfies readonly Theme[]) {
		it(`is drawn in the theme ${theme}`, async () => {
			const { workbench } = window();
			await workbench.setTheme(theme);
			for (const title of viewTitles) await window().pane(title).setOpen(true);
			await window().pane('Milestones').expand('3.2 Davit');
			await window().pane('Labels').expand('bug');
			await window().pane('People').expand('mika-quay');
			await workbench.screenshot(`theme-${theme}`);
		});
	}
});

/** The beginning of a title at least: rows cut what nobody could read. Marks that turn the direction of others become spaces. */
function assertSameText(shown: string, title: string, name: string): void {
	const plain = (text: string): string => text.replace(/[\u202A-\u202E\u2066-\u2069]/g, ' ').replace(/\s+/g, ' ').trim();
	const beginning = plain(shown).replace(/…$/, '');
	assert.ok(beginning.length >= Math.min(plain(title).length, 100), `${name} is cut too early: ${shown}`);
	assert.ok(plain(title).startsWith(beginning), `${name}: ${shown}`);
	assert.ok(shown.length < 300, `${name} puts ${shown.length} characters into a row`);
}
