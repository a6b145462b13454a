import fc from 'fast-check';
import type { PullRequest } from '../../../github-server/model';
import { renameAccount } from '../../../github-server/renameAccount';
import type { World } from '../../../github-server/world';
import { REPO } from '../syncHarness';
import type { Debts } from './debts';

/** Something that people, or GitHub, do to the repository. `pick` chooses the pull request, label, … of those there are. */
export interface Edit {
	kind: EditKind;
	pick: number;
	value: number;
}

/** Who is called what by now: accounts take other logins and are deleted. The first one has written what was there at the beginning. */
export type Cast = string[];

export function firstCast(): Cast {
	return ['octo-author', 'octo-ada', 'octo-bea', 'octo-cal'];
}

interface Target {
	name: string;
	number: number;
	world: World;
	value: number;
	cast: Cast;
	debts: Debts;
}

const LABELS = ['bug', 'needs, "work"', 'バグ', '🚢'];
const TEAMS = ['octo/crew', 'octo/dock', 'octo/pier'];
/** More at once than are believed to be gone. */
const MANY = 12;
/** Logins are the same account in every history, so that nobody takes one twice. */
let logins = 0;

const of = <T>(items: readonly T[], index: number): T => items[index % items.length] as T;
/** Any one, or one of the last few, which of a long list nobody sees at first; none where there is none. */
const ofEndsOf = <T>(items: readonly T[], index: number): T | undefined => of<T | undefined>(index % 2 === 0 ? [...items, undefined] : items.slice(-5), index >> 1);
const pullRequestOf = ({ world, name, number }: Target) => world.pullRequest(name, number);
const isOpen = (target: Target) => pullRequestOf(target).state === 'OPEN';
const checkName = (value: number) => `check-${value % 3}`;
const labelOf = ({ world, name, value }: Target) => ofEndsOf([...world.repository(name).labels], value);
const milestoneOf = ({ world, name, value }: Target) => ofEndsOf([...world.repository(name).milestones], value);

