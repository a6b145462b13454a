import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { QueryExecResult, SqlJsStatic, SqlValue } from 'sql.js';
import type { TerminalStream } from '../../../src/cli/progressLine';
import { run } from '../../../src/cli/run';
import { loadSqlJs } from '../../../src/core/store/sqlite/loadSqlJs';
import { GithubServer, type GithubServerOptions } from '../../github-server/githubServer';
import { buildPullRequest } from '../../github-server/builders';
import { isoSeconds, type Clock } from '../../github-server/clock';
import { Repository } from '../../github-server/repository';
import { World } from '../../github-server/world';
import { repositoryRoot } from '../../vscode/paths';

export const TOKEN = 'test-token';
export const DAY_MS = 86_400_000;

const cli = join(repositoryRoot, 'dist', 'cli.js');

/** What a finished command left. */
export interface Finished {
	status: number | null;
	stdout: string;
	stderr: string;
}

export interface RunOptions {
	/** Besides what every process needs; no token unless it is given here. */
	env?: NodeJS.ProcessEnv;
	/** In a process of its own, as people run it; otherwise only where something else here asks for one. */
	process?: boolean;
	/** Node's own arguments. */
	node?: string[];
	/** In a session of its own, which has no terminal. */
	detached?: boolean;
	/** Told as soon as the process runs. */
	onStart?: (child: ChildProcess) => void;
}

/** What Node and its libraries read by themselves, when they start. */
const READ_BY_NODE = /^(?:TZ|NODE_.*|SSL_.*)$/;

/**
 * Runs a command line. To start Node and to load everything takes most of the time of a small command, so what is about
 * words and results runs in this process; what is about the process itself gets one of its own.
 */
export function runCli(words: readonly string[], options: RunOptions = {}): Promise<Finished> {
	const { env = {}, process: own = false, node, detached, onStart } = options;
	if (!existsSync(cli)) throw new Error('dist/cli.js is missing: run "npm run build" before these tests, or "npm test", which does.');
	const needsOwn = own || node !== undefined || detached === true || onStart !== undefined || Object.keys(env).some((name) => READ_BY_NODE.test(name));
	return needsOwn ? runProcess(words, options) : runHere(words, env);
}

function runProcess(words: readonly string[], { env, node = [], detached = false, onStart }: RunOptions): Promise<Finished> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [...node, cli, ...words], {
			env: { ...systemEnvironment(), GITHUB_TOKEN: TOKEN, ...env },
			stdio: ['ignore', 'pipe', 'pipe'],
			windowsHide: true,
			detached,
		});
		let stdout = '';
		let stderr = '';
		child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
		child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
		child.on('error', reject);
		child.on('close', (status) => resolve({ status, stdout, stderr }));
		onStart?.(child);
	});
}

async function runHere(words: readonly string[], env: NodeJS.ProcessEnv): Promise<Finished> {
	const texts = { stdout: '', stderr: '' };
	const into = (name: keyof typeof texts): TerminalStream => ({
		write: (text, done) => {
			texts[name] += text;
			done?.();
		},
	});
	const status = await run({
		argv: words,
		env: { ...systemEnvironment(), GITHUB_TOKEN: TOKEN, ...env },
		out: into('stdout'),
		error: into('stderr'),
		scriptFolder: dirname(cli),
	});
	return { status, ...texts };
}

/** A storage folder, and a GitHub with a repository or more to seed into it. */
export class Scene {
	private constructor(
		/** Of a folder that is gone after the test. */
		readonly folder: string,
		readonly world: World,
		readonly server: GithubServer,
	) {}

	/** @param clock of the server; the machine's own when absent */
	static async make(repositories: readonly Repository[], options: Partial<GithubServerOptions> = {}, clock?: Clock): Promise<Scene> {
		const world = new World(clock);
		// Nobody waits here for what takes GitHub a moment.
		world.mergeJobMs = 0;
		for (const repository of repositories) world.addRepository(repository);
		const server = await GithubServer.start({ world, ...options });
		return new Scene(await mkdtemp(join(tmpdir(), 'pr-seeder cli-')), world, server);
	}

	async dispose(): Promise<void> {
		await this.server.stop();
		await rm(this.folder, { recursive: true, force: true });
	}

	get storage(): string {
		return join(this.folder, 'storage');
	}

	/** Runs a command against the server and the storage folder. */
	run(words: readonly string[], options?: RunOptions): Promise<Finished> {
		return runCli([...words, '--api-url', this.server.url, '--storage', this.storage], options);
	}

	/**
	 * The same with `--json`, read.
	 * @typeParam T what the document holds; the assertions on it are the check
	 */
	// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as JSON.parse's any would be, but written down
	async json<T>(words: readonly string[], options?: RunOptions): Promise<Finished & { document: T }> {
		const finished = await this.run([...words, '--json'], options);
		return { ...finished, document: documentOf<T>(finished) };
	}

	/** @throws AssertionError with what it said unless the command ends well */
	async must(words: readonly string[]): Promise<Finished> {
		const finished = await this.run(words);
		assert.equal(finished.status, 0, finished.stderr);
		return finished;
	}

	/** The rows of a query on the database file, read as any SQLite tool would. */
	async rows(sql: string): Promise<SqlValue[][]> {
		return (await this.result(sql)).values;
	}

	/** The same with each row by its columns' names. */
	async table(sql: string): Promise<Row[]> {
		const { columns, values } = await this.result(sql);
		return values.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]])));
	}

	private async result(sql: string): Promise<QueryExecResult> {
		const database = new (await sqlJs()).Database(await readFile(join(this.storage, 'prs.sqlite')));
		try {
			return database.exec(sql)[0] ?? { columns: [], values: [] };
		} finally {
			database.close();
		}
	}
}

export type Row = Record<string, unknown>;

/** Standard output as the one JSON document that it has to be. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- see Scene.json
export function documentOf<T>({ stdout, stderr }: Finished): T {
	try {
		return JSON.parse(stdout) as T;
	} catch {
		assert.fail(`Not one JSON document on standard output: ${JSON.stringify(stdout)}\nOn standard error: ${stderr}`);
	}
}

export type LoggedEvent = Record<string, unknown> & { time: string; level: string; event: string };

/** Standard error as the lines of JSON that all of it has to be with `--log json`. */
export function eventsOf({ stderr }: Finished): LoggedEvent[] {
	return stderr.split('\n').slice(0, -1).map((line) => JSON.parse(line) as LoggedEvent);
}

/** A repository with so many open pull requests, one created each day, the newest an hour before `now`. */
export function smallRepository(count = 3, name = 'octo/harbor', now = Date.now()): Repository {
	const repository = new Repository(name);
	for (let number = 1; number <= count; number++) {
		const createdAt = isoSeconds(now - (count - number) * DAY_MS - 3_600_000);
		repository.addPullRequest(buildPullRequest(repository, createdAt, { number, title: `Change ${number}` }));
	}
	return repository;
}

/** What programs need to start at all; nothing of the machine's own configuration, and no token of anybody's. */
function systemEnvironment(): NodeJS.ProcessEnv {
	const names = ['PATH', 'Path', 'SystemRoot', 'TEMP', 'TMP', 'HOME', 'USERPROFILE', 'LOCALAPPDATA'];
	return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}

let loading: Promise<SqlJsStatic> | undefined;

function sqlJs(): Promise<SqlJsStatic> {
	const require = createRequire(join(repositoryRoot, 'package.json'));
	loading ??= loadSqlJs(join(dirname(require.resolve('sql.js')), 'sql-wasm.wasm'));
	return loading;
}
