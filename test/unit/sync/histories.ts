import fc from 'fast-check';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FilePort } from '../../../src/core/files/filePort';
import { nodeFiles } from '../../../src/core/files/nodeFiles';
import { nameWithOwner, parseRepository } from '../../../src/core/model/repository';
import { CacheFolders } from '../../../src/core/cache/cacheFolders';
import type { FaultAction } from '../../github-server/faults';
import type { World } from '../../github-server/world';
import { SyncHarness, REPO } from './syncHarness';

/** Something that people, or GitHub, do to the repository. `pick` chooses the pull request, label, … of those there are. */
interface Edit {
	kind: keyof typeof EDITS;
	pick: number;
	value: number;
}

/** A sync, with what goes on while it runs. Positions are requests, counted from its first one. */
interface Sync {
	kind: 'sync';
	during: { at: number; edit: Edit }[];
	fault: { at: number; name: keyof typeof FAULTS } | null;
	/** The process dies with this request: nothing is written any more. */
	killAt: number | null;
	cancelAt: number | null;
	maxPullRequests: number | null;
	/** Of the local clock, in milliseconds. */
	wrongBy: number;
}

type Step = Edit | Sync | { kind: 'wait'; seconds: number } | { kind: 'loseDatabase' };

export interface History {
	initial: number;
	steps: Step[];
}

const json = { 'content-type': 'application/json' };

const FAULTS = {
	reset: { kind: 'reset' },
	badGateway: { kind: 'badGateway' },
	truncate: { kind: 'truncate' },
	cutJson: { kind: 'cutJson' },
	slowDown: { kind: 'respond', status: 403, headers: { 'retry-after': '5' }, body: { message: 'You have exceeded a secondary rate limit.' } },
	rateLimit: { kind: 'respond', status: 200, headers: json, body: { errors: [{ type: 'RATE_LIMIT', code: 'graphql_rate_limit', message: 'API rate limit exceeded' }] } },
	unauthorized: { kind: 'respond', status: 401, headers: json, body: { message: 'Bad credentials' } },
	tooHeavy: { kind: 'respond', status: 200, headers: json, body: { data: null, errors: [{ type: 'RESOURCE_LIMITS_EXCEEDED', message: 'Resource limits for this query exceeded.' }] } },
} satisfies Record<string, FaultAction>;

type Target = { name: string; number: number; world: World; value: number };
const LABELS = ['bug', 'needs, "work"', 'バグ', '🚢'];
const PEOPLE = ['octo-ada', 'octo-bea', 'octo-cal'];
const of = <T>(items: readonly T[], index: number): T => items[index % items.length] as T;
const isOpen = ({ world, name, number }: Target) => world.pullRequest(name, number).state === 'OPEN';
const checkName = (value: number) => `check-${value % 3}`;

