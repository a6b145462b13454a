import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expectedState } from '../github-server/expectedState';
import { signIn } from '../vscode/signIn';
import { eventually, LONGEST_TEST_MS } from './eventually';
import { expectedAssignees, expectedLabels, expectedMilestones, newestFirst, type ExpectedGroup } from './expectedTrees';
import { readmePicture, renewsPictures, setSideBarWidth } from './readmePicture';
import { SeedNotification } from './seedNotification';
import { harbor, type SeederWindow, token, useWindow } from './seederWindow';
import { filesContaining, tableCounts } from './storedData';
import { firstView, groupedTitles, viewTitles, type GroupedTitle } from './treePane';

/** What GitHub's answers take here, so that a person could watch: a seed of some five seconds. */
const visible = { baseMs: 120, perNodeMs: 0.3 };

// One story in one window: each step stands on the one before.
describe('the main job, as a person does it', function () {
	this.timeout(LONGEST_TEST_MS);
	// Beside all that VS Code brings along.
	const window = useWindow('main-job', { oneStory: true, full: true });

	const expected = (title: GroupedTitle): ExpectedGroup[] =>
		({ Milestones: expectedMilestones, Labels: expectedLabels, People: expectedAssignees })[title](window().repository());

	it('says what to do while nobody is signed in and nothing is stored', async () => {
		const { workbench } = window();
		assert.match(await workbench.tree(firstView).welcomeText(), /Sign in so that PR Seeder can read them/);
		assert.match(await workbench.tree('Labels').welcomeText(), /No repositories yet\. Sign in to add one/);
		assert.match(await workbench.tree('People').welcomeText(), /No repositories yet\. Sign in to add one/);
		await workbench.screenshot('1-welcome');
	});

	it('offers the repository of the open folder', async () => {
		await window().openPick();
		const row = window().pickRow(harbor);
		await row.waitFor();
		assert.match(await row.innerText(), /This workspace/);
		await window().workbench.screenshot('2-choose');
	});

	it('says under the field what is wrong with what is typed', async () => {
		const { quickInput } = window().workbench;
		await quickInput.type('foo//bar');
		await quickInput.row(/"foo\/\/bar" is not a repository: write owner\/name/).waitFor();
		await window().workbench.screenshot('3-bad-input');
		await quickInput.accept();
		assert.ok(await quickInput.field.isVisible(), 'Enter on a complaint keeps the list open');
	});

	it('takes a pasted address', async () => {
		await window().workbench.quickInput.type(`${window().github.url}/octo-sample/lighthouse/pull/3/files`);
		await window().pickRow('octo-sample/lighthouse').waitFor();
	});

	it('signs in by the editor’s own GitHub Enterprise sign-in, and shows real progress', async () => {
		const { github, workbench } = window();
		github.setLatency(visible);
		await window().choose(harbor);
		await workbench.dialog('wants to sign in').waitFor();
		await workbench.screenshot('4-sign-in');
		await signIn(workbench, github);
		const notification = new SeedNotification(workbench, harbor);
		await notification.watch(async (text) => {
			// About the middle: the bar and the number tell something.
			if (!/Reading details of 1\d\d of/.test(text)) return;
			await workbench.screenshot('5-progress');
			await readmePicture(workbench.page, 'progress', { x: 920, y: 765, width: 480, height: 135 });
		});
		const total = window().repository().pullRequests.size;
		assert.deepEqual(notification.totals, [total]);
		assert.ok(notification.counts.length >= 4, `too few steps: ${notification.seen.join(' | ')}`);
		assert.ok(notification.counts.includes(total));
		assert.ok(notification.points.length >= 3 && isFalling(notification.points), `the budget in: ${notification.seen.join(' | ')}`);
		const note = 'Team reviewers are shown as "a team": their names need the scope read:org.';
		assert.equal(await window().hear(`${total} new`), `${harbor}: ${total} pull requests (${total} new). ${note}`);
	});

	it('lists everything open, newest change first, as the server has it', async () => {
		const open = [...window().repository().pullRequests.values()].filter(({ state }) => state === 'OPEN').sort(newestFirst);
		await window().whileHigh(async () => {
			await window().pane('Everything Open').showAlone();
			await window().pane('Everything Open').assertList(open);
		});
		await window().workbench.screenshot('6-everything-open');
	});

	for (const title of groupedTitles) {
		it(`groups the open pull requests by ${title.toLowerCase()} as the server has them`, async () => {
			const pane = window().pane(title);
			const groups = expected(title);
			const largest = groups.filter((group) => group.title !== null).sort((left, right) => right.open.length - left.open.length)[0];
			const none = groups.at(-1);
			assert.ok(largest && none?.title === null);
			if (title === 'People') await window().groupPeopleByAssignee();
			await window().whileHigh(async () => {
				await pane.showAlone();
				await pane.assertGroups(groups);
				await pane.assertMembers(largest);
				await pane.assertMembers(none);
			});
		});
	}

	if (renewsPictures) {
		it('poses for the README', async () => {
			const { workbench } = window();
			await workbench.page.setViewportSize({ width: 820, height: 640 });
			await setSideBarWidth(workbench, 460);
			for (const title of viewTitles) await window().pane(title).setOpen(true);
			await window().pane('Labels').expand('bug');
			for (const theme of ['dark', 'light'] as const) {
				await workbench.setTheme(theme);
				await readmePicture(workbench.page, `trees-${theme}`);
			}
			await workbench.page.setViewportSize({ width: 1400, height: 900 });
		});
	}

	it('opens a pull request on GitHub by a click', async () => {
		const { workbench, github } = window();
		const pane = window().pane('Milestones');
		await pane.showAlone();
		const [group] = expected('Milestones');
		const [pullRequest] = group?.open ?? [];
		assert.ok(group?.title && pullRequest);
		await pane.expand(group.title);
		const opened = workbench.page.context().waitForEvent('page');
		await pane.pullRequestRow(pullRequest.number).click();
		const tab = await opened;
		assert.equal(tab.url(), `${github.url}/${harbor}/pull/${pullRequest.number}`);
		await tab.close();
	});

	it('tells in the status bar the points that the server has left', async () => {
		const { graphql } = await serverBudget(window());
		await eventually(async () => assert.equal((await window().statusItem.innerText()).trim(), graphql.remaining.toLocaleString('en-US')));
		const reset = new Date(graphql.reset * 1000);
		const time = `${String(reset.getHours()).padStart(2, '0')}:${String(reset.getMinutes()).padStart(2, '0')}`;
		assert.ok((await window().statusText()).includes(`of ${graphql.limit.toLocaleString('en-US')} points left, resets at ${time}`));
	});

	it('stores all of it as an SQLite file, and no token anywhere', async () => {
		const { pullRequests, labels, milestones } = expectedState(window().github.world, harbor);
		const sum = (count: (one: (typeof pullRequests)[number]) => number): number => pullRequests.reduce((total, one) => total + count(one), 0);
		const wanted = {
			repository: 1,
			pull_request: pullRequests.length,
			label: labels.length,
			milestone: milestones.length,
			pull_request_label: sum(({ labelIds }) => labelIds.length),
			pull_request_assignee: sum(({ assignees }) => assignees.length),
			review: sum(({ reviews }) => reviews.length),
			pull_request_commit: sum(({ commits }) => commits.length),
			changed_file: sum(({ files }) => files.length),
			check_run: sum(({ checks }) => checks.length),
			linked_issue: sum(({ closingIssues }) => closingIssues.length),
		};
		await eventually(async () => assert.deepEqual(await tableCounts(join(window().storage, 'prs.sqlite'), Object.keys(wanted)), wanted));
		assert.ok((await stat(join(window().storage, 'cache'))).isDirectory());
		// The editor's own logs and settings too.
		assert.deepEqual(await filesContaining(window().editor.userData, token), []);
	});

	it('offers what was seeded and the person’s own repositories too, as they come', async () => {
		await window().openPick();
		const own = window().pickRow('octo-sample/lighthouse');
		await own.waitFor();
		assert.match(await own.innerText(), /Your repositories/);
		assert.equal(await window().pickRow(harbor).count(), 1, 'each once');
		await window().workbench.quickInput.type('light');
		await window().pickRow(harbor).waitFor({ state: 'detached' });
		await own.waitFor();
	});

	it('answers a second run with one cheap request when nothing changed', async () => {
		const { github } = window();
		github.clearRequests();
		await window().choose(harbor);
		const total = window().repository().pullRequests.size;
		assert.equal(await window().hear('nothing new'), `${harbor}: ${total} pull requests (nothing new)`);
		const asked = github.requests.filter(({ kind }) => kind === 'graphql');
		assert.deepEqual(asked.map(({ operationName, points }) => [operationName, points]), [['Probe', 1]]);
		// The list of the person's own repositories came by REST, so that budget is known by now.
		assert.match(await window().statusText(), /REST: [\d,]+ of 5,000 requests left, resets at \d\d:\d\d/);
	});

	it('shows what is stored after a reload without GitHub, and alarms nobody', async () => {
		const { github, workbench } = window();
		await github.stop();
		await workbench.reload();
		await workbench.openView('PR Seeder');
		for (const title of groupedTitles) {
			await window().pane(title).showAlone();
			await window().pane(title).assertGroups(expected(title));
		}
		await window().statusItem.waitFor();
		await eventually(async () => assert.match(await window().statusItem.innerText(), /synced .*(ago|now)/));
		assert.match(await window().statusText(), /^PR Seeder, synced [^,]+, The budget is known after the next request to GitHub/);
		await window().assertNoAlarm();
		for (const title of viewTitles) await window().pane(title).setOpen(true);
		await workbench.screenshot('7-offline');
	});

	it('says that GitHub can’t be reached when asked to refresh, and goes on showing what is stored', async () => {
		await window().workbench.runCommand('PR Seeder: Refresh from GitHub');
		assert.match(await window().hear('reach'), new RegExp(`Can't reach ${window().host}: nothing answers at ${window().host} \\(ECONNREFUSED\\)\\. Check the address`));
		await eventually(async () => assert.equal((await window().statusItem.innerText()).trim(), 'offline'));
		const labels = window().pane('Labels');
		await labels.showAlone();
		await labels.assertGroups(expected('Labels'));
	});
});

interface ServerBudget {
	readonly limit: number;
	readonly remaining: number;
	readonly reset: number;
}

/** What the stand-in itself says is left. */
async function serverBudget({ github }: SeederWindow): Promise<{ graphql: ServerBudget }> {
	const answer = await fetch(`${github.url}/api/v3/rate_limit`, { headers: { authorization: `Bearer ${token}`, 'user-agent': 'e2e' } });
	return ((await answer.json()) as { resources: { graphql: ServerBudget } }).resources;
}

function isFalling(numbers: readonly number[]): boolean {
	return numbers.every((value, index) => index === 0 || value <= (numbers[index - 1] ?? value));
}
