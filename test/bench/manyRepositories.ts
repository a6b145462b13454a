import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAlone, ServerProcess } from './processes';
import { repositoryNames, type Change, type RunResult, type ServerLog } from './protocol';
import { amount, bytes, row, time } from './report';
import { line } from './targets';

const REPOSITORIES = 200;
const PULL_REQUESTS = 50;
const OWN_MS = 10_000;
const WRITES = 10;

interface Run {
	title: string;
	result: RunResult;
	log: ServerLog;
}

/** Prints what one run over many repositories costs, without latency. */
export async function measureMany(): Promise<void> {
	const server = await ServerProcess.start(PULL_REQUESTS, REPOSITORIES);
	const storage = await mkdtemp(join(tmpdir(), 'pr-seeder-bench-'));
	try {
		const run = async (title: string, change: Change): Promise<Run> => {
			if (change !== 'nothing') {
				await server.do({ kind: 'change', change, round: 0 });
			}
			await server.do({ kind: 'begin', waits: false });
			const [repository = '', ...others] = repositoryNames(REPOSITORIES);
			const result = await runAlone({ pattern: 'PR Seeder', url: server.url, repository, others, storage });
			return { title, result, log: await server.log() };
		};
		const first = await run('first run', 'nothing');
		const edited = await run('an edit in each', 'each');
		const unchanged = await run('no change', 'nothing');
		console.log(`### ${amount(REPOSITORIES)} repositories of ${amount(PULL_REQUESTS)} pull requests\n`);
		console.log([row(['run', 'requests', 'points', 'no latency', 'own time', 'processor', 'writes', 'written', 'peak memory', 'PRs read']), row(['---', ...Array.from({ length: 9 }, () => '---:')])].join('\n'));
		console.log(`${[first, edited, unchanged].map(rowOf).join('\n')}\n`);
		const isMet = ownMs(edited) <= OWN_MS && edited.result.writes <= WRITES;
		console.log(line(isMet, `an edit in each of ${REPOSITORIES} repositories: at most ${time(OWN_MS)} of our own and ${WRITES} writes`, `${time(ownMs(edited))}, ${edited.result.writes}`));
	} finally {
		await server.stop();
		await rm(storage, { recursive: true, force: true });
	}
}

function ownMs({ result, log }: Run): number {
	return result.wallMs - log.busyMs;
}

function rowOf(run: Run): string {
	const { title, result, log } = run;
	return row([
		title,
		amount(log.graphql),
		amount(log.points),
		time(result.wallMs),
		time(ownMs(run)),
		time(result.cpuMs),
		amount(result.writes),
		bytes(result.writtenBytes),
		bytes(result.peakBytes),
		amount(result.seen),
	]);
}
