import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCli, Scene, smallRepository, type Finished, type RunOptions } from './commandLine';

/** Two that look like nothing else, and one that looks like nothing at all. */
export const MARKED = ['gho_MarkedToken0123456789abcdefghijklmn', 'github_pat_MARKED00_abcdefghijklmnopqrstuvwxyz', '0123456789abcdefdeadbeef0123456789abcdef'] as const;

/** Uses a token in every way that could make it be said again, and looks for it afterwards. */
export function describeLeaks(token: string): void {
	describe(`a token such as ${token.slice(0, 12)}…`, () => {
		let scene: Scene;
		const said: string[] = [];
		/** Of every process that ran meanwhile, ours and others. */
		const commandLines = new Set<string>();

		const run = async (words: readonly string[], options: RunOptions = {}): Promise<Finished> => {
			const home = join(scene.folder, 'home');
			await mkdir(home, { recursive: true });
			const env = { GITHUB_TOKEN: token, HOME: home, USERPROFILE: home, TMPDIR: home, XDG_DATA_HOME: join(home, 'data'), ...options.env };
			const all = [...words, '--api-url', scene.server.url, '--storage', scene.storage];
			const looks: Promise<void>[] = [];
			const watch = setInterval(() => looks.push(noteCommandLines(commandLines)), 30);
			try {
				const finished = await runCli(all, { ...options, env, process: true });
				said.push(finished.stdout, finished.stderr);
				return finished;
			} finally {
				clearInterval(watch);
				// One that is still looking would see this process in a later test.
				await Promise.all(looks);
			}
		};

		before(async () => {
			scene = await Scene.make([smallRepository(12)], { tokens: [token] });
		});
		after(() => scene.dispose());

		it('is used', async () => {
			assert.equal((await run(['seed', 'octo/harbor', '--json'])).status, 0);
			assert.ok(scene.server.requests.every(({ authorization }) => authorization));
			for (const words of [['status'], ['verify', 'octo/harbor'], ['query', 'SELECT * FROM pull_request'], ['report', 'workload'], ['projects']]) {
				assert.equal((await run(words)).status, 0, words.join(' '));
			}
		});

		it('is repeated by a server in everything that it says', async () => {
			const echo = { message: `You sent ${token}`, documentation_url: `https://docs.example/${token}`, errors: [{ message: `Authorization: bearer ${token}` }] };
			const spread = (between: string) => `sent ${Array.from(token).join(between)} to us`;
			const escaped = Array.from(token, (sign) => `%25${sign.charCodeAt(0).toString(16)}`).join('');
			const named = { message: 'wrong', extensions: { code: 'undefinedField', typeName: spread(' '), fieldName: spread('\n') } };
			for (const [status, body, headers] of [
				[403, { message: spread('\u2800') }, {}],
				[403, { message: spread('\u0001\u2028'), errors: [{ message: escaped, field: spread('\u3164') }] }, {}],
				[200, { errors: [{ type: spread('\n'), message: escaped }, named] }, {}],
				[403, `{"message": "${spread('\\u200b')}`, {}],
				[401, echo, {}],
				[403, echo, {}],
				[403, echo, { 'x-github-sso': `required; url=https://github.com/sso?token=${token}` }],
				[422, echo, {}],
				[500, echo, {}],
				[200, { errors: [{ type: token, message: token, path: [token] }] }, {}],
				[200, token, {}],
				[302, '', { location: `http://127.0.0.2:9/${token}` }],
			] as const) {
				scene.server.addFault({ kind: 'respond', status, body, headers: { 'content-type': 'application/json', ...headers }, times: Infinity });
				assert.notEqual((await run(['seed', 'octo/harbor', '--json', '--no-wait', '--refresh'], await impatient(scene.folder))).status, 0);
				scene.server.clearFaults();
			}
		});

		it('is in what the process dies of', async () => {
			for (const what of ['throw new Error(process.env.GITHUB_TOKEN)', 'Promise.reject(Object.assign(new Error(process.env.GITHUB_TOKEN), { token: process.env.GITHUB_TOKEN }))', "throw { toString: () => 'authorization: bearer ' + process.env.GITHUB_TOKEN }"]) {
				const path = join(scene.folder, 'crash.cjs');
				await writeFile(path, `setTimeout(() => { ${what}; }, 150);`);
				const finished = await run(['seed', 'octo/harbor', '--refresh'], { node: ['--require', path] });
				assert.equal(finished.status, 1, finished.stderr);
				assert.match(finished.stderr, /failed in a way that it should not/);
			}
		});

		it('is typed in wrong places', async () => {
			// On a command line it stands in the process list already: then it is at least not said again.
			const before = new Set(commandLines);
			for (const words of [['seed', `octo/${token}`], ['seed', 'octo/harbor', '--token', token], ['query', `SELECT '${token}'`], [token]]) {
				await run(words);
			}
			commandLines.clear();
			before.forEach((line) => commandLines.add(line));
		});

		it('is nowhere to be found', async () => {
			// The last run may have died when it had dropped the cache and fetched nothing yet.
			assert.equal((await run(['seed', 'octo/harbor'])).status, 0);
			const inAnyForm = (text: string) => text.replace(/\s|\\+u200b/gu, '').replace(/%25([\da-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
			assert.deepEqual(said.filter((text) => text.includes(token) || inAnyForm(text).includes(token)), [], 'in what was said');
			assert.deepEqual([...commandLines].filter((line) => line.includes(token)), [], 'on command lines');
			const files = await filesBelow(await realpath(scene.folder));
			assert.ok(files.some((path) => path.endsWith('prs.sqlite')) && files.some((path) => path.endsWith('.ndjson')));
			const found: string[] = [];
			for (const path of files) {
				const bytes = await readFile(path);
				if (bytes.includes(token) || bytes.includes(Buffer.from(token).toString('base64').slice(0, 30)) || bytes.includes(Buffer.from(token, 'utf16le'))) {
					found.push(path);
				}
			}
			assert.deepEqual(found, []);
		});
	});
}

/** Makes the waits between two tries short: what is said in the end is the same. */
async function impatient(folder: string): Promise<RunOptions> {
	const path = join(folder, 'impatient.cjs');
	await writeFile(path, 'const wait = globalThis.setTimeout; globalThis.setTimeout = (run, ms, ...rest) => wait(run, Math.min(ms ?? 0, 20), ...rest);');
	return { node: ['--require', path] };
}

async function noteCommandLines(found: Set<string>): Promise<void> {
	const processes = (await readdir('/proc').catch((): string[] => [])).filter((name) => /^\d+$/.test(name));
	for (const id of processes) {
		found.add(await readFile(`/proc/${id}/cmdline`, 'latin1').catch(() => ''));
	}
}

async function filesBelow(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