/** What can happen to one pull request. */
const EDITS = {
	editTitle: ({ world, name, number, value }: Target) => world.editTitle(name, number, `Title ${value}`),
	editBody: ({ world, name, number, value }: Target) => world.editBody(name, number, `Body ${value}`),
	comment: ({ world, name, number }: Target) => world.comment(name, number),
	addLabel: ({ world, name, number, value }: Target) => world.addLabel(name, number, of(LABELS, value)),
	removeLabel: ({ world, name, number, value }: Target) => {
		const label = of(LABELS, value);
		if (world.findLabel(name, label)) {
			world.removeLabel(name, number, label);
		}
	},
	renameLabel: ({ world, name, value }: Target) => {
		const label = of([...world.repository(name).labels, undefined], value);
		if (label && !world.findLabel(name, `renamed-${value}`)) {
			world.renameLabel(name, label.name, `renamed-${value}`);
		}
	},
	recolourLabel: ({ world, name, value }: Target) => {
		const label = of([...world.repository(name).labels, undefined], value);
		if (label) {
			world.recolourLabel(name, label.name, (value % 0xffffff).toString(16).padStart(6, '0'));
		}
	},
	deleteLabel: ({ world, name, value }: Target) => {
		const label = of([...world.repository(name).labels, undefined], value);
		if (label) {
			world.deleteLabel(name, label.name);
		}
	},
	setMilestone: ({ world, name, number, value }: Target) => {
		const milestone = of([...world.repository(name).milestones, null], value) ?? world.createMilestone(name, { title: `Milestone ${value % 2}` });
		world.setMilestone(name, number, value % 5 === 0 ? null : milestone.number);
	},
	editMilestone: ({ world, name, value }: Target) => {
		const milestone = of([...world.repository(name).milestones, undefined], value);
		if (milestone) {
			world.editMilestone(name, milestone.number, { title: `Milestone ${value}`, dueOn: '2026-09-01T07:00:00Z' });
		}
	},
	closeMilestone: ({ world, name, value }: Target) => {
		const milestone = of([...world.repository(name).milestones, undefined], value);
		if (milestone) {
			world.closeMilestone(name, milestone.number);
		}
	},
	deleteMilestone: ({ world, name, value }: Target) => {
		const milestone = of([...world.repository(name).milestones, undefined], value);
		if (milestone) {
			world.deleteMilestone(name, milestone.number);
		}
	},
	assign: ({ world, name, number, value }: Target) => world.assign(name, number, of(PEOPLE, value)),
	unassign: ({ world, name, number, value }: Target) => world.unassign(name, number, of(PEOPLE, value)),
	requestReview: ({ world, name, number, value }: Target) => world.requestReview(name, number, of([...PEOPLE, 'octo/crew', 'octo/dock', 'octo/pier'], value)),
	addReview: ({ world, name, number, value }: Target) =>
		void world.addReview(name, number, of([...PEOPLE, null], value), of(['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED'] as const, value), `Review ${value}`),
	pushCommit: ({ world, name, number, value }: Target) => void world.pushCommit(name, number, [{ path: `src/${value}.ts` }], `Commit ${value}`),
	setDraft: ({ world, name, number, value }: Target) => world.setDraft(name, number, value % 2 === 0),
	close: (target: Target) => isOpen(target) && target.world.close(target.name, target.number),
	reopen: ({ world, name, number }: Target) => world.pullRequest(name, number).state === 'CLOSED' && world.reopen(name, number),
	merge: (target: Target) => isOpen(target) && target.world.merge(target.name, target.number),
	linkIssue: ({ world, name, number, value }: Target) => void world.linkIssue(name, number, 1_000 + (value % 7)),
	// Checks of a closed pull request that had settled are out of anybody's sight; they begin while it is open.
	addCheck: (target: Target) => isOpen(target) && target.world.addCheck(target.name, target.number, { name: checkName(target.value), status: 'IN_PROGRESS', conclusion: null }),
	rerunCheck: (target: Target) => {
		if (isOpen(target) && checksOf(target).some(({ name }) => name === checkName(target.value))) {
			target.world.rerunCheck(target.name, target.number, checkName(target.value));
		}
	},
	settleCheck: (target: Target) => {
		const running = checksOf(target).filter(({ conclusion }) => conclusion === null).at(-1);
		if (running) {
			target.world.setCheck(target.name, target.number, running.name, { status: 'COMPLETED', conclusion: target.value % 2 ? 'SUCCESS' : 'FAILURE' });
		}
	},
	create: ({ world, name, value }: Target) => void world.createPullRequest(name, { title: `New ${value}`, author: value % 4 === 0 ? null : 'octo-author' }),
	remove: ({ world, name, number }: Target) => world.removePullRequest(name, number),
	// As a bot does: more at once than a probe shows.
	labelMany: ({ world, name, value }: Target) => {
		for (const number of [...world.repository(name).pullRequests.keys()].slice(0, 90)) {
			world.addLabel(name, number, of(LABELS, value));
		}
	},
	pushBranch: ({ world, name }: Target) => world.pushBranch(name),
	renameRepository: ({ world, name, value }: Target) => {
		const to = `octo/harbor-${value % 50}`;
		if (value % 4 === 0 && !world.findRepository(to)) {
			world.renameRepository(name, to);
		}
	},
};

function checksOf({ world, name, number }: Target) {
	const { repository, headRefOid } = world.pullRequest(name, number);
	return repository.checksOf(headRefOid).flatMap((check) => ('conclusion' in check ? [check] : []));
}

const edit: fc.Arbitrary<Edit> = fc.record({
	kind: fc.constantFrom(...(Object.keys(EDITS) as (keyof typeof EDITS)[])),
	pick: fc.nat(1_000),
	value: fc.nat(100_000),
});