/** What can happen to one pull request, or to the repository. */
const EDITS = {
	editTitle: ({ world, name, number, value }: Target) => world.editTitle(name, number, `Title ${value}`),
	editBody: ({ world, name, number, value }: Target) => world.editBody(name, number, `Body ${value}`),
	comment: ({ world, name, number }: Target) => world.comment(name, number),
	addLabel: ({ world, name, number, value }: Target) => world.addLabel(name, number, of(LABELS, value)),
	/** Of those that are there already, the last ones too. */
	addKnownLabel: (target: Target) => {
		const label = labelOf(target);
		if (label) target.world.addLabel(target.name, target.number, label.name);
	},
	removeLabel: ({ world, name, number, value }: Target) => {
		if (world.findLabel(name, of(LABELS, value))) world.removeLabel(name, number, of(LABELS, value));
	},
	renameLabel: (target: Target) => {
		const { world, name, value } = target;
		const label = labelOf(target);
		if (label && !world.findLabel(name, `renamed-${value}`)) world.renameLabel(name, label.name, `renamed-${value}`);
	},
	recolourLabel: (target: Target) => {
		const label = labelOf(target);
		if (label) target.world.recolourLabel(target.name, label.name, (target.value % 0xffffff).toString(16).padStart(6, '0'));
	},
	deleteLabel: (target: Target) => {
		const label = labelOf(target);
		if (label) target.world.deleteLabel(target.name, label.name);
	},
	/** As many as before. */
	replaceLabel: (target: Target) => {
		const { world, name, value } = target;
		const label = labelOf(target);
		if (label && !world.findLabel(name, `instead-${value}`)) {
			world.deleteLabel(name, label.name);
			world.createLabel(name, `instead-${value}`);
		}
	},
	setMilestone: ({ world, name, number, value }: Target) => {
		const milestone = of([...world.repository(name).milestones, null], value) ?? world.createMilestone(name, { title: `Milestone ${value % 2}` });
		world.setMilestone(name, number, value % 5 === 0 ? null : milestone.number);
	},
	editMilestone: (target: Target) => {
		const milestone = milestoneOf(target);
		if (milestone) target.world.editMilestone(target.name, milestone.number, { title: `Milestone ${target.value}`, dueOn: '2026-09-01T07:00:00Z' });
	},
	closeMilestone: (target: Target) => {
		const milestone = milestoneOf(target);
		if (milestone) target.world.closeMilestone(target.name, milestone.number);
	},
	deleteMilestone: (target: Target) => {
		const milestone = milestoneOf(target);
		if (milestone) target.world.deleteMilestone(target.name, milestone.number);
	},
	assign: ({ world, name, number, value, cast }: Target) => world.assign(name, number, of(cast, value)),
	unassign: ({ world, name, number, value, cast }: Target) => world.unassign(name, number, of(cast, value)),
	requestReview: ({ world, name, number, value, cast }: Target) => world.requestReview(name, number, of([...cast, ...TEAMS], value)),
	addReview: ({ world, name, number, value, cast }: Target) =>
		void world.addReview(name, number, of([...cast, null], value), of(['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED'] as const, value), `Review ${value}`),
	removeReviewRequest: ({ world, name, number, value, cast }: Target) => world.removeReviewRequest(name, number, of([...cast, ...TEAMS], value)),
	hideEvent: ({ world, name, number }: Target) => {
		// Nothing shows that it was hidden later.
		const { timeline, updatedAt } = world.pullRequest(name, number);
		if (timeline?.at(-1)?.createdAt === updatedAt) world.hideEvent(name, number);
	},
	startThread: ({ world, name, number }: Target) => void world.startThread(name, number),
	resolveThread: (target: Target) => {
		const { world, name, number, value } = target;
		const threads = pullRequestOf(target).reviewThreads ?? [];
		const thread = of([...threads, undefined], value);
		if (thread) world.resolveThread(name, number, thread.id, !thread.isResolved);
	},
	setConflict: ({ world, name, number, value }: Target) => world.setConflict(name, number, value % 2 === 0),
	pushBase: ({ world, name }: Target) => world.pushBase(name),
	enqueue: (target: Target) => isOpen(target) && !pullRequestOf(target).mergeQueueEntry && target.world.enqueue(target.name, target.number),
	dequeue: ({ world, name, number }: Target) => world.dequeue(name, number),
	setAutoMerge: (target: Target) => isOpen(target) && target.world.setAutoMerge(target.name, target.number, target.value % 2 === 0 ? 'SQUASH' : null),
	// Of a closed one only a verify sees these.
	setAssociation: (target: Target) => {
		target.world.setAssociation(target.name, target.number, of(['MEMBER', 'CONTRIBUTOR', 'NONE'], target.value));
		if (!isOpen(target)) target.debts.owe('verify');
	},
	deleteFork: (target: Target) => {
		target.world.deleteFork(target.name, target.number);
		if (!isOpen(target)) target.debts.owe('verify');
	},
	pushCommit: ({ world, name, number, value }: Target) => void world.pushCommit(name, number, [{ path: `src/${value}.ts` }], `Commit ${value}`),
	setDraft: ({ world, name, number, value }: Target) => world.setDraft(name, number, value % 2 === 0),
	close: (target: Target) => isOpen(target) && target.world.close(target.name, target.number),
	reopen: (target: Target) => pullRequestOf(target).state === 'CLOSED' && target.world.reopen(target.name, target.number),
	merge: (target: Target) => isOpen(target) && target.world.merge(target.name, target.number),
	linkIssue: ({ world, name, number, value }: Target) => void world.linkIssue(name, number, 1_000 + (value % 7)),
	linkForeignIssue: ({ world, name, number, value }: Target) => void world.linkIssue(name, number, 1_000 + (value % 7), `Theirs ${value}`, 'octo/tracker'),
	retitleIssue: (target: Target) => {
		const issue = of([...target.world.repository(target.name).rowsOf(pullRequestOf(target)).closingIssues, undefined], target.value);
		if (issue) {
			issue.title = `Retitled ${target.value}`;
			target.debts.owe('verify');
		}
	},
	// Checks of a closed pull request that had settled are out of sight; they begin while it is open, or a verify has to look.
	addCheck: (target: Target) => {
		target.world.addCheck(target.name, target.number, { name: checkName(target.value), status: 'IN_PROGRESS', conclusion: null });
		if (!isOpen(target)) target.debts.owe('verify');
	},
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
	// Only a refresh sees that a status was posted again as it was: the states are counted.
	setStatus: (target: Target) => {
		const state = of(['PENDING', 'SUCCESS', 'FAILURE'] as const, target.value);
		const { repository, headRefOid } = pullRequestOf(target);
		const isRepeated = repository.checksOf(headRefOid).some((check) => 'context' in check && check.context === checkName(target.value) && check.state === state);
		if (isOpen(target)) {
			target.world.setStatus(target.name, target.number, checkName(target.value), state);
			if (isRepeated) target.debts.owe('refresh');
		}
	},
	create: ({ world, name, value, cast }: Target) => void world.createPullRequest(name, { title: `New ${value}`, author: of([...cast, null], value) }),
	remove: (target: Target) => {
		const { world, name, number } = target;
		const { pullRequests } = world.repository(name);
		// That a repository with many shows none at all is not believed.
		if (pullRequests.size > 1 || !target.debts.hasHadMany) {
			world.removePullRequest(name, number);
			target.debts.removed(1);
		}
	},
	removeMany: ({ world, name, value, debts }: Target) => {
		const numbers = [...world.repository(name).pullRequests.keys()];
		if (value % 4 === 0 && numbers.length > MANY) {
			numbers.slice(0, MANY).forEach((number) => world.removePullRequest(name, number));
			debts.removed(MANY);
		}
	},
	// As a bot does: more at once than a probe shows.
	labelMany: ({ world, name, value }: Target) => {
		for (const number of [...world.repository(name).pullRequests.keys()].slice(0, 90)) {
			world.addLabel(name, number, of(LABELS, value));
		}
	},
	pushBranch: ({ world, name }: Target) => world.pushBranch(name),
	renameRepository: ({ world, name, value }: Target) => {
		const to = `octo/harbor-${value % 50}`;
		if (value % 4 === 0 && !world.findRepository(to)) world.renameRepository(name, to);
	},
	renameAccount: (target: Target) => {
		const { world, value, cast, debts } = target;
		const from = of(cast, value);
		const to = `octo-renamed-${++logins}`;
		renameAccount(world, from, to);
		debts.oweOneOf(() => (isInSight(world, to) ? 'verify' : 'refresh'));
		cast[value % cast.length] = to;
	},
	/** Whoever comes in the place of a deleted account is somebody else. */
	deleteAccount: (target: Target) => {
		const { world, name, number, cast, debts } = target;
		const { author } = pullRequestOf(target);
		if (author && cast.includes(author.login)) {
			debts.owe(isElsewhere(target, author.login) ? 'refresh' : 'verify');
			world.ghostAuthor(name, number);
			cast[cast.indexOf(author.login)] = `octo-new-${++logins}`;
		}
	},
};

