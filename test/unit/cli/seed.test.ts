import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCli, Scene, smallRepository } from './commandLine';

/** `seed --json`, as the shared contracts have it. */
interface SeedDocument {
	repositories: {
		nameWithOwner: string;
		mode: string;
		pullRequests: number;
		added: number;
		updated: number;
		removed: number;
		partial: number[];
		requests: { graphql: number; rest: number; notModified: number };
		points: number;
		waitedMs: number;
		durationMs: number;
	}[];
	failures: { nameWithOwner: string; message: string; resumable: boolean }[];
	notStarted: string[];
	rateLimit: Record<'graphql' | 'rest', { remaining: number; limit: number; resetAt: string } | null>;
}

const stored = 'SELECT number FROM pull_request ORDER BY number';

describe('pr-seeder seed', () => {
	let scene: Scene;
	const seed = (...words: string[]) => scene.json<SeedDocument>(['seed', 'octo/harbor', ...words]);

	beforeEach(async () => {
		scene = await Scene.make([smallRepository(5), smallRepository(2, 'octo/lighthouse')]);
	});

	afterEach(() => scene.dispose());

	describe('what it tells', () => {
		it('prints the document of the contracts', async () => {
			const { status, document, stderr } = await scene.json<SeedDocument>(['seed', 'octo/harbor'], { process: true });
			assert.equal(status, 0, stderr);
			const [repository, ...others] = document.repositories;
			assert.ok(repository);
			assert.deepEqual(others, []);
			const { requests, points, durationMs, ...rest } = repository;
			assert.deepEqual(rest, {
				nameWithOwner: 'octo/harbor', mode: 'full', pullRequests: 5, totalCount: null, added: 5, updated: 0, removed: 0, partial: [], pending: [], unreadable: [], mended: [], withheld: 0, compared: null, waitedMs: 0, notes: [],
			});
			assert.equal(requests.graphql, scene.server.requests.filter(({ kind }) => kind === 'graphql').length);
			assert.deepEqual(Object.keys(requests), ['graphql', 'rest', 'notModified']);
			assert.equal(points, scene.server.requests.reduce((sum, request) => sum + request.points, 0));
			assert.ok(durationMs > 0);
			const { graphql } = document.rateLimit;
			assert.ok(graphql);
			assert.deepEqual(Object.keys(graphql), ['remaining', 'limit', 'resetAt']);
			assert.equal(graphql.limit, 5000);
			assert.equal(graphql.remaining, 5000 - points);
			assert.match(graphql.resetAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
			assert.ok('rest' in document.rateLimit);
			assert.match(stderr, /octo\/harbor: looking for changes/);
			assert.match(stderr, /octo\/harbor: checking for changes since/);
		});

		it('asks once when nothing has changed', async () => {
			await scene.must(['seed', 'octo/harbor']);
			scene.server.clearRequests();
			const { status, document } = await seed();
			assert.equal(status, 0);
			assert.equal(scene.server.requests.length, 1);
			const [repository] = document.repositories;
			assert.equal(repository?.mode, 'unchanged');
			assert.equal(repository.pullRequests, 5);
			assert.deepEqual(repository.requests, { graphql: 1, rest: 0, notModified: 0 });
			assert.ok(repository.points <= 2);
		});

		it('says in one line what it did', async () => {
			const first = await scene.must(['seed', 'octo/harbor']);
			assert.match(first.stdout, /^octo\/harbor: 5 pull requests, 5 new \(full\) · \d+ points, \d+ requests · [\d.]+ s\n$/);
			const second = await scene.must(['seed', 'octo/harbor']);
			assert.match(second.stdout, /^octo\/harbor: 5 pull requests · unchanged, 1 request · [\d.]+ s\n$/);
			scene.world.editTitle('octo/harbor', 2, 'Changed since');
			const third = await scene.must(['seed', 'octo/harbor']);
			assert.match(third.stdout, /^octo\/harbor: 5 pull requests, 1 updated \(incremental\) · /);
			assert.deepEqual(await scene.rows('SELECT title FROM pull_request WHERE number = 2'), [['Changed since']]);
		});

		it('says nothing with --quiet when all is well', async () => {
			const { stdout, stderr } = await scene.must(['seed', 'octo/harbor', '--quiet']);
			assert.equal(stdout, '');
			assert.equal(stderr, '');
		});

		it('seeds several repositories, each once, in whatever form they are named', async () => {
			const { document } = await seed('octo/lighthouse', 'OCTO/Harbor', 'https://github.com/octo/harbor/pull/3');
			assert.deepEqual(document.repositories.map(({ nameWithOwner, pullRequests }) => [nameWithOwner, pullRequests]), [
				['octo/harbor', 5],
				['octo/lighthouse', 2],
			]);
		});

		it('leaves it to the server which owners there are', async () => {
			for (const name of ['octo-/harbor', '-octo/harbor', 'octo_acme/harbor']) scene.world.addRepository(smallRepository(1, name));
			const { document } = await seed('octo-/harbor/', '-octo/harbor', 'https://github.com/octo_acme/harbor/pull/1');
			assert.deepEqual(document.repositories.map(({ nameWithOwner }) => nameWithOwner), ['octo/harbor', 'octo-/harbor', '-octo/harbor', 'octo_acme/harbor']);
			assert.equal((await scene.must(['status', '-octo/harbor'])).stderr, '');
			const { status, stderr } = await seed('-nobody/harbor');
			assert.equal(status, 1);
			assert.match(stderr, /There is no repository -nobody\/harbor on 127\.0\.0\.1:\d+, or/);
		});

		it('goes on after a repository that fails, and says which', async () => {
			const { status, document, stderr } = await seed('octo/nowhere', 'octo/lighthouse');
			assert.equal(status, 1);
			assert.deepEqual(document.repositories.map(({ nameWithOwner }) => nameWithOwner), ['octo/harbor', 'octo/lighthouse']);
			assert.deepEqual(document.failures.map(({ nameWithOwner, resumable }) => [nameWithOwner, resumable]), [['octo/nowhere', false]]);
			assert.match(stderr, /There is no repository octo\/nowhere on 127\.0\.0\.1:\d+, or your account can't see it/);
			assert.match(stderr, /1 of 3 repositories failed: octo\/nowhere\./);
			assert.deepEqual(await scene.rows('SELECT name_with_owner FROM repository ORDER BY 1'), [['octo/harbor'], ['octo/lighthouse']]);
		});
	});

	describe('its options', () => {
		it('--max-prs takes the newest', async () => {
			const { document } = await seed('--max-prs', '2');
			assert.equal(document.repositories[0]?.pullRequests, 2);
			assert.equal((await seed('--max-prs', '4')).document.repositories[0]?.pullRequests, 4);
		});

		it('--max-prs 0 takes all', async () => {
			await seed('--max-prs', '2');
			assert.equal((await seed('--max-prs', '0')).document.repositories[0]?.pullRequests, 5);
			assert.equal((await scene.rows(stored)).length, 5);
		});

		it('--since and --until take whole days', async () => {
			const dayOf = (number: number) => scene.world.pullRequest('octo/harbor', number).createdAt.slice(0, 10);
			const { document } = await seed('--since', dayOf(2), '--until', dayOf(4));
			assert.equal(document.repositories[0]?.pullRequests, 3);
		});

		it('--days-back counts from now', async () => {
			const { document } = await seed('--days-back', '2');
			assert.equal(document.repositories[0]?.pullRequests, 2);
		});

		it('a narrower window takes nothing away', async () => {
			await scene.must(['seed', 'octo/harbor']);
			const { document } = await seed('--max-prs', '1');
			assert.equal(document.repositories[0]?.pullRequests, 1);
			assert.equal(document.repositories[0].removed, 0);
			assert.equal((await scene.rows(stored)).length, 5);
		});

		it('--no-cache leaves no cache, and the rows all the same', async () => {
			const { status, document } = await seed('--no-cache');
			assert.equal(status, 0);
			assert.equal(document.repositories[0]?.mode, 'full');
			assert.equal(existsSync(join(scene.storage, 'cache')), false);
			assert.equal((await scene.rows(stored)).length, 5);
		});

		it('--refresh fetches everything again', async () => {
			await scene.must(['seed', 'octo/harbor']);
			const { document } = await seed('--refresh');
			assert.equal(document.repositories[0]?.mode, 'full');
			assert.equal((await scene.rows(stored)).length, 5);
		});

		it('--refresh of a part keeps to the part, until all is asked for', async () => {
			await seed('--max-prs', '2');
			const { document } = await seed('--refresh');
			assert.deepEqual([document.repositories[0]?.mode, (await scene.rows(stored)).length], ['full', 2]);
			assert.equal((await seed('--refresh', '--max-prs', '0')).document.repositories[0]?.pullRequests, 5);
			assert.equal((await scene.rows(stored)).length, 5);
		});

		it('--clear writes the rows anew', async () => {
			await scene.must(['seed', 'octo/harbor']);
			const { status } = await seed('--clear');
			assert.equal(status, 0);
			assert.equal((await scene.rows(stored)).length, 5);
		});

		it('--no-check-runs leaves check runs alone', async () => {
			scene.world.addCheck('octo/harbor', 5, { name: 'build' });
			await scene.must(['seed', 'octo/harbor', '--no-check-runs']);
			assert.deepEqual(await scene.rows('SELECT count(*) FROM check_run'), [[0]]);
			await scene.must(['seed', 'octo/harbor']);
			assert.deepEqual(await scene.rows('SELECT number, name FROM check_run'), [[5, 'build']]);
		});

		it('keeps a GitHub Enterprise Server apart, under its own host', async () => {
			const { status, stderr } = await runCli(['seed', 'octo/harbor', '--api-url', `${scene.server.url}/api/v3`, '--storage', scene.storage]);
			assert.equal(status, 0, stderr);
			assert.ok(scene.server.requests.every(({ path }) => path.startsWith('/api/')));
			const { host } = new URL(scene.server.url);
			assert.deepEqual(await scene.rows('SELECT host, name_with_owner FROM repository'), [[host, 'octo/harbor']]);
			// A colon can't stand in a folder's name everywhere.
			assert.ok(existsSync(join(scene.storage, 'cache', host.replace(':', '+'), 'octo', 'harbor')));
		});

		it('keeps github.com apart from the address that it is asked at', async () => {
			await scene.must(['seed', 'octo/harbor']);
			assert.ok(existsSync(join(scene.storage, 'cache', 'github.com', 'octo', 'harbor')));
			assert.ok(scene.server.requests.every(({ path }) => path === '/graphql'));
		});
	});
});
