import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadSqlJs } from '../../../src/core/store/sqlite/loadSqlJs';
import { repositoryRoot } from '../../vscode/paths';
import { documentOf, runCli, Scene, smallRepository, type Finished } from './commandLine';

describe('pr-seeder export', () => {
	let scene: Scene;
	const without = (...words: string[]): Promise<Finished> => scene.run(['export', ...words], { env: { GITHUB_TOKEN: '' } });
	const file = (name: string) => join(scene.folder, name);

	before(async () => {
		scene = await Scene.make([smallRepository(3), smallRepository(1, 'octo/lighthouse')]);
		scene.world.editTitle('octo/harbor', 1, '=1+1 \u001b[31mred\u202e');
		scene.world.assign('octo/harbor', 2, 'ada');
		await scene.must(['seed', 'octo/harbor', 'octo/lighthouse', '--quiet']);
	});
	after(() => scene.dispose());

	it('writes CSV to standard output, without a mark and with nothing that drives a terminal', async () => {
		const { status, stdout, stderr } = await without('pull-requests');
		assert.deepEqual([status, stderr], [0, '']);
		const lines = stdout.split('\r\n');
		assert.match(lines[0] ?? '', /^"repository","host","number","title",/);
		assert.match(lines[1] ?? '', /^"octo\/harbor","github\.com",1,"'=1\+1 {2}\[31mred ","OPEN"/);
		assert.deepEqual(lines.map((line) => line.split(',').slice(0, 3).join()), ['"repository","host","number"', ...[1, 2, 3].map((number) => `"octo/harbor","github.com",${number}`), '"octo/lighthouse","github.com",1', '']);
	});

	it('writes JSON, of one repository', async () => {
		const { stdout } = await without('pull-requests', 'octo/harbor', '--format', 'json');
		assert.doesNotMatch(stdout, /[\u001b\u202e]/);
		const rows = JSON.parse(stdout) as { number: number; title: string; assignees: string[] }[];
		assert.deepEqual(rows.map(({ number, assignees }) => [number, assignees]), [[1, []], [2, ['ada']], [3, []]]);
		assert.equal(rows[0]?.title, '=1+1 \u001b[31mred\u202e');
		const finished = await without('workload', '--json');
		assert.deepEqual(documentOf(finished), [
			{ login: 'ada', open: 1, draft: 0, changesRequested: 0, reviewRequested: 0, ready: 1, stale: 0, merged: 0, alsoStale: 0 },
			{ login: null, open: 3, draft: 0, changesRequested: 0, reviewRequested: 0, ready: 3, stale: 0, merged: 0, alsoStale: 0 },
		]);
		assert.deepEqual(documentOf(await without('milestones', 'octo/lighthouse', '--json')), []);
	});

	it('writes what a filter lets through, and takes none for what counts whole things', async () => {
		const of = async (...options: string[]) => documentOf<{ number: number }[]>(await without('pull-requests', 'octo/harbor', '--json', ...options)).map(({ number }) => number);
		assert.deepEqual(await of('--assignee', 'ADA'), [2]);
		assert.deepEqual(await of('--unassigned', '--text', 'RED'), [1]);
		assert.deepEqual(await of('--state', 'merged'), []);
		const workload = documentOf<{ login: string | null; open: number }[]>(await without('workload', '--json', '--assignee', 'ada'));
		assert.deepEqual(workload.map(({ login, open }) => [login, open]), [['ada', 1]]);
		for (const [words, why] of [
			[['milestones', '--draft'], /export milestones counts whole milestones: it takes no filter/],
			[['workload', '--state', 'all'], /about open pull requests: it takes no --state/],
			[['database', '--author', 'ada', '--output', file('x.sqlite')], /no filter/],
			[['pull-requests', '--state', 'gone'], /--state takes open, merged, closed or all, not "gone"/],
		] as const) {
			const { status, stderr } = await without(...words);
			assert.equal(status, 2);
			assert.match(stderr, why);
		}
	});

	it('writes a file in the format that its name tells, and replaces none unasked', async () => {
		const { status, stdout } = await without('pull-requests', '--output', file('all.json'));
		assert.deepEqual([status, stdout], [0, `4 rows written to ${file('all.json')}.\n`]);
		assert.equal((JSON.parse(await readFile(file('all.json'), 'utf8')) as unknown[]).length, 4);
		const again = await without('pull-requests', '--output', file('all.json'), '--format', 'csv', '--json');
		assert.equal(again.status, 1);
		assert.match(again.stderr, /all\.json exists already\. Add --force to replace it\./);
		assert.equal(documentOf<{ error: { exitStatus: number } }>(again).error.exitStatus, 1);
		const forced = await without('pull-requests', '--output', file('all.json'), '--format', 'csv', '--force', '--json');
		assert.deepEqual(documentOf(forced), { export: 'pull-requests', format: 'csv', rows: 4, file: file('all.json') });
		assert.ok((await readFile(file('all.json'), 'utf8')).startsWith('\ufeff"repository",'));
	});

	it('takes - for standard output', async () => {
		for (const format of ['csv', 'json']) {
			const { status, stdout, stderr } = await without('pull-requests', '--output', '-', '--format', format);
			assert.deepEqual([status, stderr], [0, '']);
			assert.equal(stdout, (await without('pull-requests', '--format', format)).stdout);
		}
		assert.equal(documentOf<unknown[]>(await without('pull-requests', '--output=-', '--json')).length, 4);
		assert.equal(existsSync('-'), false);
	});

	it('copies the database as a whole file', async () => {
		const { status, stderr } = await without('database', '--output', file('copy.sqlite'), '--quiet');
		assert.equal(status, 0, stderr);
		const sql = await loadSqlJs(join(repositoryRoot, 'dist', 'sql-wasm.wasm'));
		const copy = new sql.Database(await readFile(file('copy.sqlite')));
		try {
			assert.deepEqual(copy.exec('PRAGMA integrity_check')[0]?.values, [['ok']]);
			assert.deepEqual(copy.exec('SELECT count(*) FROM pull_request')[0]?.values, [[4]]);
		} finally {
			copy.close();
		}
	});

	it('leaves nothing behind of what fails or is stopped', async () => {
		assert.match((await without('milestones', '--output', join(scene.storage, 'prs.sqlite'), '--force')).stderr, /is inside the storage folder/);
		assert.match((await without('milestones', '--output', join(scene.folder, 'nowhere', 'a.csv'))).stderr, /There is no folder/);
		assert.match((await without('milestones', 'octo/other')).stderr, /Nothing is stored of octo\/other/);
		await writeFile(file('slow.cjs'), `const fs = require('node:fs/promises');
			const open = fs.open;
			fs.open = async (path, flags, mode) => {
				const handle = await open(path, flags, mode);
				if (String(path).includes('stopped.csv')) handle.writeFile = async () => { process.kill(process.pid, 'SIGINT'); await new Promise((go) => setTimeout(go, 300)); };
				return handle;
			};`);
		const { status, stderr } = await scene.run(['export', 'pull-requests', '--output', file('stopped.csv')], { node: ['--require', file('slow.cjs')] });
		if (process.platform !== 'win32') assert.deepEqual([status, stderr.includes('Canceled: no file was written.')], [130, true], stderr);
		assert.deepEqual((await readdir(scene.folder)).filter((name) => /stopped|tmp/.test(name)), []);
	});

	it('of nothing is empty, not an error', async () => {
		const { status, stdout } = await runCli(['export', 'workload', '--storage', file('empty')]);
		assert.deepEqual([status, stdout], [0, '"login","open","draft","changesRequested","reviewRequested","ready","stale","merged","alsoStale"\r\n']);
		const copied = await runCli(['export', 'database', '--output', file('none.sqlite'), '--storage', file('empty')]);
		assert.equal(copied.status, 1);
		assert.match(copied.stderr, /Nothing is stored yet/);
	});

	it('says of how many a part is', async () => {
		assert.equal((await scene.run(['seed', 'octo/harbor', '--clear', '--no-cache', '--max-prs', '1', '--quiet'])).status, 0);
		const { status, stderr } = await without('milestones', 'octo/harbor');
		assert.equal(status, 0);
		assert.match(stderr, /^octo\/harbor: 1 of \d+ pull requests are stored; the export is of these\.\n$/);
		assert.equal((await without('milestones', 'octo/lighthouse')).stderr, '');
	});
});
