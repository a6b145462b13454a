import assert from 'node:assert/strict';
import { ManualClock } from '../../github-server/clock';
import { actionsToken, classicToken, fineGrainedToken, oauthToken, type Token } from '../../github-server/tokens';
import { eventsOf, Scene, smallRepository } from './commandLine';

interface SeedDocument {
	repositories: { mode: string; pullRequests: number; partial: number[]; notes: { message: string }[] }[];
	failures: { message: string; resumable: boolean }[];
}

const HARBOR = 'octo/harbor';

/** Exit statuses of the real command line, with tokens that reach a private repository in different ways. */
describe('pr-seeder, by the kind of its token', () => {
	let scene: Scene;

	const seed = (token: Token) => {
		scene.server.setToken(token);
		return scene.json<SeedDocument>(['seed', HARBOR], { env: { GITHUB_TOKEN: token.value } });
	};

	beforeEach(async () => {
		const clock = new ManualClock(Date.now());
		scene = await Scene.make([smallRepository(3)], {}, clock);
		scene.world.setPrivate(HARBOR);
		scene.world.addCheck(HARBOR, 1);
		scene.world.requestReview(HARBOR, 2, 'octo/dock');
		// What is read in the second of an edit is read again.
		clock.advance(5_000);
	});
	afterEach(() => scene.dispose());

	it('says what could not be read also when it is to be quiet: whoever reads the rows has to know', async () => {
		const token = fineGrainedToken({ value: 'given', permissions: { pull_requests: 'read' } });
		scene.server.setToken(token);
		const seed = (...more: string[]) => scene.run(['seed', HARBOR, '--quiet', '--refresh', ...more], { env: { GITHUB_TOKEN: token.value } });
		const { status, stdout, stderr } = await seed();
		assert.deepEqual([status, stdout], [0, '']);
		assert.match(stderr, /^octo\/harbor: incomplete: #1, #2, #3$/m);
		assert.match(stderr, /^octo\/harbor: .*commits \(needs Contents\)/m);
		const notes = eventsOf(await seed('--log', 'json')).filter(({ event }) => event === 'note');
		assert.ok(notes.some(({ level, repository, message }) => level === 'warn' && repository === HARBOR && /commits \(needs Contents\)/.test(String(message))));
	});

	for (const [name, token, partial, note] of [
		['OAuth with repo', oauthToken({ value: 'given' }), [], /shown as "a team": their names need the scope read:org/],
		[
			'fine-grained without contents',
			fineGrainedToken({ value: 'given', permissions: { pull_requests: 'read', issues: 'read', statuses: 'read' } }),
			[1, 2, 3],
			/commits \(needs Contents\).*changed files \(needs Contents\).*some checks \(needs Checks and Commit statuses\)/,
		],
		[
			'of a workflow that may read pull requests alone',
			actionsToken({ value: 'given', repository: HARBOR, permissions: { pull_requests: 'read' } }),
			[1, 2, 3],
			/commits \(needs Contents\).*linked issues \(needs Issues\).*check runs \(needs Checks\).*commit statuses \(needs Commit statuses\)/,
		],
	] as const) {
		it(`${name}: ends well, says what is missing, and asks once the next time`, async () => {
			const first = await seed(token);
			assert.equal(first.status, 0, first.stderr);
			const [repository] = first.document.repositories;
			assert.ok(repository);
			assert.deepEqual(repository.partial, partial);
			assert.match(repository.notes.map(({ message }) => message).join('\n'), note);
			assert.match(first.stderr, note);
			scene.server.clearRequests();
			const second = await seed(token);
			assert.equal(second.status, 0);
			assert.equal(second.document.repositories[0]?.mode, 'unchanged');
			assert.equal(scene.server.requests.length, 1);
		});
	}

	for (const [name, token, status, says] of [
		['fine-grained without pull requests', fineGrainedToken({ value: 'given', permissions: { contents: 'read' } }), 4, /needs the permissions Metadata and Pull requests/],
		['of a workflow that asks for nothing', actionsToken({ value: 'given', repository: HARBOR }), 4, /needs the permissions Metadata and Pull requests/],
		['classic with public_repo', classicToken({ value: 'given', scopes: ['public_repo'] }), 1, /no repository octo\/harbor on 127\.0\.0\.1:\d+, or it is private: your sign-in lacks the scope repo.* use a token with the scope repo/],
		['fine-grained for another repository', fineGrainedToken({ value: 'given', repositories: ['octo/other'] }), 1, /no repository octo\/harbor on 127\.0\.0\.1:\d+, or your token has not been given access to it.* in the settings of the token or app/],
		['expired', classicToken({ value: 'given', expiresAt: '2026-01-02T00:00:00Z' }), 4, /did not accept your sign-in/],
	] as const) {
		it(`${name}: ends with ${status}, and keeps what is stored`, async () => {
			assert.equal((await seed(oauthToken({ value: 'better' }))).status, 0);
			const { status: ended, stderr, document } = await seed(token);
			assert.equal(ended, status, stderr);
			assert.match(stderr, says);
			assert.equal(document.failures[0]?.resumable, false);
			assert.deepEqual(await scene.rows('SELECT count(*) FROM pull_request'), [[3]]);
		});
	}

	it('refused by an organization: ends with 4, and goes on once that is over', async () => {
		scene.world.policies.set('octo', { oauthAppRestrictions: true });
		const { status, stderr } = await seed(oauthToken({ value: 'given' }));
		assert.equal(status, 4, stderr);
		assert.match(stderr, /octo has not approved the app that you signed in with/);
		scene.world.policies.set('octo', {});
		assert.equal((await seed(oauthToken({ value: 'given' }))).status, 0);
	});
});
