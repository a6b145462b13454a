import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, open, readFile, rm, truncate, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFiles } from '../../../src/core/files/nodeFiles';
import { repositoryRoot } from '../../vscode/paths';
import { runCli } from '../cli/commandLine';
import { assertEqualsServer } from '../sync/equality';
import { REPO, SyncHarness, TOKEN } from '../sync/syncHarness';
import { runSeed } from './kills';

const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

describe('the database file, damaged', function () {
	let h: SyncHarness;
	const path = () => join(h.storage, 'prs.sqlite');
	const namesThere = () => nodeFiles.list(h.storage);

	beforeEach(async () => {
		h = await SyncHarness.start();
		h.createPullRequests(30);
		const { status, stderr } = await runSeed(h);
		assert.equal(status, 0, stderr);
	});

	afterEach(() => h.stop());

	const asks = (...words: string[]) => runCli([...words, '--storage', h.storage], { env: { GITHUB_TOKEN: TOKEN } });

	/** Whatever lay there is kept, the rows come from the cache without a request, and the next seed has nothing to do. */
	async function assertMadeAgain(reason: RegExp | undefined): Promise<void> {
		h.server.clearRequests();
		const { status, stdout, stderr } = await asks('query', 'SELECT count(*) AS count FROM pull_request', '--json');
		assert.equal(status, 0, stderr);
		assert.deepEqual((JSON.parse(stdout) as { rows: unknown }).rows, [[30]]);
		const kept = (await namesThere()).filter((name) => name.startsWith('prs.sqlite.corrupt-'));
		if (reason === undefined) {
			assert.deepEqual(kept, []);
		} else {
			assert.equal(kept.length, 1);
			assert.match(stderr, /The database could not be used \(.*\)\. It was kept as /);
			assert.match(stderr, reason);
		}
		assert.equal(h.server.requests.length, 0);
		await assertEqualsServer(h);
		assert.equal((await runSeed(h)).status, 0);
		assert.equal(h.server.requests.length, 1);
		await assertEqualsServer(h);
	}

	it('that is gone is made again', async () => {
		await unlink(path());
		await assertMadeAgain(undefined);
	});

	it('with flipped bytes is kept aside and made again', async () => {
		const bytes = await readFile(path());
		for (let i = 5_000; i < bytes.length; i += 4_096) bytes[i] = (bytes[i] ?? 0) ^ 0xff;
		await writeFile(path(), bytes);
		await assertMadeAgain(/could not be used/);
	});

	it('with a damaged head is kept aside and made again', async () => {
		const file = await open(path(), 'r+');
		await file.write(Buffer.alloc(100, 0xa5), 0, 100, 0);
		await file.close();
		await assertMadeAgain(/not a database/);
	});

	it('that is cut off is kept aside and made again', async () => {
		await truncate(path(), 10_000);
		await assertMadeAgain(/could not be used/);
	});

	it('that is empty is kept aside and made again', async () => {
		await truncate(path(), 0);
		await assertMadeAgain(/it is empty/);
	});

	it('with a folder in its place is made again, and the folder kept', async () => {
		await unlink(path());
		await mkdir(join(path(), 'inside'), { recursive: true });
		await assertMadeAgain(/it is a folder/);
	});

	it('that nobody may read is left alone, and told of', async function () {
		const options = await withoutRights(this);
		const before = await readFile(path());
		await chmod(path(), 0);
		const { status, stderr } = await runCli(['status', '--storage', h.storage], options);
		assert.equal(status, 1, stderr);
		assert.match(stderr, /permission was denied/);
		await chmod(path(), 0o600);
		assert.deepEqual(await readFile(path()), before);
	});

	it('that can not be written shows what it holds, and says why it does not seed', async function () {
		const options = await withoutRights(this);
		await spawnChmod('a+rX,a-w', h.storage);
		const report = await runCli(['query', 'SELECT count(*) FROM pull_request', '--storage', h.storage], options);
		assert.equal(report.status, 0, report.stderr);
		assert.match(report.stdout, /30/);
		const seed = await runCli(['seed', REPO, '--api-url', h.server.url, '--storage', h.storage], options);
		assert.equal(seed.status, 1, seed.stderr);
		assert.match(seed.stderr, /permission was denied/);
		await spawnChmod('u+w', h.storage);
		await assertEqualsServer(h);
	});

	/** A run in which the rights of files count, which they do not for root. */
	async function withoutRights(test: Mocha.Context): Promise<{ env: NodeJS.ProcessEnv; node: string[] }> {
		const env = { GITHUB_TOKEN: TOKEN };
		if (process.platform === 'win32') {
			test.skip();
		}
		if (!isRoot) {
			return { env, node: [] };
		}
		const folder = await mkdtemp(join(tmpdir(), 'pr-seeder-nobody-'));
		const preload = join(folder, 'nobody.cjs');
		await writeFile(preload, `process.setgroups([]); process.setgid(${NOBODY}); process.setuid(${NOBODY});`);
		await chmod(folder, 0o755);
		await chmod(preload, 0o644);
		await spawnChmod('a+rX', h.storage);
		// The build may lie where only root can look.
		const reads = spawnSync(process.execPath, ['--require', preload, '-e', `require('node:fs').readFileSync(${JSON.stringify(join(repositoryRoot, 'dist', 'cli.js'))})`]);
		if (reads.status !== 0) {
			test.skip();
		}
		return { env, node: ['--require', preload] };
	}
});

function spawnChmod(mode: string, folder: string): Promise<void> {
	const { status, stderr } = spawnSync('chmod', ['-R', mode, folder], { encoding: 'utf8' });
	assert.equal(status, 0, stderr);
	return Promise.resolve();
}

describe('a disk that fills up', function () {
	let folder = '';

	before(async function () {
		folder = await mkdtemp(join(tmpdir(), 'pr-seeder-small-'));
		// A file system of its own size can only be had by root, and not in every container.
		if (!isRoot || process.platform !== 'linux' || spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=600k', 'tmpfs', folder]).status !== 0) {
			await rm(folder, { recursive: true, force: true });
			this.skip();
		}
	});

	after(async () => {
		spawnSync('umount', [folder]);
		await rm(folder, { recursive: true, force: true });
	});

	it('stops the seed with advice, leaves what was there, and lets it go on once there is room', async () => {
		const h = await SyncHarness.start();
		const storage = join(folder, 'storage');
		const small = Object.create(h, { storage: { value: storage } }) as SyncHarness;
		try {
			h.createPullRequests(10);
			assert.equal((await runSeed(small)).status, 0);
			const before = await readFile(join(storage, 'prs.sqlite'));
			h.createPullRequests(600);
			const { status, stderr } = await runSeed(small);
			assert.equal(status, 1, stderr);
			assert.match(stderr, /the disk is full\. Free some space/);
			assert.deepEqual(await readFile(join(storage, 'prs.sqlite')), before);
			spawnSync('mount', ['-o', 'remount,size=50m', folder]);
			const again = await runSeed(small);
			assert.equal(again.status, 0, again.stderr);
			await assertEqualsServer(small);
		} finally {
			await h.stop();
		}
	});
});
