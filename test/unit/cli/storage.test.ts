import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ManualClock } from '../../github-server/clock';
import { DAY_MS, documentOf, runCli, Scene, smallRepository } from './commandLine';

describe('pr-seeder, the storage folder', () => {
	let scene: Scene;

	beforeEach(async () => {
		scene = await Scene.make([smallRepository(4), smallRepository(1, 'octo/lighthouse')]);
	});

	afterEach(() => scene.dispose());

	it('clear --all: forgets everything, what was kept aside too, and gives the space back', async () => {
		for (let number = 5; number < 60; number++) scene.world.createPullRequest('octo/harbor', { body: 'Nobody shall find this. '.repeat(200) });
		await scene.must(['seed', 'octo/harbor', '--quiet']);
		await scene.must(['seed', 'octo/lighthouse', '--no-cache', '--quiet']);
		await writeFile(join(scene.storage, 'prs.sqlite.corrupt-2026-01-01T00-00-00-000Z'), 'an old one');
		const before = (await stat(join(scene.storage, 'prs.sqlite'))).size;
		const { status, document, stderr } = await scene.json(['clear', '--all'], { env: { GITHUB_TOKEN: '' } });
		assert.deepEqual([status, document], [0, { cleared: ['octo/harbor', 'octo/lighthouse'], failures: [] }], stderr);
		assert.deepEqual(await readdir(scene.storage), ['prs.sqlite']);
		assert.deepEqual(await scene.rows('SELECT count(*) FROM repository'), [[0]]);
		assert.ok((await stat(join(scene.storage, 'prs.sqlite'))).size < before);
		assert.equal((await scene.must(['clear', '--all'])).stdout, 'Nothing was cleared.\n');
	});

	it('clear --all: leaves what is being seeded, and says so with 3', async () => {
		await scene.must(['seed', 'octo/harbor', 'octo/lighthouse', '--quiet']);
		scene.server.setLatency({ baseMs: 1_500, perNodeMs: 0 });
		const seeding = scene.run(['seed', 'octo/harbor'], { process: true });
		const lease = join(scene.storage, 'cache', 'github.com', 'octo', 'harbor', 'lease.json');
		while (!existsSync(lease)) await wait(20);
		const { status, document, stderr } = await scene.json<{ cleared: string[]; failures: object[] }>(['clear', '--all']);
		assert.equal(status, 3, stderr);
		assert.deepEqual(document.cleared, ['octo/lighthouse']);
		assert.equal(document.failures.length, 1);
		assert.match(stderr, /octo\/harbor is being synced by another window or command \(process \d+\)/);
		assert.equal((await seeding).status, 0);
		assert.deepEqual(await scene.rows('SELECT name_with_owner, count(*) FROM pull_request JOIN repository ON repository.id = repository_id GROUP BY 1'), [['octo/harbor', 4]]);
	});
});

describe('pr-seeder, in a folder that was removed', () => {
	let folder: string;

	before(async () => {
		folder = await mkdtemp(join(tmpdir(), 'pr-seeder-lost-'));
		await writeFile(join(folder, 'lose.cjs'), `
			const gone = require('node:path').join(__dirname, 'gone' + process.pid);
			require('node:fs').mkdirSync(gone);
			process.chdir(gone);
			require('node:fs').rmdirSync(gone);`);
	});
	after(() => rm(folder, { recursive: true, force: true }));

	for (const words of [['status'], ['status', '--storage', 'here'], ['export', 'workload', '--output', 'rows.csv'], ['projects', '--projects', 'mine.json'], ['seed', 'octo/harbor']]) {
		it(`${words.join(' ')}: says so in a sentence`, async function () {
			// There a folder that a process is in can't be removed.
			if (process.platform === 'win32') this.skip();
			const finished = await runCli([...words, '--json'], { node: ['--require', join(folder, 'lose.cjs')], env: { XDG_DATA_HOME: folder } });
			assert.equal(finished.status, 1);
			assert.match(finished.stderr, /^The folder that this command was started in .* Change to another one \(cd\) and try again\.\n$/);
			assert.equal(documentOf<{ error: { exitStatus: number } }>(finished).error.exitStatus, 1);
			assert.deepEqual(await readdir(folder), ['lose.cjs']);
		});
	}
});

describe('pr-seeder status, of something old', () => {
	it('marks what is older than 7 days, and says how to refresh it', async () => {
		const clock = new ManualClock(Date.now() - 8 * DAY_MS);
		const scene = await Scene.make([smallRepository(2, 'octo/harbor', clock.now()), smallRepository(1, 'octo/lighthouse')], {}, clock);
		try {
			await scene.must(['seed', 'octo/harbor', '--quiet']);
			clock.set(Date.now());
			await scene.must(['seed', 'octo/lighthouse', '--quiet']);
			const { stdout } = await scene.must(['status']);
			assert.match(stdout, /^octo\/harbor +2 +8 days ago \(stale\) +/m);
			assert.match(stdout, /^octo\/lighthouse +1 +just now +/m);
			assert.match(stdout, /^Not brought up to date for more than 7 days; to do so: pr-seeder seed octo\/harbor$/m);
			const { document } = await scene.json<{ repositories: { nameWithOwner: string; stale: boolean }[] }>(['status']);
			assert.deepEqual(document.repositories.map(({ nameWithOwner, stale }) => [nameWithOwner, stale]), [['octo/harbor', true], ['octo/lighthouse', false]]);
			await scene.must(['seed', 'octo/harbor', '--quiet']);
			assert.doesNotMatch((await scene.must(['status'])).stdout, /stale|7 days/);
		} finally {
			await scene.dispose();
		}
	});
});
