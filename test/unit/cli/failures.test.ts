import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { sampleRepository } from '../../github-server/sampleRepository';
import { documentOf, runCli, Scene, smallRepository, TOKEN, type Finished } from './commandLine';

interface FailureDocument {
	repositories: { nameWithOwner: string; partial: number[]; pullRequests: number }[];
	failures: { nameWithOwner: string; message: string; resumable: boolean }[];
	error?: { message: string; exitStatus: number };
}

const seedHarbor = ['seed', 'octo/harbor'] as const;
const countRows = 'SELECT count(*) FROM pull_request';

describe('pr-seeder, when things go wrong', () => {
	let scene: Scene;

	beforeEach(async () => {
		scene = await Scene.make([smallRepository(3)]);
	});

	afterEach(() => scene.dispose());

	describe('signing in', () => {
		for (const env of [{ GITHUB_TOKEN: '' }, { GITHUB_TOKEN: '  ', GH_TOKEN: '' }]) {
			it(`needs a token (${JSON.stringify(env)})`, async () => {
				const finished = await scene.run([...seedHarbor, '--json'], { env });
				assert.equal(finished.status, 4);
				assert.match(finished.stderr, /No token to sign in to github\.com with\. Put a token .* into the environment variable GH_TOKEN \(or GITHUB_TOKEN\)/);
				assert.equal(documentOf<FailureDocument>(finished).error?.exitStatus, 4);
				assert.deepEqual(documentOf<FailureDocument>(finished).repositories, []);
				assert.equal(scene.server.requests.length, 0);
				assert.equal(existsSync(scene.storage), false);
			});
		}

		it('takes GH_TOKEN where there is no GITHUB_TOKEN', async () => {
			const { status } = await scene.run(seedHarbor, { env: { GITHUB_TOKEN: '', GH_TOKEN: TOKEN } });
			assert.equal(status, 0);
		});

		it('ends at once when the token is refused, and never shows it', async () => {
			await scene.must(seedHarbor);
			const { status, document, stdout, stderr } = await scene.json<FailureDocument & { notStarted: string[] }>(
				[...seedHarbor, 'octo/other'],
				{ env: { GITHUB_TOKEN: 'ghp_wrong' } },
			);
			assert.equal(status, 4);
			assert.match(stderr, /127\.0\.0\.1:\d+ did not accept your sign-in/);
			assert.deepEqual(document.notStarted, ['octo/other']);
			assert.doesNotMatch(stdout + stderr, /ghp_wrong/);
			assert.deepEqual(await scene.rows(countRows), [[3]]);
		});

		it('refuses a token that no header can carry without showing it', async () => {
			const { status, stdout, stderr } = await scene.run(seedHarbor, { env: { GITHUB_TOKEN: 'se\ncret' } });
			assert.equal(status, 4);
			assert.match(stderr, /GITHUB_TOKEN holds something that is no token/);
			assert.doesNotMatch(stdout + stderr, /cret/);
		});
	});

	describe('the server', () => {
		it('fails for a repository that is not there, and leaves nothing behind', async () => {
			const { status, document, stderr } = await scene.json<FailureDocument>(['seed', 'octo/nowhere']);
			assert.equal(status, 1);
			assert.match(stderr, /Check the spelling/);
			assert.equal(document.failures[0]?.resumable, false);
			assert.equal(existsSync(join(scene.storage, 'cache', 'github.com', 'octo', 'nowhere')), false);
		});

		it('is resumable without a network, and keeps what was stored', async () => {
			await scene.must(seedHarbor);
			const url = `http://127.0.0.1:${await closedPort()}`;
			const finished = await runCli([...seedHarbor, '--api-url', url, '--storage', scene.storage, '--json']);
			assert.equal(finished.status, 3);
			assert.ok(finished.stderr.includes(`Can't reach github.com: nothing answers at ${new URL(url).host} (ECONNREFUSED). Check the address,`), finished.stderr);
			assert.ok(finished.stderr.includes(`(The API address is ${url}.)`), finished.stderr);
			assert.equal(documentOf<FailureDocument>(finished).failures[0]?.resumable, true);
			assert.deepEqual(await scene.rows(countRows), [[3]]);
		});

		it('stops at a rate limit with --no-wait, and goes on from there', async () => {
			const harbor = sampleRepository(Date.now());
			scene.world.addRepository(harbor);
			scene.server.setBudget(TOKEN, { graphqlRemaining: 8, resetInSeconds: 1800 });
			const first = await scene.json<FailureDocument>(['seed', harbor.nameWithOwner, '--no-wait']);
			assert.equal(first.status, 3);
			assert.match(first.stderr, /Your hourly GitHub budget is used up\. Sync again in 30 min/);
			const [[before]] = (await scene.rows(countRows)) as [[number]];
			assert.ok(before > 0);
			scene.server.setBudget(TOKEN, { graphqlRemaining: 5000 });
			const second = await scene.json<FailureDocument>(['seed', harbor.nameWithOwner, '--no-wait']);
			assert.equal(second.status, 0, second.stderr);
			assert.equal(second.document.repositories[0]?.pullRequests, harbor.pullRequests.size);
		});

		it('is resumable when a list stays incomplete, and names the pull request', async () => {
			scene.world.addReview('octo/harbor', 2, 'octo-reviewer', 'APPROVED');
			scene.server.addFault({ kind: 'patch', match: { kind: 'graphql' }, times: Infinity, patch: (answer) => ({ ...answer, body: withoutReviews(answer.body) }) });
			const { status, document } = await scene.json<FailureDocument>(seedHarbor);
			assert.equal(status, 3);
			assert.deepEqual(document.repositories[0]?.partial, [2]);
			const { stdout } = await scene.run(seedHarbor);
			assert.match(stdout, /incomplete: #2; the next run asks for the rest again/);
			scene.server.clearFaults();
			const last = await scene.run(seedHarbor);
			assert.equal(last.status, 0, `${last.stdout}${last.stderr}`);
		});
	});

	describe('the storage folder', () => {
		it('says when it is a file', async () => {
			await writeFile(scene.storage, 'not a folder');
			const finished = await scene.run([...seedHarbor, '--json']);
			assertFailed(finished, /The storage folder .* is a file\. Move the file away, or choose another folder with --storage/);
			assert.equal(await readFile(scene.storage, 'utf8'), 'not a folder');
		});

		it('says when it is inside a file', async () => {
			await writeFile(scene.storage, 'not a folder');
			const finished = await runCli([...seedHarbor, '--api-url', scene.server.url, '--storage', join(scene.storage, 'inside'), '--json']);
			assertFailed(finished, /lies inside .*, which is a file\. Move the file away/);
		});

		it('says when the cache can not be written', async () => {
			await mkdir(scene.storage);
			await writeFile(join(scene.storage, 'cache'), 'not a folder');
			assertFailed(await scene.run([...seedHarbor, '--json']), /a part of the path is a file, not a folder/);
		});

		it('says when the disk is full, and loses nothing', async () => {
			await scene.must(seedHarbor);
			scene.world.editTitle('octo/harbor', 1, 'Changed on a full disk');
			const before = await readFile(join(scene.storage, 'prs.sqlite'));
			assertFailed(await scene.run([...seedHarbor, '--json'], { node: ['--require', await fullDisk(scene.folder)] }), /the disk is full\. Free some space.* \(The storage folder is .*; --storage chooses another\.\)/);
			assert.deepEqual(await readFile(join(scene.storage, 'prs.sqlite')), before);
			await scene.must(seedHarbor);
			assert.deepEqual(await scene.rows('SELECT title FROM pull_request WHERE number = 1'), [['Changed on a full disk']]);
		});

		it('keeps a damaged database aside and fills a new one from the cache', async () => {
			await scene.must(seedHarbor);
			await writeFile(join(scene.storage, 'prs.sqlite'), 'not a database');
			scene.server.clearRequests();
			const { stderr } = await scene.must(['status']);
			assert.match(stderr, /The database could not be used .* It was kept as /);
			assert.equal(scene.server.requests.length, 0);
			assert.deepEqual(await scene.rows(countRows), [[3]]);
			assert.ok((await readdir(scene.storage)).some((name) => name.startsWith('prs.sqlite.corrupt-')));
		});
	});
});

/** Exit status 1, told on standard error and in the document. */
function assertFailed(finished: Finished, message: RegExp): void {
	assert.equal(finished.status, 1, finished.stderr);
	assert.match(finished.stderr, message);
	assert.match(finished.stdout, message);
	const { error, failures } = documentOf<FailureDocument>(finished);
	assert.ok(error ?? failures[0]);
}

/** A module that makes every file system write fail once the lease is taken, as a full disk does: the file is made, its bytes are refused. */
async function fullDisk(folder: string): Promise<string> {
	const path = join(folder, 'fullDisk.cjs');
	await writeFile(
		path,
		`const fs = require('node:fs/promises');
		const full = () => Promise.reject(Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }));
		const open = fs.open;
		fs.appendFile = full;
		fs.open = async (path, flags, mode) => {
			const handle = await open(path, flags, mode);
			if (!/lease|lock/.test(path)) handle.writeFile = full;
			return handle;
		};`,
	);
	return path;
}

async function closedPort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}

/** The answer with every review withheld, as GitHub does with what an account may not see. */
function withoutReviews(body: unknown): object {
	return JSON.parse(JSON.stringify(body), (key, value: unknown) => (key === 'reviews' && hasNodes(value) ? { ...value, nodes: value.nodes.map(() => null) } : value)) as object;
}

function hasNodes(value: unknown): value is { nodes: unknown[] } {
	return typeof value === 'object' && value !== null && 'nodes' in value && Array.isArray(value.nodes);
}
