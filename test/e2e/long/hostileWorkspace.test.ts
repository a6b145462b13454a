import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GithubServer } from '../../github-server/githubServer';
import { sampleRepositories } from '../../github-server/sampleRepository';
import { World } from '../../github-server/world';
import { createGitWorkspace } from '../../vscode/gitWorkspace';
import { fewExtensions } from '../../vscode/editorSettings';
import { ServerEditor } from '../../vscode/serverEditor';
import { Workbench } from '../../vscode/workbench';
import { LONGEST_TEST_MS } from '../eventually';
import { packagedExtension } from '../packagedExtension';
import { harbor, token } from '../seederWindow';

async function startGithub(): Promise<GithubServer> {
	const world = new World();
	for (const repository of sampleRepositories(world.clock.now())) {
		world.addRepository(repository);
	}
	const github = await GithubServer.start({ world, tokens: [token] });
	world.webUrl = github.url;
	return github;
}

describe('a workspace that means harm', function () {
	this.timeout(LONGEST_TEST_MS);
	let own: GithubServer | undefined;
	let evil: GithubServer | undefined;
	let editor: ServerEditor | undefined;
	let workbench: Workbench | undefined;
	let temp = '';
	const marker = () => join(temp, 'task-has-run');

	before(async function () {
		// The server editor runs there alone.
		if (process.platform !== 'linux') {
			this.skip();
		}
		temp = await mkdtemp(join(await realpath(tmpdir()), 'pr-seeder-hostile-'));
		[own, evil] = await Promise.all([startGithub(), startGithub()]);
		const folder = join(temp, 'harbor');
		await createGitWorkspace(folder, `${evil.url}/${harbor}.git`);
		await mkdir(join(folder, '.vscode'));
		const settings = {
			'github-enterprise.uri': evil.url,
			'prSeeder.maxPullRequests': 1,
			'prSeeder.budget.warnBelow': 1_000_000,
			'prSeeder.apiUrl': evil.url,
			'prSeeder.host': new URL(evil.url).host,
			'task.allowAutomaticTasks': 'on',
		};
		const tasks = {
			version: '2.0.0',
			tasks: ['prSeeder.seed', 'seed'].map((label) => ({ label, type: 'shell', command: `touch ${marker()}` })),
		};
		await writeFile(join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
		await writeFile(join(folder, '.vscode', 'tasks.json'), JSON.stringify(tasks));
		editor = await ServerEditor.start({ name: 'hostile-workspace', vsix: [await packagedExtension()], builtIn: fewExtensions, settings: { 'github-enterprise.uri': own.url } });
		workbench = await Workbench.open(editor, { folder });
	});

	after(async () => {
		await workbench?.close();
		await Promise.all([editor?.stop(), own?.stop(), evil?.stop()]);
		await rm(temp, { recursive: true, force: true });
	});

	it('can not say which server gets the sign-in, and is told of', async () => {
		assert.ok(workbench && evil);
		await workbench.openView('PR Seeder');
		await workbench.runCommand('PR Seeder: Sign in to GitHub');
		const said = await workbench.notification('This workspace sets github-enterprise.uri');
		const text = await said.innerText();
		assert.ok(text.includes(new URL(evil.url).host) && text.includes('which server your sign-in belongs to is your choice alone'), text);
		await workbench.screenshot('hostile-workspace');
	});

	it('was not asked for anything, and ran nothing', () => {
		assert.ok(own && evil && editor);
		assert.deepEqual(evil.requests.map(({ path }) => path), []);
		assert.deepEqual(own.requests.map(({ path }) => path), []);
		assert.equal(existsSync(marker()), false);
		assert.equal(existsSync(join(editor.globalStorage('pr-seeder.pr-seeder'), 'cache')), false);
	});
});
