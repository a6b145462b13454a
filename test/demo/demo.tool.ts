// The demo: the stand-in with the sample, seeded through the command line as a person would. demo.tool.mjs [--storage DIR]
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GithubServer } from '../github-server/githubServer';
import { sampleRepositories } from '../github-server/sampleRepository';
import { World } from '../github-server/world';
import { repositoryRoot } from '../vscode/paths';

const REPOSITORY = 'octo-sample/harbor';
const TOKEN = 'demo-token';

const cli = join(repositoryRoot, 'dist', 'cli.js');
if (!existsSync(cli)) throw new Error('dist/cli.js is missing: run npm run build first.');

const asked = process.argv.indexOf('--storage');
const storage = (asked === -1 ? undefined : process.argv[asked + 1]) ?? (await mkdtemp(join(tmpdir(), 'pr-seeder-demo-')));

const world = new World();
for (const repository of sampleRepositories(world.clock.now())) world.addRepository(repository);
const server = await GithubServer.start({ world, tokens: [TOKEN] });
process.once('SIGINT', () => void server.stop());

try {
	console.log(`A GitHub stand-in answers at ${server.url}, on this machine alone.`);
	await step('The first run fetches everything', 'seed', REPOSITORY);
	await step('How far the milestones are', 'report', 'milestones', REPOSITORY);
	await step('What the labels are on', 'report', 'labels', REPOSITORY);
	await step('Who carries how much', 'report', 'workload', REPOSITORY);
	await step('The second run finds nothing new', 'seed', REPOSITORY);
	await step('Stored Repositories', 'status');
	console.log(`\nThe database is ${join(storage, 'prs.sqlite')}: open it with any SQLite tool, or ask it with`);
	console.log(`  node dist/cli.js query "SELECT number, title FROM pull_request LIMIT 5" --storage "${storage}"`);
} finally {
	await server.stop();
}

/** Shows and runs one command. @throws Error when it does not exit with 0 */
async function step(title: string, ...words: string[]): Promise<void> {
	console.log(`\n${title}\n$ pr-seeder ${words.join(' ')}\n`);
	const child = spawn(process.execPath, [cli, ...words, '--api-url', server.url, '--storage', storage], {
		// Before a token of the person's own, which is none of the stand-in's business.
		env: { ...process.env, GH_TOKEN: TOKEN, GITHUB_TOKEN: TOKEN },
		stdio: ['ignore', 'inherit', 'inherit'],
		windowsHide: true,
	});
	const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('exit', resolve));
	if (code !== 0) throw new Error(`pr-seeder ${words.join(' ')} ended with exit status ${code ?? 'none'}.`);
}
