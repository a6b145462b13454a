import assert from 'node:assert/strict';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { Clock } from '../github-server/clock';
import { GithubServer } from '../github-server/githubServer';
import type { Repository } from '../github-server/repository';
import { sampleRepositories } from '../github-server/sampleRepository';
import { World } from '../github-server/world';
import { createGitWorkspace } from '../vscode/gitWorkspace';
import { fewExtensions } from '../vscode/editorSettings';
import { ServerEditor } from '../vscode/serverEditor';
import { signIn } from '../vscode/signIn';
import { Workbench } from '../vscode/workbench';
import { eventually } from './eventually';
import { packagedExtension } from './packagedExtension';
import { firstView, TreePane, type ViewTitle } from './treePane';

/** What the stand-in's sign-in hands out; to be recognised wherever it should not be. */
export const token = 'gho_e2eTokenThatMustNotBeStored0123456789';

export const harbor = 'octo-sample/harbor';

export interface WindowOptions {
	/** GitHub's; the machine's own when absent. */
	readonly clock?: Clock;
	/** With all that VS Code brings along, in place of what the tests use. */
	readonly full?: boolean;
}

/**
 * A window of VS Code with the packaged extension, on a folder whose git remote is `octo-sample/harbor` of a GitHub
 * stand-in of its own. At first nobody is signed in and nothing is stored.
 */
export class SeederWindow {
	/** `127.0.0.1:PORT`, as the extension names the stand-in; known after its end too. */
	readonly host: string;

	private constructor(
		readonly github: GithubServer,
		readonly editor: ServerEditor,
		readonly workbench: Workbench,
		private readonly temp: string,
	) {
		this.host = new URL(github.url).host;
	}

	/** @param name the log's, in `.artifacts/logs/` */
	static async open(name: string, { clock, full = false }: WindowOptions = {}): Promise<SeederWindow> {
		const temp = await mkdtemp(join(await realpath(tmpdir()), 'pr-seeder-e2e-'));
		const world = new World(clock);
		world.mergeJobMs = 0;
		for (const repository of sampleRepositories(world.clock.now())) world.addRepository(repository);
		const github = await GithubServer.start({ world, tokens: [token] });
		// Links lead to this machine too.
		world.webUrl = github.url;
		const folder = join(temp, 'harbor');
		await createGitWorkspace(folder, `${github.url}/${harbor}.git`);
		const settings = { 'github-enterprise.uri': github.url };
		const editor = await ServerEditor.start({ name, vsix: [await packagedExtension()], settings, ...(full ? {} : { builtIn: fewExtensions }) });
		const workbench = await Workbench.open(editor, { folder });
		const window = new SeederWindow(github, editor, workbench, temp);
		await window.showViews();
		return window;
	}

	async close(): Promise<void> {
		await this.workbench.close();
		await Promise.all([this.editor.stop(), this.github.stop()]);
		await rm(this.temp, { recursive: true, force: true });
	}

	/** The extension's global storage. */
	get storage(): string {
		return this.editor.globalStorage('pr-seeder.pr-seeder');
	}

	get statusItem(): Locator {
		return this.workbench.page.locator('[id="pr-seeder.pr-seeder.prSeeder.budget"]');
	}

	/** What the status bar item says to those who do not see it: its text, and what it shows on hover. */
	async statusText(): Promise<string> {
		return (await this.statusItem.locator('[aria-label]').first().getAttribute('aria-label')) ?? '';
	}

	repository(nameWithOwner = harbor): Repository {
		return this.github.world.repository(nameWithOwner);
	}

	/** Does something in a window so high that long trees fit: rows out of view are not in the page. */
	async whileHigh(work: () => Promise<void>): Promise<void> {
		const { page } = this.workbench;
		const usual = page.viewportSize() ?? { width: 1400, height: 900 };
		await page.setViewportSize({ ...usual, height: 1500 });
		await work();
		await page.setViewportSize(usual);
	}

	pane(title: ViewTitle): TreePane {
		return new TreePane(this.workbench, title);
	}

	/** Groups the view of people by assignee, as the worlds of these tests are compared with it. */
	async groupPeopleByAssignee(): Promise<void> {
		await this.workbench.runCommand('PR Seeder: Group People By…');
		await this.workbench.quickInput.waitForOpen('Group People By');
		await this.workbench.quickInput.pick('Assignee');
	}

