import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { runCli, Scene, smallRepository, type RunOptions } from '../unit/cli/commandLine';
import { RudeServer } from '../unit/github/rudeServer';
import { leadPagesRound } from '../unit/store/endlessPages';
import { sqlJs } from '../unit/store/fixtures';
import { attacked, LONGEST_MS } from './attack';

const SECRET = 'ghs_123456_eyJhbGciOiJSUzI1NiJ9.eyJpYXQiOjE3NjQwMDAwMDAsImlzcyI6IjEyMzQ1In0.'.concat('Ab-_0'.repeat(68));

/**
 * Each attack in a process of its own, as a person would meet it: over in ten seconds (where a server is asked again and
 * again, in half a minute), with a word, and what comes after it is whole.
 */
describe('an attack on the command line', function () {
	this.timeout(120_000);
	let scene: Scene;

	beforeEach(async () => {
		scene = await Scene.make([smallRepository(3)]);
		await scene.must(['seed', 'octo/harbor']);
	});
	afterEach(() => scene.dispose());

	const run = (words: readonly string[], options: RunOptions = {}) => attacked(scene.run(words, { ...options, process: true }));
	const stored = () => scene.rows('SELECT count(*) FROM pull_request');
	const cache = async (name: string) => {
		const paths = await readdir(join(scene.storage, 'cache'), { recursive: true });
		return join(scene.storage, 'cache', paths.find((path) => path.endsWith(name)) ?? name);
	};

	/** Whatever happened: the next seed and what follows on it are as if nothing had. */
	async function assertWhole(): Promise<void> {
		const finished = await run(['seed', 'octo/harbor']);
		assert.equal(finished.status, 0, finished.stderr);
		assert.deepEqual(await stored(), [[3]]);
	}

	for (const [what, make] of [
		['a pipe', (path: string) => Promise.resolve(void execFileSync('mkfifo', [path]))],
		['a huge file', (path: string) => writeFile(path, '{').then(() => truncate(path, 2 ** 40))],
		['a folder', (path: string) => mkdir(path)],
	] as const) {
		for (const name of ['prs.sqlite', 'state.json', 'prs.sqlite.lock'] as const) {
			it(`with ${what} as ${name}`, async () => {
				const path = name === 'state.json' ? await cache(name) : join(scene.storage, name);
				await rm(path, { force: true });
				await make(path);
				await utimes(path, new Date(0), new Date(0));
				assert.equal((await run(['status'])).status, 0);
				await assertWhole();
			});
		}

		it(`with ${what} as projects.json`, async () => {
			await make(join(scene.storage, 'projects.json'));
			const { status, stderr } = await run(['projects']);
			assert.equal(status, 2);
			assert.match(stderr, /projects\.json.*(not a regular file|larger than|a folder)/s);
		});
	}

	it('with a link in place of the database, which is copied nowhere', async () => {
		await writeFile(join(scene.folder, 'private'), 'private');
		await rm(join(scene.storage, 'prs.sqlite'));
		await symlink(join(scene.folder, 'private'), join(scene.storage, 'prs.sqlite'));
		const { status, stderr } = await run(['export', 'database', '--output', join(scene.folder, 'copy.sqlite')]);
		assert.notEqual(status, 0);
		assert.match(stderr, /symbolic link/);
		assert.ok(!(await readdir(scene.folder)).includes('copy.sqlite'));
	});

	it('by a query that never gives a row', async () => {
		const { status, stderr } = await run(['query', 'WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c']);
		assert.equal(status, 1);
		assert.match(stderr, /^The query was stopped after 7 s\. Ask for less/);
	});

	it('by a query that makes SQLite quote nine megabytes, and one that quotes what is hidden', async () => {
		for (const sql of ["SELECT json_extract('{}', printf('%.*c', 9000000, 'x'))", `SELECT * FROM "${'\u{e0069}\u{e0067}'.repeat(1_000)}\u001b[31m"`]) {
			const { status, stderr } = await run(['query', sql]);
			assert.equal(status, 1);
			assert.ok(stderr.startsWith('The query was refused: ') && stderr.length < 500 && !/[\p{Default_Ignorable_Code_Point}\u001b]/u.test(stderr), stderr.slice(0, 500));
		}
	});

	it('with locks that lead round in a circle', async () => {
		const lock = join(scene.storage, 'prs.sqlite.lock');
		for (const [path, token] of [[lock, 'a'], [`${lock}.a`, 'b'], [`${lock}.b`, 'a']] as const) {
			await writeFile(path, JSON.stringify({ pid: 2 ** 22 + 1, time: 0, token }));
			await utimes(path, new Date(0), new Date(0));
		}
		scene.world.editTitle('octo/harbor', 1, 'Edited');
		await assertWhole();
	});

	it('with a database whose pages lead round in a circle, under a forged seal', async () => {
		scene.world.addRepository(smallRepository(300, 'octo/quay'));
		await scene.must(['seed', 'octo/quay']);
		await leadPagesRound(join(scene.storage, 'prs.sqlite'));
		const { status, stderr } = await run(['status']);
		assert.equal(status, 0, stderr);
		assert.match(stderr, /could not be used \(its page \d+ is used twice\)/);
		assert.deepEqual(await scene.rows('SELECT count(*) FROM pull_request'), [[303]]);
	});

	for (const statements of [
		['PRAGMA user_version = 99', 'PRAGMA foreign_keys = OFF', 'DROP TABLE repository', 'CREATE VIEW repository AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id FROM n'],
		['CREATE UNIQUE INDEX one ON pull_request (title)'],
		['CREATE VIEW "begin" AS SELECT 1 AS one'],
	]) {
		it(`with a database in which somebody did ${statements.at(-1)?.slice(0, 60)}`, async () => {
			const path = join(scene.storage, 'prs.sqlite');
			const database = new (await sqlJs()).Database(await readFile(path));
			statements.forEach((statement) => database.exec(statement));
			await writeFile(path, database.export());
			database.close();
			assert.equal((await run(['status'])).status, 0);
			assert.notEqual((await run(['query', 'BEGIN'])).status, 0);
			await assertWhole();
		});
	}

	let packed: Buffer | undefined;
	const bomb = (response: ServerResponse) => {
		response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end((packed ??= gzipSync(Buffer.alloc(200_000_000, ' '))));
	};
	const drip = (response: ServerResponse) => {
		response.writeHead(200, { 'content-type': 'application/json' });
		const timer = setInterval(() => response.write(' '), 50);
		response.on('close', () => clearInterval(timer));
	};
	for (const [what, body] of [
		['60 MB of nested arrays', '['.repeat(60_000_000)],
		['8 MB of nested arrays', `{"data":${'['.repeat(8_000_000)}`],
		['7 MB of nested objects', `{"data":${'{"a":'.repeat(1_400_000)}`],
	] as const) {
		it(`by a server that answers with ${what}`, async () => {
			const server = await RudeServer.start((_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(body));
			try {
				const finished = await attacked(runCli(['seed', 'octo/harbor', '--api-url', server.url, '--storage', join(scene.folder, 'other'), '--no-wait'], { process: true, node: ['--max-old-space-size=600'] }), 3 * LONGEST_MS);
				assert.equal(finished.status, 3, finished.stderr);
				assert.match(finished.stderr, /sent an answer (?:too long|that is nested deeper)/);
			} finally {
				await server.stop();
			}
		});
	}

	for (const [what, answer, words] of [
		['that unpacks to a thousand times as much', bomb, /sent an answer too long/],
		['byte by byte', drip, /did not answer in time/],
	] as const) {
		it(`by a server that answers ${what}`, async () => {
			const server = await RudeServer.start((_, response) => answer(response));
			try {
				const finished = await attacked(runCli(['seed', 'octo/harbor', '--api-url', server.url, '--storage', join(scene.folder, 'other'), '--no-wait'], { process: true, node: ['--max-old-space-size=600'] }), 3 * LONGEST_MS);
				assert.equal(finished.status, 3, finished.stderr);
				assert.match(finished.stderr, words);
				assert.ok(server.asked.length < 10, `asked ${server.asked.length} times`);
			} finally {
				await server.stop();
			}
		});
	}

	for (const [at, said] of [
		[490, SECRET],
		[16_380, SECRET],
		[460, SECRET.replace(/(?<=^.{20})/, '\u200b')],
		[470, SECRET.split('').join('\u2060')],
		[0, `token${SECRET}`],
	] as const) {
		it(`by a server that repeats the token at its ${at}th character${said === SECRET ? '' : `, as ${JSON.stringify(said.slice(0, 24))}…`}`, async () => {
			const text = `${'No. '.repeat(at).slice(0, at)}${said} and more`;
			for (const [status, body, options] of [
				[403, { message: text }, []],
				[403, { message: text }, ['--json']],
				[200, { errors: [{ type: `${text}${' more'.repeat(100_000)}` }] }, ['--json']],
			] as const) {
				const server = await RudeServer.start((_, response) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)));
				try {
					const finished = await attacked(runCli(['seed', 'octo/harbor', '--api-url', server.url, '--storage', join(scene.folder, 'other'), ...options], { process: true, env: { GITHUB_TOKEN: SECRET } }));
					assert.doesNotMatch(finished.stdout + finished.stderr, /g[^a-z]*h[^a-z]*s[^a-z]*_|eyJ|Ab-_0/);
					assert.ok(finished.status !== 0 && finished.stderr.length < 2_000);
				} finally {
					await server.stop();
				}
			}
		});
	}

	it('by a label that is a formula where semicolons separate', async () => {
		scene.world.addLabel('octo/harbor', 1, '=cmd|calc');
		scene.world.editTitle('octo/harbor', 2, 'a;=1+1\t=2');
		await scene.must(['seed', 'octo/harbor']);
		const { stdout } = await run(['export', 'pull-requests']);
		assert.doesNotMatch(stdout, /(?:^|[;,\t"])\s*=(?:cmd|1|2)/m);
	});
});
