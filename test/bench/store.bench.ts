// What the database costs, beside node:sqlite on disk:
//   npm run bench:store -- [--sizes 1000,10000,100000] [--rounds N] [--append]
// Each run is made in a process of its own. With --append the report goes into BENCHMARKS.md.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { repositoryRoot } from '../vscode/paths';
import { appendReport } from './appendReport';
import { load, machine } from './report';
import type { NativeRun, StoreRun } from './store/figures';
import { nativeNode } from './store/nativeNode';
import { report, type Sized } from './store/storeReport';

const { values } = parseArgs({
	options: { sizes: { type: 'string', default: '1000,10000,100000' }, rounds: { type: 'string', default: '3' }, append: { type: 'boolean', default: false } },
});
const rounds = Number(values.rounds);
const folder = await mkdtemp(join(tmpdir(), 'pr-seeder-bench-'));
const node = await nativeNode();

async function run<T>(binary: string, script: string, size: number): Promise<T> {
	const path = join(repositoryRoot, 'out', 'test', 'bench', script);
	const { stdout } = await promisify(execFile)(binary, [path, String(size), join(folder, 'storage')], { maxBuffer: 1e8 });
	return JSON.parse(stdout) as T;
}

try {
	const all: Sized[] = [];
	for (const size of values.sizes.split(',').map(Number)) {
		const ours: StoreRun[] = [];
		const native: NativeRun[] = [];
		// In turns, so that both have the same luck with the machine's other work.
		for (let round = 0; round < rounds; round++) {
			ours.push(await run<StoreRun>(process.execPath, 'store/storeRun.tool.mjs', size));
			if (node !== undefined) {
				native.push(await run<NativeRun>(node.path, 'store/nativeRun.tool.mjs', size));
			}
		}
		all.push({ size, ours, native });
		console.error(`${size.toLocaleString('en-US')} pull requests measured.`);
	}
	const text = [
		`${machine(rounds)} ${load()}`,
		node === undefined ? 'node:sqlite was not measured: it needs Node 22.5 or later, which the browser tests install with the editor.' : `node:sqlite of Node ${node.version}: WAL, synchronous NORMAL, the same statements and transactions.`,
		'',
		...report(all),
	].join('\n');
	console.log(text);
	if (values.append) {
		await appendReport('### The database, measured', text);
	}
} finally {
	await rm(folder, { recursive: true, force: true });
}
