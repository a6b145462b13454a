import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documentOf, runCli } from './commandLine';

/** What is typed, and what has to be said about it. */
const WRONG: [words: string[], message: RegExp][] = [
	[[], /Which command\? There are seed, status, verify/],
	[['sed', 'octo/harbor'], /There is no command "sed"\. There are seed, status/],
	[['seed'], /Which repository\? Write pr-seeder seed OWNER\/REPO/],
	[['seed', 'harbor'], /"harbor" is not a repository: write owner\/name, as in octo-org\/hello-world/],
	[['seed', 'octo/har bor'], /"har bor" can't be a repository name/],
	[['seed', 'https://ghe.example.com/octo/harbor'], /is on ghe\.example\.com, but this command talks to github\.com\. Add --host ghe\.example\.com/],
	[['seed', 'octo/harbor', '--max-prs', 'many'], /--max-prs takes a whole number \(0 for all\), not "many"/],
	[['seed', 'octo/harbor', '--max-prs=-1'], /--max-prs takes a whole number/],
	[['seed', 'octo/harbor', '--max-prs', ''], /--max-prs takes a whole number/],
	[['seed', 'octo/harbor', '--days-back', '0'], /--days-back takes a whole number of at least 1, not "0"/],
	[['seed', 'octo/harbor', '--max-prs'], /--max-prs/],
	[['seed', 'octo/harbor', '--days-back', '1.5'], /--days-back takes a whole number/],
	[['seed', 'octo/harbor', '--since', '2026-02-30'], /"2026-02-30" is not a date for since: write it as YYYY-MM-DD/],
	[['seed', 'octo/harbor', '--until', 'yesterday'], /"yesterday" is not a date for until/],
	[['seed', 'octo/harbor', '--since', '2026-03-01', '--until', '2026-02-01'], /The since date is after the until date/],
	[['seed', 'octo/harbor', '--since', '2026-03-01', '--days-back', '3'], /not both/],
	[['seed', 'octo/harbor', '--project', 'tides'], /There is no project "tides"\. There are no projects: .*projects\.json does not exist\. Write them there, as in/],
	[['report', 'labels', '--project', 'tides'], /There is no project "tides"/],
	[['seed', 'octo/harbor', '--token', 'x'], /Unknown option '--token'/],
	[['status', '--refresh'], /--refresh is not an option of status/],
	[['status', 'octo/harbor', 'octo/lighthouse'], /status takes one repository/],
	[['verify'], /Which repository\? Write pr-seeder verify OWNER\/REPO/],
	[['clear'], /Which repository\? Write pr-seeder clear OWNER\/REPO/],
	[['clear', 'octo/harbor', '--all'], /Write either a repository or --all, not both/],
	[['export'], /Export what\? Write pr-seeder export pull-requests\|workload\|milestones\|database/],
	[['export', 'toString'], /Export what\?/],
	[['export', 'milestones', 'octo/harbor', 'octo/pier'], /export takes one repository/],
	[['export', 'milestones', '--format', 'xml'], /--format takes csv or json, not "xml"/],
	[['export', 'milestones', '--format', 'csv'], /With --json standard output is JSON: add --output FILE for CSV/],
	[['export', 'milestones', '--output', ''], /--output needs the name of a file/],
	[['export', 'milestones', '--format', 'csv', '--output', '-'], /With --json standard output is JSON/],
	[['export', 'database'], /Where to\? Write pr-seeder export database --output FILE/],
	[['export', 'database', '--output', '-'], /Where to\? Write pr-seeder export database --output FILE/],
	[['export', 'database', 'octo/harbor', '--output', 'x'], /A copy of the database holds everything/],
	[['report', 'milestones', '--force'], /--force is not an option of report/],
	[['projects', 'tides'], /projects takes nothing but options/],
	[['report'], /Which report\? Write pr-seeder report milestones\|labels\|assignees\|workload/],
	[['report', 'toString'], /Which report\?/],
	[['report', 'workload', '--by', 'owner'], /--by takes author, reviewer, assignee, not "owner"/],
	[['report', 'labels', '--by', 'author'], /--by is an option of report workload/],
	[['query'], /Write the query as one argument/],
	[['query', '   '], /Write the query as one argument/],
	[['query', '; -- nothing'], /Write the query as one argument/],
	[['query', 'SELECT', '1'], /Write the query as one argument/],
	[['seed', 'octo/harbor', '--api-url', 'http://ghe.example.com/api/v3'], /Write --api-url with https: .* unprotected/],
	[['seed', 'octo/harbor', '--api-url', 'ghe.example.com'], /is not an address: write --api-url as https/],
	[['seed', 'octo/harbor', '--api-url', 'https://me:pw@ghe.example.com'], /holds a user name or password/],
	[['seed', 'octo/harbor', '--host', 'https://ghe.example.com'], /--host takes the host alone/],
	[['seed', 'octo/harbor', '--host', 'no host'], /"no host" is not a host name/],
	[['seed', 'octo/harbor', '--storage', ''], /--storage needs the name of a folder/],
];

describe('pr-seeder, wrong usage', () => {
	let folder: string;

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'pr-seeder-usage-'));
	});

	afterEach(() => rm(folder, { recursive: true, force: true }));

	for (const [words, message] of WRONG) {
		it(`pr-seeder ${words.join(' ')}`, async () => {
			const env = { XDG_DATA_HOME: folder };
			const finished = await runCli([...words, '--json'], { env });
			assert.equal(finished.status, 2, finished.stderr);
			assert.match(finished.stderr, message);
			assert.match(finished.stderr, /See pr-seeder (\w+ )?--help\./);
			assert.equal(documentOf<{ error: { exitStatus: number } }>(finished).error.exitStatus, 2);
			assert.equal(existsSync(join(folder, 'pr-seeder')), false);
		});
	}

	it('keeps standard output empty without --json', async () => {
		const { status, stdout } = await runCli(['seed'], { process: true });
		assert.deepEqual([status, stdout], [2, '']);
	});
});

describe('pr-seeder --help', () => {
	it('lists the commands, and needs neither token nor storage', async () => {
		const { status, stdout, stderr } = await runCli(['--help'], { env: { GITHUB_TOKEN: '' }, process: true });
		assert.equal(status, 0);
		assert.equal(stderr, '');
		for (const name of ['seed', 'status', 'verify', 'clear', 'projects', 'report', 'query', 'export', 'demo']) {
			assert.match(stdout, new RegExp(`^ {2}${name}\\b`, 'm'));
		}
		assert.match(stdout, /GH_TOKEN or GITHUB_TOKEN/);
	});

	it('shows what a command takes', async () => {
		const { status, stdout } = await runCli(['seed', '--help']);
		assert.equal(status, 0);
		for (const option of ['project', 'all-projects', 'projects', 'max-prs', 'since', 'until', 'days-back', 'refresh', 'no-cache', 'clear', 'no-check-runs', 'no-wait', 'storage', 'host', 'api-url', 'json', 'quiet']) {
			assert.match(stdout, new RegExp(`--${option}\\b`));
		}
		assert.equal((await runCli(['help', 'seed'])).stdout, stdout);
	});

	it('tells the version', async () => {
		const { status, stdout } = await runCli(['--version']);
		assert.equal(status, 0);
		assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
	});
});