const sync: fc.Arbitrary<Sync> = fc.record({
	kind: fc.constant('sync' as const),
	during: fc.array(fc.record({ at: fc.integer({ min: 1, max: 8 }), edit }), { maxLength: 4 }),
	fault: fc.option(fc.record({ at: fc.integer({ min: 1, max: 8 }), name: fc.constantFrom(...(Object.keys(FAULTS) as (keyof typeof FAULTS)[])) }), { freq: 3 }),
	killAt: fc.option(fc.integer({ min: 1, max: 8 }), { freq: 4 }),
	cancelAt: fc.option(fc.integer({ min: 1, max: 8 }), { freq: 6 }),
	maxPullRequests: fc.option(fc.integer({ min: 1, max: 60 }), { freq: 4 }),
	wrongBy: fc.constantFrom(0, 0, -7_200_000, 86_400_000),
});

// A wait of 0: the next thing happens in the same second.
const wait = fc.record({ kind: fc.constant('wait' as const), seconds: fc.constantFrom(0, 1, 1, 2, 60, 400) });

const lostDatabase = fc.constant({ kind: 'loseDatabase' as const });

export const history: fc.Arbitrary<History> = fc.record({
	// Mostly few, so that much happens to each; sometimes more than a page.
	initial: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 12 }) }, { weight: 2, arbitrary: fc.integer({ min: 95, max: 130 }) }),
	steps: fc.array(fc.oneof({ weight: 8, arbitrary: edit }, { weight: 3, arbitrary: wait }, { weight: 3, arbitrary: sync }, { weight: 1, arbitrary: lostDatabase }), { minLength: 4, maxLength: 40 }),
});

/** Plays a history, and then syncs once more with nothing in the way. */
export async function play(h: SyncHarness, { initial, steps }: History): Promise<string> {
	h.createPullRequests(initial);
	for (const step of steps) {
		if (step.kind === 'wait') {
			h.later(step.seconds);
		} else if (step.kind === 'loseDatabase') {
			await h.forgetProcess();
			await rm(join(h.storage, 'prs.sqlite'), { force: true });
		} else if (step.kind === 'sync') {
			await runSync(h, step);
		} else {
			apply(h.world, step);
		}
	}
	h.server.clearFaults();
	h.clock.wrongBy = 0;
	await h.seed({}, presentName(h.world));
	return presentName(h.world);
}

function presentName(world: World): string {
	return world.repositories[0]?.nameWithOwner ?? REPO;
}

function apply(world: World, { kind, pick, value }: Edit): void {
	const name = presentName(world);
	const numbers = [...world.repository(name).pullRequests.keys()];
	if (numbers.length > 0 || kind === 'create') {
		EDITS[kind]({ world, name, number: numbers[pick % numbers.length] ?? 0, value });
	}
}

async function runSync(h: SyncHarness, step: Sync): Promise<void> {
	const controller = new AbortController();
	h.signal = controller.signal;
	h.clock.wrongBy = step.wrongBy;
	for (const { at, edit: change } of step.during) {
		h.server.after(at, (world) => apply(world, change));
	}
	if (step.fault) {
		h.server.addFault({ ...FAULTS[step.fault.name], match: step.fault.at });
	}
	if (step.cancelAt !== null) {
		h.server.before(step.cancelAt, () => controller.abort());
	}
	if (step.killAt !== null) {
		h.files = mortal(h, step.killAt);
		await h.forgetProcess();
	}
	await h.trySeed({ waitForReset: step.maxPullRequests !== 3, ...(step.maxPullRequests === null ? {} : { maxPullRequests: step.maxPullRequests }) }, presentName(h.world)).catch(() => undefined);
	h.server.clearFaults();
	h.server.clearChanges();
	h.signal = undefined;
	if (step.killAt !== null) {
		h.files = nodeFiles;
		await h.forgetProcess();
		await dropLocks(h);
	}
}

/** A file system that stops answering with the n-th request, as it would for a process that was killed. */
function mortal(h: SyncHarness, killAt: number): FilePort {
	let dead = false;
	h.server.before(killAt, () => {
		dead = true;
	});
	return new Proxy<FilePort>(nodeFiles, {
		get(target, name) {
			if (dead) {
				return () => Promise.reject(new Error('The process is dead.'));
			}
			return Reflect.get(target, name) as unknown;
		},
	});
}

/** The locks of a process that is gone are nobody's; here the process lives on, so they have to be taken away. */
async function dropLocks(h: SyncHarness): Promise<void> {
	const folders = new CacheFolders(nodeFiles, h.storage);
	for (const ref of await folders.list()) {
		await rm(join(await folders.find(parseRepository(nameWithOwner(ref), ref.host)), 'lease.json'), { force: true });
	}
	await rm(join(h.storage, 'prs.sqlite.lock'), { force: true });
}
