import fc from 'fast-check';
import type { Damage, DamageKind } from './damage';
import type { Edit, EditKind } from './edits';
import type { Hole, HoleKind } from './holes';
import type { Run } from './runs';
import type { Step, Wait } from './step';

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
	steps: fc.Arbitrary<Step[]>;
}

const nat = fc.nat(100_000);
/** Of labels and milestones one of the last, see `edits.ts`. */
const ODD = nat.map((value) => 2 * value + 1);
/** Of the first ones in the cast those who are assigned somewhere and review elsewhere. */
const REVIEWERS = nat.map((value) => 4 * value + 2 + (value % 2));
const edit = (kind: EditKind, value = nat, pick = nat): fc.Arbitrary<Edit> => fc.record({ kind: fc.constant(kind), pick, value });
const damage = (...kinds: DamageKind[]): fc.Arbitrary<Damage> => fc.record({ kind: fc.constant('damage' as const), what: fc.constantFrom(...kinds), pick: ODD });
const few = fc.integer({ min: 2, max: 6 });
const wait = (seconds: number): fc.Arbitrary<Wait> => fc.constant({ kind: 'wait', seconds });

function run(options: Run['options'] = {}, rest: Partial<Run> = {}): Run {
	return { kind: 'run', options, token: 'first', during: [], faults: [], holes: [], killAt: null, cancelAt: null, wrongBy: 0, ...rest };
}

const whole = fc.constant(run());
const lacking = (how: Hole['how'], runs: number, ...kinds: HoleKind[]): fc.Arbitrary<Run> =>
	fc.tuple(fc.constantFrom(...kinds), fc.constantFrom(1, 1, 2, 3)).map(([what, every]) => run({}, { holes: [{ what, how, every, times: Infinity, runs }] }));
const lackingAll = (how: Hole['how'], ...kinds: HoleKind[]) => lacking(how, 1, ...kinds).map((one) => ({ ...one, holes: one.holes.map((hole) => ({ ...hole, every: 1 })) }));
/** The first answer with details is late, and by then a pull request has a label that nobody has seen. */
const labelledMeanwhile = edit('addLabel', ODD).map((change) => run({}, { during: [{ at: 1, edit: change }], faults: [{ name: 'slowDown', at: 'Details', lasts: false }] }));

const PLOTS: readonly Plot[] = [
	// Another part after a larger one.
	{ initial: 12, keepsExtent: true, steps: few.map((most) => [run({ maxPullRequests: most + 3 }), run({ maxPullRequests: most - 1 })]) },
	{ initial: 12, steps: few.map((most) => [run(), run({ noCache: true, maxPullRequests: most })]) },
	// More open ones than a page shows, of a part.
	{ initial: 120, allOpen: true, keepsExtent: true, steps: few.map((most) => [run({ maxPullRequests: most, allOpen: true })]) },
	// Rows that the cache knows nothing of.
	{ initial: 3, steps: fc.tuple(whole, damage('loseCache', 'loseState', 'loseJournal'), edit('remove')) },
	// Lines that nobody can read, when the database needs all of them, or one.
	{ initial: 3, steps: fc.tuple(whole, damage('damageLineAndLoseDatabase')) },
	{ initial: 1, steps: fc.tuple(whole, edit('editTitle'), labelledMeanwhile, damage('damageLine')) },
	// Incomplete for so long that it is asked for once a day.
	{ initial: 2, steps: fc.tuple(lacking('failed', 4, 'reviews', 'files', 'author', 'rollup'), whole, whole, whole) },
	// Withheld by the listing, and too far back to be seen by a probe.
	{ initial: 70, steps: fc.tuple(lacking('silent', 1, 'listed'), whole) },
	// New, not to be read at once, and by the next run too far back; of a part, so that nobody counts.
	{ initial: 95, keepsExtent: true, steps: fc.tuple(few.map((most) => run({ maxPullRequests: most })), edit('create'), edit('close', nat, fc.constant(95)), wait(400), edit('editTitle'), lackingAll('failed', 'detailed').map((one) => ({ ...one, options: { keepExtent: true } })), edit('labelMany')) },
	// Listed once more when a part becomes all, without something that is known.
	{ initial: 8, allOpen: true, steps: fc.tuple(fc.constant(run({ maxPullRequests: 1, allOpen: true })), edit('editTitle'), lackingAll('failed', 'author')) },
	// Beyond the pages that one probe shows.
	{ initial: 1, catalogue: 230, steps: fc.tuple(whole, fc.constantFrom<EditKind>('renameLabel', 'recolourLabel', 'editMilestone', 'closeMilestone').chain((kind) => edit(kind, ODD))) },
	// Counted, and not shown, while another comes.
	{ initial: 5, catalogue: 3, steps: fc.tuple(whole, edit('addLabel', ODD, fc.constant(0)), edit('editTitle', nat, fc.constant(4)), lacking('silent', 1, 'catalogue')) },
	// Not even counted for once, while a pull request has it.
	{ initial: 1, catalogue: 2, steps: fc.tuple(whole, lackingAll('silent', 'uncounted'), whole) },
	// Of milestones the due dates alone.
	{ initial: 1, catalogue: 3, steps: fc.tuple(whole, lackingAll('failed', 'dueOn')) },
	// Ids that lead nowhere for once.
	{ initial: 3, steps: fc.tuple(whole, edit('editTitle'), lackingAll('notFound', 'detailed')) },
	// People, and what a refresh could not read at once.
	{ initial: 6, steps: fc.tuple(whole, edit('renameAccount', REVIEWERS)) },
	{ initial: 2, steps: fc.tuple(edit('create', fc.constant(3)), whole, edit('deleteAccount', nat, fc.constant(2))) },
	{ initial: 3, steps: fc.tuple(whole, damage('otherPeople')) },
	{ initial: 2, allOpen: true, steps: edit('setStatus').chain((posted) => fc.tuple(fc.constant(posted), whole, wait(60), fc.constant(posted), lackingAll('failed', 'detailed').map((one) => ({ ...one, options: { refresh: true } })))) },
	// Asked to slow down by a clock that is set right before the next run.
	{ initial: 1, steps: fc.constant([run({}, { faults: [{ name: 'longPause', at: 1, lasts: true }], wrongBy: 86_400_000 }), run()]) },
	// Lists that come back shorter, with an error for what is missing.
	{ initial: 2, steps: fc.tuple(edit('addReview', nat, fc.constant(0)), whole, edit('editTitle', nat, fc.constant(0)), lackingAll('failed', 'nested')) },
	// Checks whose state is known and can't be read again.
	{ initial: 1, allOpen: true, steps: fc.tuple(edit('setStatus'), whole, wait(60), edit('editTitle'), lackingAll('failed', 'rollup', 'rollupState')) },
];

export const plot: fc.Arbitrary<Required<Omit<Plot, 'steps'>> & { steps: Step[] }> = fc
	.constantFrom(...PLOTS)
	.chain(({ initial = 0, catalogue = 0, allOpen = false, keepsExtent = false, steps }) => steps.map((taken) => ({ initial, catalogue, allOpen, keepsExtent, steps: taken })));
