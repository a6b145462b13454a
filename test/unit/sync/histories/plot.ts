import fc from 'fast-check';
import type { Damage, DamageKind } from './damage';
import type { Edit, EditKind } from './edits';
import type { Hole, HoleKind } from './holes';
import type { Run } from './runs';

export type PlotStep = Edit | Run | Damage;

/**
 * Things that need each other, one after the other, which random steps would seldom bring together: each plot is a way
 * in which data could be lost. What lies in between and around them is random.
 */
interface Plot {
	/** How many pull requests it takes at least. */
	initial?: number;
	/** How many labels and milestones. */
	catalogue?: number;
	/** That all of the first ones are open. */
	allOpen?: boolean;
	/** That the last run keeps the extent. */
	keepsExtent?: boolean;
	steps: fc.Arbitrary<PlotStep[]>;
}

const nat = fc.nat(100_000);
const edit = (kind: EditKind): fc.Arbitrary<Edit> => fc.record({ kind: fc.constant(kind), pick: nat, value: nat });
const damage = (...kinds: DamageKind[]): fc.Arbitrary<Damage> => fc.record({ kind: fc.constant('damage' as const), what: fc.constantFrom(...kinds), pick: nat });
const few = fc.integer({ min: 2, max: 6 });

function run(options: Run['options'] = {}, holes: Hole[] = []): Run {
	return { kind: 'run', options, token: 'first', during: [], faults: [], holes, killAt: null, cancelAt: null, wrongBy: 0 };
}

const whole = fc.constant(run());
const lacking = (how: Hole['how'], runs: number, ...kinds: HoleKind[]): fc.Arbitrary<Run> =>
	fc.tuple(fc.constantFrom(...kinds), fc.constantFrom(1, 1, 2, 3)).map(([what, every]) => run({}, [{ what, how, every, times: Infinity, runs }]));

const PLOTS: readonly Plot[] = [
	// Another part after a larger one.
	{ initial: 12, keepsExtent: true, steps: few.map((most) => [run({ maxPullRequests: most + 3 }), run({ maxPullRequests: most - 1 })]) },
	{ initial: 12, steps: few.map((most) => [run(), run({ noCache: true, maxPullRequests: most })]) },
	// More open ones than a page shows, of a part.
	{ initial: 120, allOpen: true, keepsExtent: true, steps: few.map((most) => [run({ maxPullRequests: most, allOpen: true })]) },
	// Rows that the cache knows nothing of.
	{ initial: 3, steps: fc.tuple(whole, damage('loseCache', 'loseState', 'loseJournal'), edit('remove')) },
	// Lines that nobody can read.
	{ initial: 3, steps: fc.tuple(whole, damage('damageLineAndLoseDatabase')) },
	// Incomplete for so long that it is asked for once a day.
	{ initial: 2, steps: fc.tuple(lacking('failed', 4, 'reviews', 'files', 'author', 'rollup'), whole, whole, whole) },
	// Withheld by the listing, and too far back to be seen by a probe.
	{ initial: 70, steps: fc.tuple(lacking('silent', 1, 'listed'), whole) },
	// Beyond the pages that one probe shows.
	{ catalogue: 230, steps: fc.tuple(whole, edit('renameLabel'), edit('recolourLabel')) },
	// Ids that lead nowhere for once.
	{ initial: 3, steps: fc.tuple(whole, edit('editTitle'), lacking('notFound', 1, 'detailed', 'watched')) },
	// People, and what a refresh could not read at once.
	{ initial: 6, steps: fc.tuple(whole, edit('renameAccount')) },
	{ initial: 3, steps: fc.tuple(whole, damage('olderCache'), lacking('failed', 1, 'detailed').map((one) => ({ ...one, options: { refresh: true } }))) },
	// Checks whose state is known and can't be read again.
	{ initial: 2, steps: fc.tuple(whole, edit('editTitle'), edit('editTitle'), lacking('failed', 1, 'rollup', 'rollupState')) },
];

export const plot: fc.Arbitrary<Required<Omit<Plot, 'steps'>> & { steps: PlotStep[] }> = fc
	.constantFrom(...PLOTS)
	.chain(({ initial = 0, catalogue = 0, allOpen = false, keepsExtent = false, steps }) => steps.map((taken) => ({ initial, catalogue, allOpen, keepsExtent, steps: taken })));
