import assert from 'node:assert/strict';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GithubServer } from '../../github-server/githubServer';
import { sampleRepositories } from '../../github-server/sampleRepository';
import { World } from '../../github-server/world';
import { fewExtensions } from '../../vscode/editorSettings';
import { ServerEditor } from '../../vscode/serverEditor';
import { signIn } from '../../vscode/signIn';
import { Workbench } from '../../vscode/workbench';
import { LONGEST_TEST_MS } from '../eventually';
import { packagedExtension } from '../packagedExtension';
import { harbor, token } from '../seederWindow';
import { firstView } from '../treePane';

// A folder that is on no disk: the editor turns extensions off there that do not say that they can do without one.
describe('a virtual workspace', function () {
	this.timeout(LONGEST_TEST_MS);
	let github: GithubServer | undefined;
	let editor: ServerEditor | undefined;
	let workbench: Workbench | undefined;
	let temp = '';

	before(async function () {
		// The server editor runs there alone.
		if (process.platform !== 'linux') {
			this.skip();
		}
		temp = await mkdtemp(join(await realpath(tmpdir()), 'pr-seeder-virtual-'));
		const workspace = join(temp, 'virtual.code-workspace');
		await writeFile(workspace, JSON.stringify({ folders: [{ uri: 'nowhere://harbor/', name: 'harbor' }] }));
		const world = new World();
		for (const repository of sampleRepositories(world.clock.now())) world.addRepository(repository);
		github = await GithubServer.start({ world, tokens: [token] });
		world.webUrl = github.url;
		editor = await ServerEditor.start({
			name: 'virtual-workspace',
			vsix: [await packagedExtension()],
			builtIn: fewExtensions,
			settings: { 'github-enterprise.uri': github.url },
		});
		workbench = await Workbench.open(editor, { workspace });
	});

	after(async () => {
		await workbench?.close();
		await Promise.all([editor?.stop(), github?.stop()]);
		await rm(temp, { recursive: true, force: true });
	});

	it('is seeded from as any other', async () => {
		assert.ok(workbench && github);
		await workbench.openView('PR Seeder');
		await workbench.tree(firstView).pane.locator('.welcome-view-content', { hasText: 'Sign In' }).waitFor();
		await workbench.runCommand('PR Seeder: Seed repo PRs');
		await workbench.quickInput.waitForOpen('Seed repo PRs');
		await workbench.quickInput.type(harbor);
		const row = workbench.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: harbor }).filter({ hasText: new URL(github.url).host });
		await row.waitFor();
		await workbench.quickInput.choose(row);
		await signIn(workbench, github);
		await workbench.notification(`${harbor}: ${github.world.repository(harbor).pullRequests.size} pull requests`);
		await workbench.tree('Milestones').row('3.2 Davit').waitFor();
		await workbench.screenshot('virtual-workspace');
	});
});
