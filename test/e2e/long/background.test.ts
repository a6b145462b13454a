import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CacheFolders } from '../../../src/core/cache/cacheFolders';
import { nodeFiles } from '../../../src/core/files/nodeFiles';
import { parseRepository } from '../../../src/core/model/repository';
import { eventually, LONGEST_TEST_MS } from '../eventually';
import { harbor, token, useWindow } from '../seederWindow';
import { firstView } from '../treePane';

// One story in one window. An hour passes by setting back when the repository was last synced.
describe('repositories that are kept up to date', function () {
	this.timeout(LONGEST_TEST_MS);
	const window = useWindow('background', { oneStory: true });
	/** Lets an hour pass since the last sync, and chooses the repository anew, so that the extension looks. */
	const afterAnHour = async (): Promise<void> => {
		await toggle(/No repository is kept up to date/);
		const folder = await new CacheFolders(nodeFiles, window().storage).find(parseRepository(harbor, window().host));
		const path = join(folder, 'state.json');
		const state = JSON.parse(await readFile(path, 'utf8')) as { syncedAt: string };
		const syncedAt = `${new Date(Date.parse(state.syncedAt) - 3_600_000).toISOString().slice(0, 19)}Z`;
		await writeFile(path, JSON.stringify({ ...state, syncedAt }));
		window().github.clearRequests();
		await toggle(/1 repository is kept up to date/);
	};

	/** Checks the repository in the pick, or takes the check away. */
	const toggle = async (outcome: RegExp, look: () => Promise<unknown> = () => Promise.resolve()): Promise<void> => {
		const { quickInput } = window().workbench;
		await window().workbench.runCommand('PR Seeder: Choose Repositories to Sync in the Background…');
		await quickInput.waitForOpen('Choose Repositories to Sync in the Background');
		await quickInput.pick(harbor);
		await look();
		await quickInput.accept();
		await window().workbench.statusBarItem(outcome);
	};

	const probes = (): number => window().github.requests.filter(({ operationName }) => operationName === 'Probe').length;
	const badge = () => window().workbench.page.locator('.activitybar .action-item:has(> .action-label[aria-label^="PR Seeder"]) .badge-content');

	const assertQuiet = async (): Promise<void> => {
		assert.deepEqual(await window().workbench.page.locator('.notification-list-item, .monaco-dialog-box').allInnerTexts(), []);
	};

	it('are chosen from those that are stored', async () => {
		await window().signInAndSeed();
		await toggle(/1 repository is kept up to date every 15 minutes\./, () => window().workbench.screenshot('20-keep-up-to-date'));
		await eventually(async () => assert.match(await window().statusText(), /1 repository is kept up to date every 15 minutes\., Next sync at \d\d:\d\d/));
		assert.equal(probes(), 2, 'those of the seed: what was synced a moment ago is left alone');
	});

	it('are looked at again when it is time, without a word', async () => {
		await afterAnHour();
		await eventually(() => assert.equal(probes(), 1));
		assert.deepEqual(window().github.requests.map(({ operationName, points }) => [operationName, points]), [['Probe', 1]]);
		await assertQuiet();
	});

	it('tell by a badge what changed since somebody looked', async () => {
		const { workbench, github } = window();
		await workbench.openView('Explorer');
		const numbers = [...window().repository().pullRequests.values()].filter(({ state }) => state === 'OPEN').slice(0, 3).map(({ number }) => number);
		for (const number of numbers) github.world.editTitle(harbor, number, `Changed ${number}`);
		// What is read within the second of an edit is read once more by the next sync.
		await delay(3_000);
		await afterAnHour();
		await eventually(async () => assert.equal(await badge().innerText(), '3'));
		github.clearRequests();
		await badge().hover();
		await workbench.page.locator('.workbench-hover-container', { hasText: '3 pull requests changed since you last looked' }).waitFor();
		await workbench.screenshot('21-badge');
		await assertQuiet();
	});

	it('and in a new window too, before anybody has looked', async () => {
		await window().workbench.reload();
		await eventually(async () => assert.equal(await badge().innerText(), '3'), 60_000);
		assert.deepEqual(window().github.requests.filter(({ kind }) => kind === 'graphql'), []);
		await assertQuiet();
	});

	it('and take it away when somebody looks', async () => {
		await window().workbench.openView('PR Seeder');
		await badge().waitFor({ state: 'hidden' });
	});

	it('leave the last points to the person, and say so in the status bar', async () => {
		const { github, workbench } = window();
		github.setBudget(token, { graphqlRemaining: 300, resetInSeconds: 25 });
		await afterAnHour();
		// What is left is known by this answer.
		await eventually(() => assert.equal(probes(), 1));
		await eventually(async () => assert.equal((await window().statusItem.innerText()).trim(), '299'));
		await afterAnHour();
		await eventually(async () => assert.equal((await window().statusItem.innerText()).trim(), 'sync paused · 299'));
		assert.equal(probes(), 0);
		assert.match(await window().statusText(), /Paused until \d\d:\d\d: fewer than 500 points remain, reserved for your own use\./);
		await window().statusItem.click();
		await workbench.quickInput.row(/Paused until \d\d:\d\d: fewer than 500 points remain/).waitFor();
		await workbench.quickInput.row('Choose Repositories to Sync in the Background…').waitFor();
		await workbench.screenshot('22-paused');
		await workbench.quickInput.cancel();
		await assertQuiet();
	});

	it('are asked for again with the next hour’s points', async () => {
		await eventually(() => assert.equal(probes(), 1), 90_000);
		await eventually(async () => assert.match((await window().statusItem.innerText()).trim(), /^4,999$/));
	});

	it('fail without a word, but in the status bar', async () => {
		const { github } = window();
		github.addFault({ kind: 'respond', status: 401, body: { message: 'Bad credentials' }, match: { kind: 'graphql' } });
		await afterAnHour();
		await eventually(async () => assert.match(await window().statusText(), new RegExp(`${harbor} could not be kept up to date: ${window().host} did not accept your sign-in`)));
		await assertQuiet();
	});

	it('cost nothing in a window in which nobody looks, once none is chosen', async () => {
		const { workbench } = window();
		await toggle(/No repository is kept up to date/);
		await workbench.openView('Explorer');
		await workbench.reload();
		// Longer than it takes to begin.
		await delay(8_000);
		assert.equal(await window().statusItem.count(), 0, 'what is stored has not been read');
		await workbench.openView('PR Seeder');
		await window().statusItem.waitFor();
	});

	it('no longer are when their data is cleared', async () => {
		const { workbench } = window();
		await toggle(/1 repository is kept up to date/);
		await workbench.runCommand('PR Seeder: Remove Repository from This Machine…');
		await workbench.dialog('It is no longer kept up to date in the background.').waitFor();
		await workbench.dialogButton('Remove');
		await eventually(async () => assert.match(await workbench.tree(firstView).welcomeText(), /No pull requests are stored yet/));
		await afterClearing();
	});

	const spokenTexts = () =>
		window().statusItem.locator('[aria-label]').evaluateAll((all) => (all as unknown as { ariaLabel: string | null }[]).map(({ ariaLabel }) => ariaLabel ?? ''));

	const afterClearing = async (): Promise<void> => {
		const settings = await readFile(join(window().editor.userData, 'data', 'User', 'settings.json'), 'utf8');
		assert.equal((JSON.parse(settings) as Record<string, unknown>)['prSeeder.backgroundSync.repositories'], undefined);
		// The item is gone where nothing is stored and no budget is known.
		await eventually(async () => assert.doesNotMatch((await spokenTexts()).join(), /kept up to date/));
	};
});
