import { no, open, yes, some, type Belief, type Verdict } from '../belief';
import { rowsOf, type Facts } from '../facts';
import { changedAspects, snapshotOf, type Aspect } from '../snapshot';

/** What may change along with something and is no reason of its own: a check that ends can make a pull request mergeable. */
const COMPANIONS: Partial<Record<Aspect, readonly Aspect[]>> = { checks: ['mergeability'], threads: ['mergeability'], reviews: ['mergeability', 'threads'] };

interface Change {
	readonly id: string;
	readonly aspect: Aspect;
	readonly what: string;
	readonly moves: boolean;
	/** For a person, between two runs. */
	readonly todo: string;
	readonly where: string;
}

const CHANGES: readonly Change[] = [
	{ id: 'updated-by-checks', aspect: 'checks', what: 'A check that starts or ends', moves: false, todo: 'run or re-run a check of its head commit', where: '`sync/staleness.ts`: checks have a fingerprint of their own' },
	{ id: 'updated-by-mergeability', aspect: 'mergeability', what: 'A change of mergeability', moves: false, todo: 'push to its base branch so that it conflicts', where: '`sync/standings.ts`: the probe shows it' },
	{ id: 'updated-by-resolution', aspect: 'threads', what: 'Resolving a conversation', moves: false, todo: 'resolve or reopen one of its conversations', where: '`sync/threads.ts`: they are looked at in turn' },
	{ id: 'updated-by-label-rename', aspect: 'labelLooks', what: 'Renaming or recoloring a label', moves: false, todo: 'rename one of its labels', where: '`sync/probe.ts`: labels are looked at each time' },
	{ id: 'updated-by-milestone-edit', aspect: 'milestoneLooks', what: 'Editing a milestone', moves: false, todo: 'change the title or due date of its milestone', where: '`sync/probe.ts`: milestones are looked at each time' },
	{ id: 'updated-by-review', aspect: 'reviews', what: 'A review', moves: true, todo: 'submit a review of it without a text', where: '`sync/staleness.ts`: no reviews are looked for where `updatedAt` stays' },
];

/** What moves a pull request's `updatedAt`, and what does not: told by two runs with a change between them. */
export const updateBeliefs: readonly Belief[] = CHANGES.map((change) => ({
	id: change.id,
	believed: `${change.what} ${change.moves ? 'moves' : 'does not move'} \`updatedAt\`.`,
	where: change.where,
	settle: `\`--pr N --compare FILE\`; ${change.todo}; the same again`,
	judge: (facts: Facts) => judge(facts, change),
}));

async function judge(facts: Facts, { aspect, moves, todo }: Change): Promise<Verdict> {
	const { before, compareFile, ref } = facts.options;
	if (compareFile === undefined) return open(`it takes two runs: run with --compare FILE, ${todo}, and run the same again`);
	const after = snapshotOf(`${ref.owner}/${ref.name}`, rowsOf(await facts.state()), '');
	if (before === undefined) return open(`this was the first run: ${todo}, and run the same again`);
	const stayed: number[] = [];
	const moved: number[] = [];
	let mixed = 0;
	for (const [number, now] of Object.entries(after.pullRequests)) {
		const then = before.pullRequests[number];
		const changed = then ? changedAspects(then, now) : [];
		if (!then || !changed.includes(aspect)) continue;
		const others = changed.filter((one) => one !== aspect && !(COMPANIONS[aspect] ?? []).includes(one));
		// Where it stayed, nothing moved it, whatever else changed.
		if (then.updatedAt === now.updatedAt) stayed.push(Number(number));
		else if (others.length === 0) moved.push(Number(number));
		else mixed++;
	}
	if (stayed.length > 0 && moved.length > 0) return open(`it stayed on ${some(stayed)} and moved on ${some(moved)}, where something else that is not looked at may have moved it`);
	if (stayed.length > 0) return (moves ? no : yes)(`it changed on ${some(stayed)}, and updatedAt stayed`);
	if (moved.length > 0) return (moves ? yes : no)(`it changed on ${some(moved)} and nothing else that is looked at did, and updatedAt moved`);
	if (mixed > 0) return open(`it changed together with other things: ${todo} and nothing else, and run the same again`);
	return open(`nothing of the kind changed since ${before.takenAt}: ${todo}, and run the same again`);
}