	/**
	 * Shows the views and waits until the extension knows whether somebody is signed in: from then on the editor
	 * can be asked for a session. On a busy machine it needs longer for that than it lets an extension wait.
	 */
	private async showViews(): Promise<void> {
		await this.workbench.openView('PR Seeder');
		await this.workbench.page.mouse.move(900, 300);
		await this.workbench.tree(firstView).pane.locator('.welcome-view-content', { hasText: 'Sign In' }).waitFor();
	}

	/** Runs "Seed repo PRs" and waits for the list of repositories. */
	async openPick(): Promise<void> {
		await this.workbench.runCommand('PR Seeder: Seed repo PRs');
		await this.workbench.quickInput.waitForOpen('Seed repo PRs');
	}

	/** Types a repository's name into the open list and chooses the one on the stand-in. */
	async choose(nameWithOwner = harbor): Promise<void> {
		await this.workbench.quickInput.type(nameWithOwner);
		const row = this.pickRow(nameWithOwner);
		await row.waitFor();
		await this.workbench.quickInput.choose(row);
		// After a reload the list is drawn anew while Git reads the folder's remotes: what meets no row just then is done once more.
		await row.waitFor({ state: 'hidden', timeout: 5_000 }).catch(() => this.workbench.quickInput.choose(row));
	}

	/** The open list's row of a repository on the stand-in; the same name on github.com is another. */
	pickRow(nameWithOwner: string): Locator {
		return this.workbench.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: nameWithOwner }).filter({ hasText: this.host });
	}

	/** Signs in, seeds as fast as it goes, and clears the notification that tells the end. */
	async signInAndSeed(nameWithOwner = harbor): Promise<void> {
		await this.openPick();
		await this.choose(nameWithOwner);
		await signIn(this.workbench, this.github);
		await this.hear(`${nameWithOwner}: ${this.repository(nameWithOwner).pullRequests.size} pull requests`);
	}

	/** Waits for a notification, and clears all there are. @returns what it said */
	async hear(text: string | RegExp): Promise<string> {
		const item = await this.workbench.notification(text);
		const said = (await item.locator('.notification-list-item-message').innerText()).trim();
		await this.workbench.runCommand('Notifications: Clear All Notifications');
		// The editor leaves the one of a short run on the screen for most of a second.
		await eventually(async () => assert.equal(await this.workbench.page.locator('.notification-list-item:visible').count(), 0));
		return said;
	}

	/** Fails when a notification of severity error or warning is on the screen. */
	async assertNoAlarm(): Promise<void> {
		const alarms = this.workbench.page.locator('.notification-list-item:has(.codicon-error, .codicon-warning)');
		assert.deepEqual(await alarms.allInnerTexts(), []);
	}

}

/**
 * Gives a suite a window of its own, and a picture of it in `.artifacts/screenshots/` when a test failed. The suite is
 * skipped where the server editor does not run.
 *
 * @param name the log's, in `.artifacts/logs/`
 * @param oneStory each test stands on the one before: after a failure the rest is skipped
 * @returns a function for the window, to be called in tests and hooks
 */
export function useWindow(name: string, { oneStory = false, ...options }: WindowOptions & { readonly oneStory?: boolean } = {}): () => SeederWindow {
	let opened: SeederWindow | undefined;
	let isBroken = false;

	before(`open a window (${name})`, async function () {
		// The first run on a machine installs the editor and a browser.
		this.timeout(600_000);
		if (process.platform !== 'linux') {
			console.log(`    Skipped: these tests drive VS Code's server, which runs on Linux only here; this is ${process.platform}.`);
			this.skip();
		}
		opened = await SeederWindow.open(name, options);
	});

	// Mocha's own bail would skip this suite too when another one failed before.
	beforeEach(function () {
		if (isBroken && oneStory) this.skip();
	});

	afterEach(async function () {
		const { currentTest } = this;
		if (currentTest?.state !== 'failed') return;
		isBroken = true;
		await opened?.workbench.screenshot(`failed-${name}-${currentTest.title.replace(/[^a-z0-9]+/gi, '-').slice(0, 60)}`);
	});

	after(async () => await opened?.close());

	return () => {
		assert.ok(opened, 'The window is there from the first hook on.');
		return opened;
	};
}
