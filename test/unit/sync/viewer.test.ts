import assert from 'node:assert/strict';
import { fineGrainedToken, oauthToken } from '../../github-server/tokens';
import { REPO, SyncHarness, TOKEN } from './syncHarness';

describe('who signs in', () => {
	let h: SyncHarness;
	afterEach(() => h.stop());

	const viewers = async () => (await h.open()).store.read.viewers();

	it('is remembered, with no request of its own, and without teams where these may not be read', async () => {
		h = await SyncHarness.start();
		h.world.joinTeam('octo/crew', 'octo-viewer');
		h.createPullRequests(1);
		await h.seed();
		assert.deepEqual(h.operations.filter((name) => name === 'Teams'), []);
		assert.deepEqual(await viewers(), [{ host: 'github.com', login: 'octo-viewer', teams: null }]);
	});

	it('has the teams that a token with the scope tells, asked once a day and never where nothing changed', async () => {
		h = await SyncHarness.start({ tokens: [oauthToken({ value: TOKEN, scopes: ['repo', 'read:org'] })] });
		h.world.joinTeam('octo/crew', 'octo-viewer');
		h.world.joinTeam('octo/dock', 'octo-ada');
		h.createPullRequests(1);
		await h.seed();
		assert.deepEqual(await viewers(), [{ host: 'github.com', login: 'octo-viewer', teams: ['octo/crew'] }]);
		h.world.editTitle(REPO, 1, 'Other');
		h.later();
		await h.seed();
		assert.deepEqual(h.operations, ['Probe', 'Details']);
		h.later(86_401);
		await h.seed();
		assert.deepEqual(h.operations, ['Probe']);
		h.world.joinTeam('octo/dock', 'octo-viewer');
		h.world.editTitle(REPO, 1, 'Another');
		h.later();
		await h.seed();
		assert.deepEqual((await viewers())[0]?.teams, ['octo/crew', 'octo/dock']);
	});

	it('in a repository of a person is in none', async () => {
		h = await SyncHarness.start({ tokens: [oauthToken({ value: TOKEN, scopes: ['repo', 'read:org'] })] });
		h.world.people.add('octo');
		h.createPullRequests(1);
		await h.seed();
		assert.deepEqual((await viewers())[0]?.teams, []);
	});

	it('keeps the teams that are known, under a token that may not read them, and where the server fails', async () => {
		h = await SyncHarness.start({ tokens: [oauthToken({ value: TOKEN, scopes: ['repo', 'read:org'] })] });
		h.world.joinTeam('octo/crew', 'octo-viewer');
		h.createPullRequests(1);
		await h.seed();
		h.server.setToken(fineGrainedToken({ value: TOKEN, login: 'octo-viewer', repositories: [REPO], permissions: { metadata: 'read', pull_requests: 'read', contents: 'read' } }));
		h.world.editTitle(REPO, 1, 'Other');
		h.later(86_401);
		await h.seed();
		assert.ok(h.operations.includes('Teams'));
		assert.deepEqual((await viewers())[0]?.teams, ['octo/crew']);
		h.server.addFault({ kind: 'badGateway', times: Infinity, match: { operationName: 'Teams' } });
		h.world.editTitle(REPO, 1, 'Another');
		h.later(86_401);
		await h.seed();
		assert.deepEqual((await viewers())[0]?.teams, ['octo/crew']);
	});

	it('is whoever signed in last', async () => {
		h = await SyncHarness.start({ tokens: [oauthToken({ value: TOKEN, scopes: ['repo'], login: 'octo-ada' }), oauthToken({ value: 'other', scopes: ['repo'], login: 'octo-bea' })] });
		h.createPullRequests(1);
		for (const [token, login] of [[TOKEN, 'octo-ada'], ['other', 'octo-bea'], [TOKEN, 'octo-ada']] as const) {
			h.token = token;
			h.world.comment(REPO, 1);
			h.later();
			await h.seed();
			assert.deepEqual((await viewers()).map((one) => one.login), [login]);
		}
	});
});
