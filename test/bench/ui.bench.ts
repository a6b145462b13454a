// What a person waits for in the editor, with 10,000 stored pull requests:
//   npm run bench:ui -- [--size 10000] [--rounds 5] [--append]
// In a real VS Code with the packaged extension. With --append the report goes into BENCHMARKS.md.
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packagedExtension } from '../e2e/packagedExtension';
import { ServerEditor } from '../vscode/serverEditor';
import { Workbench } from '../vscode/workbench';
import { appendReport } from './appendReport';
import { amount, load, machine, time } from './report';
import { fillStorage } from './ui/fillStorage';
import { activationMs, expandGroups, openViews, type Opened } from './ui/measures';

const { values } = parseArgs({
	options: { size: { type: 'string', default: '10000' }, rounds: { type: 'string', default: '5' }, append: { type: 'boolean', default: false } },
});
const size = Number(values.size);
const rounds = Number(values.rounds);

interface Round extends Opened {
	expandMs: number[];
	activationMs: number;
}

const temp = await mkdtemp(join(await realpath(tmpdir()), 'pr-seeder-bench-ui-'));
const editor = await ServerEditor.start({ name: 'bench-ui', vsix: [await packagedExtension()], userData: join(temp, 'data') });
try {
	await fillStorage(editor.globalStorage('pr-seeder.pr-seeder'), size);
	const all: Round[] = [];
	for (let round = 0; round < rounds; round++) {
		all.push(await measure());
		console.error(`Round ${round + 1} of ${rounds} measured.`);
	}
	const text = report(all);
	console.log(text);
	if (values.append) {
		await appendReport('### The editor, measured', text);
	}
} finally {
	await editor.stop();
	await rm(temp, { recursive: true, force: true });
}

/** One window: opens the views for the first time, hides and shows them again, and opens groups. */
async function measure(): Promise<Round> {
	const workbench = await Workbench.open(editor);
	try {
		const opened = await openViews(workbench);
		return { ...opened, expandMs: await expandGroups(workbench), activationMs: await activationMs(workbench) };
	} finally {
		await workbench.close();
	}
}

function report(all: readonly Round[]): string {
	const rows: [string, number[], number][] = [
		['first tree rows after the view opens for the first time, the database is opened for it', all.map(({ firstRowsMs }) => firstRowsMs), 300],
		['the same from the moment on at which the editor has put the view there', all.map(({ firstRowsInViewMs }) => firstRowsInViewMs), 300],
		['first tree rows when the view is shown again', all.map(({ rowsAgainMs }) => rowsAgainMs), 300],
		['a group’s rows after the click that opens it', all.flatMap(({ expandMs }) => expandMs), 50],
		['activation, as the editor counts it: loading the script and running it, while everything else starts', all.map((one) => one.activationMs), 50],
	];
	return [
		`${machine(rounds)} ${load()}`,
		`VS Code ${editor.editor.version} in a browser without a graphics card, ${amount(size)} stored pull requests. Times are taken in the page, from the press of the mouse to the frame after the rows came, so the way from the browser to the extension host and back is in them.`,
		'',
		'| what | median | least | most | target |',
		'| --- | ---: | ---: | ---: | ---: |',
		...rows.map(([what, taken, target]) => `| ${[what, time(median(taken)), time(Math.min(...taken)), time(Math.max(...taken)), `${target} ms`].join(' | ')} |`),
	].join('\n');
}

function median(taken: readonly number[]): number {
	const sorted = [...taken].sort((one, other) => one - other);
	return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