function checksOf(target: Target) {
	const { repository, headRefOid } = pullRequestOf(target);
	return repository.checksOf(headRefOid).flatMap((check) => ('conclusion' in check ? [check] : []));
}

/** A verify looks at authors, assignees, reviewers, who merged and who wrote one of a few reviews; who is seen once is called so everywhere. */
function isInSight(world: World, login: string): boolean {
	return [...world.repository(presentName(world)).pullRequests.values()].some((one) => isSeenOn(one, login));
}

/** Whether some pull request names the account where a verify does not look. */
function isElsewhere({ world, name }: Target, login: string): boolean {
	const repository = world.repository(name);
	return [...repository.pullRequests.values()].some((one) => {
		const { reviews, commits } = repository.rowsOf(one);
		const events = (one.timeline ?? []).flatMap(({ actor, requestedReviewer }) => [actor, requestedReviewer]);
		const named = [...[...reviews, ...commits].map(({ author }) => author), ...events];
		return named.some((account) => account !== null && 'login' in account && account.login === login) && !isSeenOn(one, login);
	});
}

/** Of longer lists a verify compares none. */
const NAMES_COMPARED = 20;

function isSeenOn(one: PullRequest, login: string): boolean {
	const { reviewRequests, reviews } = one.repository.rowsOf(one);
	const asked = reviewRequests.flatMap(({ reviewer }) => reviewer ?? []);
	const reviewers = reviews.length > NAMES_COMPARED ? [] : reviews.map(({ author }) => author);
	return [one.author, one.mergedBy, ...one.assignees, ...asked, ...reviewers].some((seen) => seen !== null && 'login' in seen && seen.login === login);
}

export type EditKind = keyof typeof EDITS;
export const EDIT_KINDS = Object.keys(EDITS) as EditKind[];

export function edit(kinds: readonly EditKind[]): fc.Arbitrary<Edit> {
	return fc.record({ kind: fc.constantFrom(...kinds), pick: fc.nat(1_000), value: fc.nat(100_000) });
}

export function presentName(world: World): string {
	return world.repositories[0]?.nameWithOwner ?? REPO;
}

export function apply(world: World, { kind, pick, value }: Edit, cast: Cast, debts: Debts): void {
	const name = presentName(world);
	const numbers = [...world.repository(name).pullRequests.keys()];
	if (numbers.length > 0 || kind === 'create') {
		EDITS[kind]({ world, name, number: numbers[pick % numbers.length] ?? 0, value, cast, debts });
	}
}
