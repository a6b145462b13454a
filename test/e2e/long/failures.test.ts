import assert from 'node:assert/strict';
import { rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { refuseSignIn, signIn } from '../../vscode/signIn';
import { eventually, LONGEST_TEST_MS } from '../eventually';
import { expectedLabels } from '../expectedTrees';
import { SeedNotification } from '../seedNotification';
import { harbor, token, useWindow } from '../seederWindow';
import { firstView, viewTitles } from '../treePane';

// One window(); each test leaves it signed in or out as its name says.
describe('when something goes wrong', function () {
	this.timeout(LONGEST_TEST_MS);
	const window = useWindow('failures', { oneStory: true });

	/** How many rows the trees hold, labels aside: a pull request has one milestone or none. */
	const shownByMilestone = async (): Promise<number> => {
		const rows = await window().pane('Milestones').rows(1);
		return rows.reduce((sum, { label, description }) => {
			// It says "all" where it stands alone.
			if (label === 'No milestone') return sum + Number(/\d+/.exec(description)?.[0]);
			return sum + Number(/(\d+) open/.exec(description)?.[1]);
		}, 0);
	};

	it('a sign-in that is declined leaves everything as it was', async () => {
		await window().openPick();
		await window().choose(harbor);
		await refuseSignIn(window().workbench);
		await window().workbench.statusBarItem(`Not signed in to ${window().host}`);
		await window().assertNoAlarm();
		assert.match(await window().workbench.tree(firstView).welcomeText(), /Sign in so that PR Seeder can read them/);
	});

	it('a repository that does not exist is named, with what to check', async () => {
		await window().openPick();
		await window().choose('octo-sample/harbour');
		await signIn(window().workbench, window().github);
		const said = await window().hear('There is no repository');
		assert.equal(said, `There is no repository octo-sample/harbour on ${window().host}, or your account can't see it. Check the spelling, and that you are signed in with an account that has access.`);
		await eventually(async () => assert.match(await window().workbench.tree(firstView).welcomeText(), /No pull requests are stored yet\. Choose a repository/));
		await window().workbench.screenshot('8-signed-in-empty');
	});

	it('a seed that is cancelled before anything came leaves nothing behind', async () => {
		const { github, workbench } = window();
		github.addFault({ kind: 'hang', match: { operationName: 'Listing' } });
		await window().openPick();
		await window().choose(harbor);
		await eventually(async () => assert.match(await workbench.tree(firstView).welcomeText(), /Fetching pull requests\. The first ones appear in a moment/));
		await new SeedNotification(workbench, harbor).cancel();
		await eventually(async () => assert.match(await workbench.tree(firstView).welcomeText(), /No pull requests are stored yet/));
		await window().assertNoAlarm();
		github.clearFaults();
	});

	it('a seed that is cancelled keeps the rows so far, and the next one completes them', async () => {
		const { github } = window();
		github.addFault({ kind: 'hang', match: { operationName: 'Listing', nth: 2 } });
		await window().openPick();
		// Of the seed before: by now its end has reached the views.
		assert.match(await window().workbench.tree(firstView).welcomeText(), /No pull requests are stored yet/);
		await window().choose(harbor);
		const notification = new SeedNotification(window().workbench, harbor);
		await notification.waitForText('Listing 100 of');
		await eventually(async () => assert.ok((await shownByMilestone()) > 0));
		await window().workbench.screenshot('9-before-cancel');
		await notification.cancel();
		await window().workbench.statusBarItem('Canceled. What was fetched is stored');
		await window().assertNoAlarm();
		const open = [...window().repository().pullRequests.values()].filter(({ state }) => state === 'OPEN').length;
		const some = await shownByMilestone();
		assert.ok(some > 0 && some < open, `${some} of ${open} are shown`);

		github.clearFaults();
		await window().openPick();
		await window().choose(harbor);
		await window().hear(`${harbor}: ${window().repository().pullRequests.size} pull requests`);
		await eventually(async () => assert.equal(await shownByMilestone(), open));
	});

	it('a sign-in that GitHub no longer takes is told with the way to sign in again, and what is stored stays', async () => {
		const { github, workbench } = window();
		const refusal = { message: 'Bad credentials', documentation_url: 'https://docs.github.com/graphql' };
		github.addFault({ kind: 'respond', status: 401, body: refusal, match: { kind: 'graphql' }, times: Infinity });
		await window().openPick();
		await window().choose(harbor);
		const toast = await workbench.notification('did not accept your sign-in');
		assert.match(await toast.innerText(), /Sign in again; everything stored stays readable meanwhile/);
		await workbench.screenshot('10-sign-in-refused');
		await window().whileHigh(async () => {
			await window().pane('Labels').showAlone();
			await window().pane('Labels').assertGroups(expectedLabels(window().repository()));
		});

		github.clearFaults();
		await toast.locator('.monaco-button', { hasText: 'Sign In' }).click();
		await workbench.dialog('wants you to sign in again').waitFor();
		await signIn(workbench, github);
		// What was wanted goes on by itself, and for the same repository.
		await window().hear(`${harbor}: ${window().repository().pullRequests.size} pull requests (nothing new)`);
	});

	it('a budget that runs low turns the status bar item into a warning', async () => {
		window().github.setBudget(token, { graphqlRemaining: 60, resetInSeconds: 1800 });
		await window().openPick();
		await window().choose(harbor);
		await window().hear('nothing new');
		assert.equal((await window().statusItem.innerText()).trim(), '59');
		await eventually(async () => assert.match((await window().statusItem.getAttribute('class')) ?? '', /\bwarning-kind\b/));
		await window().workbench.screenshot('11-low-budget');
	});

	it('a database that can’t be read is told with its reason, and shown again once it can be', async () => {
		const { workbench, storage } = window();
		const path = join(storage, 'prs.sqlite');
		// Nobody reads through a link: it could lead anywhere. To root this looks the same, as missing rights would not.
		await rename(path, `${path}.elsewhere`);
		await symlink(`${path}.elsewhere`, path);
		await workbench.reload();
		await workbench.openView('PR Seeder');
		for (const title of viewTitles) await window().pane(title).setOpen(true);
		const labels = window().pane('Labels').pane.locator('.welcome-view-content');
		await labels.getByText("What is stored can't be read").waitFor();
		assert.match(await window().pane('Everything Open').pane.locator('.message').innerText(), /prs\.sqlite/);
		await workbench.screenshot('12-unreadable');

		await rm(path);
		await rename(`${path}.elsewhere`, path);
		await labels.getByText('try again').click();
		await window().whileHigh(async () => {
			await window().pane('Labels').showAlone();
			await window().pane('Labels').assertGroups(expectedLabels(window().repository()));
		});
	});
});
