// What a sync costs, beside two other ways to do it:
//   npm run bench:sync -- [--sizes 500,2000,10000] [--rounds N] [--profile FOLDER] [--only NAME | --only many | --only day]
// Each run is made in a process of its own, and so is the server's part: time and memory are the client's alone.
import { parseArgs } from 'node:util';
import { measureMany } from './manyRepositories';
import { measureDay } from './measuredDay';
import { Bench, type Kind } from './measurement';
import { ServerProcess } from './processes';
import { PATTERNS, type Pattern } from './protocol';
import { load, machine, table, type Section } from './report';
import { EARLY, targetLines, type Figures } from './targets';

const { values } = parseArgs({
	options: {
		sizes: { type: 'string', default: '500,2000,10000' },
		rounds: { type: 'string', default: '3' },
		profile: { type: 'string' },
		only: { type: 'string' },
	},
});
const sizes = values.sizes.split(',').map(Number).sort((a, b) => a - b);
const rounds = Number(values.rounds);
/** Alone: the run over many repositories, and the day of a busy one. */
const MANY = 'many';
const DAY = 'day';
/** Measured alone, for a quick look or a profile. */
const patterns = values.only === undefined ? PATTERNS : PATTERNS.filter((pattern) => pattern === values.only);

console.log(`${machine(rounds)}\n`);
const all: Figures[] = [];
for (const size of values.only === MANY || values.only === DAY ? [] : sizes) {
	const bench = new Bench(await ServerProcess.start(size), values.profile);
	try {
		all.push(await measureSize(bench, size));
	} finally {
		await bench.stop();
	}
}
console.log(targetLines(all).join('\n'));
if (values.only === undefined || values.only === MANY) {
	await measureMany();
}
if (values.only === undefined || values.only === DAY) {
	await measureDay();
}

async function measureSize(bench: Bench, size: number): Promise<Figures> {
	// Long runs vary little; and nobody waits for thousands of REST calls at 180 ms each.
	const first: Omit<Kind, 'basis'> = { change: 'nothing', fresh: true, rounds: size > 500 ? 1 : rounds };
	const others = patterns.filter((pattern) => pattern !== 'PR Seeder');
	const early = await bench.memoryAt(Math.min(EARLY, size));
	const firstRuns = [
		...(await bench.measure(['PR Seeder'], { ...first, basis: 'real' })),
		...(await bench.measure(others, { ...first, rounds: 1, basis: 'modelled' })),
	];
	const later: Omit<Kind, 'change'> = { fresh: false, rounds, basis: 'real' };
	// `gh pr list` keeps nothing: it is the first run each time.
	const list = firstRuns.filter(({ pattern }) => pattern === 'gh pr list');
	const keeping = patterns.filter((pattern): pattern is Pattern => pattern !== 'gh pr list');
	const unchanged = await bench.measure(keeping, { ...later, change: 'nothing' });
	const changed = await bench.measure(keeping, { ...later, change: 'five' });
	const renamed = await bench.measure(keeping, { ...later, change: 'label' });
	// Reads everything each time, as the first run does.
	const uncached = await bench.measure(patterns.filter((pattern) => pattern === 'PR Seeder'), { ...later, change: 'nothing', rounds: 1, noCache: true });
	const sections: Section[] = [
		{ title: 'first run', measurements: firstRuns },
		{ title: 'no change', measurements: [...unchanged, ...list] },
		{ title: '5 changed', measurements: [...changed, ...list] },
		{ title: 'label renamed', measurements: [...renamed, ...list] },
		{ title: '`--no-cache`', measurements: [...uncached, ...list] },
	];
	console.log(`${table(size, sections)}\n${load()}\n`);
	return {
		size,
		first: firstRuns[0]!,
		unchanged: unchanged[0]!,
		early: { peakBytes: early.peakBytes, heldBytes: early.heldBytes ?? 0 },
	};
}
