import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../../vscode/paths';
import { documentOf, runCli } from './commandLine';

describe('pr-seeder demo', () => {
	let folder: string;

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'pr-seeder demo-'));
	});

	afterEach(() => rm(folder, { recursive: true, force: true }));

	it('seeds the sample, shows the reports, and seeds again for one request', async () => {
		const { status, stdout, stderr } = await runCli(['demo', '--storage', folder], { env: { GITHUB_TOKEN: '' }, process: true });
		assert.equal(status, 0, stderr);
		assert.match(stdout, /^octo-sample\/harbor: \d{3} pull requests, \d{3} new \(full\) · /m);
		assert.match(stdout, /^# +Milestone .* Progress$/m);
		assert.match(stdout, /█░+ +\d+ %$/m);
		assert.match(stdout, /^Label +Open +All$/m);
		assert.match(stdout, /^Assignee +Open +Ready +Changes requested +Drafts +Stale +To review +Merged$/m);
		assert.match(stdout, /^octo-sample\/harbor: \d{3} pull requests · unchanged, 1 request · /m);
		const database = join(folder, 'prs.sqlite');
		assert.ok(stdout.includes(`The database is ${database}`));
		assert.ok((await stat(database)).size > 100_000);
		assert.match(stderr, /octo-sample\/harbor: reading details/);
	});

	it('keeps standard output for the document with --json', async () => {
		const finished = await runCli(['demo', '--json', '--storage', folder], { process: true });
		assert.equal(finished.status, 0, finished.stderr);
		assert.deepEqual(documentOf(finished), { exitStatus: 0 });
		assert.match(finished.stderr, /unchanged, 1 request/);
	});

	it('says where it runs when the stand-in is not there', async () => {
		await cp(join(repositoryRoot, 'dist', 'cli.js'), join(folder, 'dist', 'cli.js'));
		const { status, stderr } = spawnSync(process.execPath, [join(folder, 'dist', 'cli.js'), 'demo'], { encoding: 'utf8' });
		assert.equal(status, 1);
		assert.match(stderr, /In a clone of the repository, run: npm install && npm run demo/);
		assert.doesNotMatch(spawnSync(process.execPath, [join(folder, 'dist', 'cli.js'), '--help'], { encoding: 'utf8' }).stdout, /\bdemo\b/, 'it is not offered there');
	});
});
