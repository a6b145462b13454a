import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { repositoryRoot } from '../vscode/paths';
import type { RunOrder, RunResult, ServerCommand, ServerLog } from './protocol';

/** The stand-in, in a process of its own: its time and its memory are not the client's. */
export class ServerProcess {
	private constructor(
		private readonly child: ChildProcess,
		readonly url: string,
	) {}

	/** Ready to answer for a repository of so many pull requests, or for several. */
	static async start(count: number, repositories = 1): Promise<ServerProcess> {
		const child = fork(script('server.tool.mjs'), [String(count), String(repositories)]);
		return new ServerProcess(child, await message<string>(child));
	}

	async do(command: ServerCommand): Promise<void> {
		await this.ask(command);
	}

	log(): Promise<ServerLog> {
		return this.ask({ kind: 'log' });
	}

	async stop(): Promise<void> {
		const gone = once(this.child, 'exit');
		this.child.disconnect();
		await gone;
	}

	private ask<T>(command: ServerCommand): Promise<T> {
		const answer = message<T>(this.child);
		this.child.send(command);
		return answer;
	}
}

/** Makes one run in a fresh process. @param profile a folder for its processor profile */
export async function runAlone(order: RunOrder, profile?: string): Promise<RunResult> {
	const profiling = profile === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profile];
	const child = fork(script('run.tool.mjs'), [JSON.stringify(order)], { execArgv: ['--expose-gc', ...profiling] });
	const gone = once(child, 'exit');
	const result = await message<RunResult>(child);
	await gone;
	return result;
}

/** The next message of a child, or an error when it ends without one. */
async function message<T>(child: ChildProcess): Promise<T> {
	const ended = new AbortController();
	const { signal } = ended;
	try {
		const first = await Promise.race([once(child, 'message', { signal }), once(child, 'exit', { signal }).then(() => undefined)]);
		if (!first) {
			throw new Error(`${child.spawnargs.slice(1).join(' ')} ended without an answer.`);
		}
		return first[0] as T;
	} finally {
		ended.abort();
	}
}

function script(name: string): string {
	return join(repositoryRoot, 'out', 'test', 'bench', name);
}
