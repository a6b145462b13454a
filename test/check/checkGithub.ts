import { credentialsOf } from '../../src/cli/endpoint';
import { EXIT, exitCodeOf, type ExitCode } from '../../src/cli/exitCode';
import { proxyOf, proxySecrets } from '../../src/cli/proxy';
import { tableText } from '../../src/cli/table';
import { oneLine } from '../../src/core/model/visibleText';
import { TOKEN_VARIABLES } from '../../src/cli/token';
import { fetchThrough } from '../../src/cli/tunnel';
import { UsageError } from '../../src/cli/usageError';
import { HumanError, messageOf } from '../../src/core/model/humanError';
import { Redactor } from '../../src/core/model/redactor';
import { open, type Belief, type Verdict } from './belief';
import { BELIEFS } from './beliefs';
import { checkArguments, USAGE, type CheckArguments } from './checkArguments';
import { Facts, NotAnsweredError, rowsOf } from './facts';
import { MAX_REQUESTS, Meter, RequestLimitError, type Measured } from './meter';
import { measureTheRest } from './productQueries';
import { readSnapshot, snapshotOf, writeSnapshot } from './snapshot';

export interface CheckSurroundings {
	readonly argv: readonly string[];
	readonly env: NodeJS.ProcessEnv;
	/** Lines without their end. */
	readonly out: (line: string) => void;
	readonly error: (line: string) => void;
	readonly fetch?: typeof globalThis.fetch;
}

/**
 * Asks a real GitHub what the project only believes of it, and tells for each belief whether it is so.
 * @returns 0 when it could run, whatever came out; 2 for a wrong call; 4 when the token may not
 */
export async function checkGithub({ argv, env, out, error, fetch }: CheckSurroundings): Promise<ExitCode> {
	const redactor = new Redactor([...TOKEN_VARIABLES.map((name) => env[name]), ...proxySecrets(env)]);
	const say = (line: string): void => out(redactor.line(line));
	try {
		const asked = checkArguments(argv, env);
		if (asked) await check(asked, env, say, fetch);
		else say(USAGE);
		return EXIT.done;
	} catch (failure) {
		error(redactor.line(oneLine(messageOf(failure))));
		if (failure instanceof UsageError) error(USAGE);
		return exitCodeOf(failure);
	}
}

async function check({ endpoint, ref, pullRequest, compareFile }: CheckArguments, env: NodeJS.ProcessEnv, say: (line: string) => void, given?: typeof globalThis.fetch): Promise<void> {
	const credentials = credentialsOf(endpoint, env);
	const name = `${ref.owner}/${ref.name}`;
	const before = compareFile === undefined ? undefined : await earlierRun(compareFile, name);
	const proxy = proxyOf(new URL(endpoint.apiUrl), env);
	const meter = new Meter(given ?? (proxy ? fetchThrough(proxy) : globalThis.fetch));
	try {
		const facts = await Facts.open({ credentials, ref, meter, pullRequest, before, compareFile });
		say(`What ${ref.host} shows of ${name} to a token with ${facts.scopes ? `the scopes ${[...facts.scopes].join(', ') || '(none)'}` : 'permissions'}`);
		for (const belief of BELIEFS) tell(belief, await verdictOf(belief, facts), say);
		if (compareFile !== undefined) await keep(compareFile, name, facts, say);
		await unlessLimited(() => measureTheRest(facts));
	} finally {
		if (meter.requests.length > 0) say(`\n${requestTable(meter.requests)}`);
		say(`\n${meter.requests.length} of at most ${MAX_REQUESTS} requests.`);
	}
}

async function verdictOf(belief: Belief, facts: Facts): Promise<Verdict> {
	try {
		return await belief.judge(facts);
	} catch (error) {
		// One question that is not answered says nothing of the others.
		if (error instanceof NotAnsweredError || error instanceof RequestLimitError || error instanceof HumanError) return open(error.message);
		throw error;
	}
}

function tell({ id, believed }: Belief, { settled, text }: Verdict, say: (line: string) => void): void {
	const verdict = settled === undefined ? 'not settled' : `settled: ${settled ? 'yes' : 'no'}`;
	say(`\n${id}: ${believed}\n  ${verdict}: ${oneLine(text)}.`);
}

/** @throws UsageError when the file is something else, or of another repository */
async function earlierRun(file: string, repository: string): ReturnType<typeof readSnapshot> {
	const before = await readSnapshot(file).catch((error: unknown) => {
		throw new UsageError(messageOf(error), { cause: error });
	});
	if (before !== undefined && before.repository.toLowerCase() !== repository.toLowerCase()) throw new UsageError(`${file} is of ${before.repository}: name another file.`);
	return before;
}

async function keep(file: string, repository: string, facts: Facts, say: (line: string) => void): Promise<void> {
	const answer = await facts.state();
	// What could not be read does not take the place of what an earlier run could.
	if (answer.data === undefined) return;
	await writeSnapshot(file, snapshotOf(repository, rowsOf(answer), new Date(facts.client.budget.serverNow()).toISOString()));
	say(`\nWhat this run saw is in ${file}, to be compared with the next one.`);
}

async function unlessLimited(work: () => Promise<void>): Promise<void> {
	try {
		await work();
	} catch (error) {
		if (!(error instanceof RequestLimitError || error instanceof NotAnsweredError)) throw error;
	}
}

function requestTable(requests: readonly Measured[]): string {
	const right = { align: 'right' } as const;
	const columns = [{ title: 'query', max: 60 }, ...['HTTP', 'points', 'charged', 'ms', 'rows', 'bytes'].map((title) => ({ title, ...right }))];
	const text = (value: number | undefined): string => (value === undefined ? '-' : String(Math.round(value)));
	return tableText(columns, requests.map((one) => [one.operation, ...[one.status, one.cost, one.charged, one.ms, one.rows, one.bytes].map(text)]));
}
