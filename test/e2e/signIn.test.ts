import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { signIn } from '../vscode/signIn';
import { LONGEST_TEST_MS } from './eventually';
import { harbor, token, useWindow } from './seederWindow';
import { firstView } from './treePane';

// One window, from signed out to a sign-in that may read the names of teams.
describe('signing in', function () {
	this.timeout(LONGEST_TEST_MS);
	const window = useWindow('sign-in', { oneStory: true });

	const scopesAskedFor = () => window().github.requests.filter(({ path }) => path.startsWith('/login/device/code')).map(({ path }) => new URLSearchParams(path.split('?')[1]).get('scope'));
	const chooseHost = async (title: string) => {
		const { workbench } = window();
		await workbench.quickInput.waitForOpen(title);
		await workbench.quickInput.pick(window().host);
	};

	it('from the welcome view asks for the least, and goes on to the choice of a repository', async () => {
		const { github, workbench } = window();
		await workbench.tree(firstView).pane.locator('.welcome-view-content .monaco-button', { hasText: 'Sign In' }).click();
		await chooseHost('Sign in to GitHub');
		await signIn(workbench, github);
		assert.deepEqual(scopesAskedFor(), ['repo']);
		await workbench.quickInput.waitForOpen('Seed repo PRs');
		await window().choose(harbor);
		// No second question.
		const toast = await workbench.notification(`${harbor}: ${window().repository().pullRequests.size} pull requests`);
		assert.match(await toast.innerText(), /Team reviewers are shown as "a team"/);
		assert.deepEqual(scopesAskedFor(), ['repo']);
	});

	it('again by the note about hidden teams asks for read:org beside, and fetches the repository anew', async () => {
		const { github, workbench } = window();
		github.clearRequests();
		const toast = await workbench.notification('Team reviewers are shown');
		await toast.locator('.monaco-button', { hasText: 'Grant…' }).click();
		await workbench.dialog('read:org').waitFor();
		await signIn(workbench, github);
		assert.deepEqual(scopesAskedFor(), ['read:org repo']);
		const said = await window().hear(`${harbor}: ${window().repository().pullRequests.size} pull requests`);
		assert.doesNotMatch(said, /a team/);
	});

	it('for the names of teams asks nothing where the sign-in may read them', async () => {
		const { github, workbench } = window();
		github.clearRequests();
		await workbench.runCommand('PR Seeder: Grant Access to Team Names…');
		await chooseHost('Grant Access to Team Names');
		await workbench.statusBarItem('pull requests (nothing new)');
		assert.deepEqual(scopesAskedFor(), []);
	});

	it('is used again after a reload, the one with more scopes of the two, without a question', async () => {
		const { github, workbench } = window();
		await workbench.reload();
		await workbench.openView('PR Seeder');
		github.clearRequests();
		// Whoever used the narrower one would be refused.
		github.revokeToken(token);
		await window().openPick();
		await window().choose(harbor);
		// Whatever there was to read: it is the sign-in that this is about.
		await window().hear('pull requests (');
		assert.deepEqual(scopesAskedFor(), []);
	});

	it('leaves no token where the extension stores its things', async () => {
		const stored = await readFile(`${window().storage}/prs.sqlite`, 'latin1');
		assert.ok(!stored.includes(token));
	});
});
