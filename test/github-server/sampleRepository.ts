import { actor, team } from './actors';
import {
	buildCheckRun, buildCommit, buildFile, buildIssue, buildLabel, buildMilestone, buildPullRequest, buildReview, buildReviewRequest, buildStatus,
} from './builders';
import { checkSuite } from './checkSuites';
import { isoSeconds } from './clock';
import { stableOid } from './identifiers';
import type { Actor, Check, PullRequest, PullRequestState, ReviewState } from './model';
import { Random } from './random';
import { Repository } from './repository';
import * as content from './sampleContent';

const day = 86_400_000;

/** The repositories of the demo: {@link sampleRepository} and two small ones. */
export function sampleRepositories(now: number): Repository[] {
	return [
		sampleRepository(now),
		new SampleMaker('octo-sample/lighthouse', now, 7, 'The public status page of Harbor.').fill(24),
		new SampleMaker('octo-sample/buoy-firmware', now, 11, null).fill(9),
	];
}

/**
 * `octo-sample/harbor`: about 300 pull requests of a product that does not exist, the same for the same `now`.
 * Unusual ones are found by branch, {@link samplePullRequest}: `case/large` has 130 commits, 320 files, 40 reviews, 120 checks and 12 assignees;
 * `case/no-files`, `case/ghost`, `case/bot`, `case/every-check`, `case/every-review` and those of `unusualTitles` are what they say.
 * Ids of its rows begin below 2^31 and pass it on the way.
 * @param now milliseconds since 1970; every date lies before it
 */
export function sampleRepository(now: number): Repository {
	const maker = new SampleMaker('octo-sample/harbor', now, 3, 'Plans berths, cranes and tides.', 2 ** 31 - 1500);
	maker.fill(285);
	maker.addCases();
	return maker.repository;
}

/** @throws Error when there is none. */
export function samplePullRequest(repository: Repository, name: string): PullRequest {
	for (const pullRequest of repository.pullRequests.values()) if (pullRequest.headRefName === `case/${name}`) return pullRequest;
	throw new Error(`The sample has no case ${name}.`);
}

interface Size {
	readonly commits: number;
	readonly files: number;
	readonly reviews: number;
	readonly checks: number;
}

class SampleMaker {
	readonly repository: Repository;
	readonly #now: number;
	readonly #random: Random;
	readonly #pick = <T>(items: readonly T[]): T => this.#random.pick(items);

	constructor(name: string, now: number, seed: number, description: string | null, firstDatabaseId?: number) {
		this.#now = now;
		this.#random = new Random(seed);
		const createdAt = isoSeconds(now - 420 * day);
		this.repository = new Repository(name, { createdAt, description, ...(firstDatabaseId !== undefined && { firstDatabaseId }) });
		for (const label of content.labels) this.repository.labels.push(buildLabel(this.repository, createdAt, ...label));
		for (const { title, dueInDays, closed, description: text } of content.milestones) {
			// GitHub keeps a due date as the start of a day in the Pacific time zone.
			const dueOn = dueInDays === null ? null : `${isoSeconds(now + dueInDays * day).slice(0, 10)}T07:00:00Z`;
			const state = closed ? 'CLOSED' : 'OPEN';
			this.repository.milestones.push(buildMilestone(this.repository, createdAt, { title, dueOn, state, closedAt: closed ? dueOn : null, description: text ?? null }));
		}
	}

	/** Ordinary pull requests over the last 400 days, oldest first. */
	fill(count: number): Repository {
		for (let index = 0; index < count; index++) {
			const age = (400 * (count - index)) / count;
			// Issues take numbers too.
			if (this.#random.chance(0.2)) this.#addIssue(age);
			this.#addOrdinary(age);
		}
		this.#finish();
		return this.repository;
	}

	addCases(): void {
		const none: Size = { commits: 1, files: 1, reviews: 0, checks: 0 };
		for (const [name, title] of Object.entries(content.unusualTitles)) this.#add(8, { headRefName: `case/${name}`, title, author: actor('pia-keel') }, none);
		const large = this.#add(6, { headRefName: 'case/large', title: 'Move the whole planner to the new store' }, { commits: 130, files: 320, reviews: 40, checks: 120 });
		large.assignees = content.people.map((login) => actor(login));
		large.labels = this.repository.labels.slice(0, 12);
		this.#add(40, { headRefName: 'case/no-files', title: 'Revert of a revert', state: 'MERGED' }, { ...none, commits: 2, files: 0 });
		this.#add(30, { headRefName: 'case/ghost', title: 'Left behind', author: null }, none);
		this.#add(3, { headRefName: 'case/bot', title: 'Bump tide-tables from 4.1.0 to 4.2.0', author: actor(content.bot, 'Bot') }, none);
		const checked = this.#add(2, { headRefName: 'case/every-check', title: 'Try every state that a check can have' }, none);
		this.#addEveryCheck(checked);
		const reviewed = this.#add(2, { headRefName: 'case/every-review', title: 'Try every state that a review can have' }, none);
		this.#addEveryReview(reviewed);
		this.#finish();
	}

	#addOrdinary(age: number): void {
		const random = this.#random;
		const chance = random.next();
		const state: PullRequestState = age < 90 ? (chance < 0.75 ? 'OPEN' : chance < 0.95 ? 'MERGED' : 'CLOSED') : chance < 0.08 ? 'OPEN' : chance < 0.88 ? 'MERGED' : 'CLOSED';
		const author = random.chance(0.04) ? null : random.chance(0.1) ? actor(content.bot, 'Bot') : actor(random.pick(content.people));
		const size: Size = { commits: random.between(1, 6), files: random.between(1, 12), reviews: random.between(0, 4), checks: random.between(0, 7) };
		const pullRequest = this.#add(age, { state, author, isDraft: state === 'OPEN' && random.chance(0.2) }, size);
		const { labels, milestones } = this.repository;
		pullRequest.labels = random.some(labels.slice(0, -1), random.pick([0, 0, 1, 1, 1, 2, 3]));
		const fitting = milestones.filter((one) => state !== 'OPEN' || one.state === 'OPEN');
		if (random.chance(0.65)) pullRequest.milestone = random.pick(fitting);
		pullRequest.assignees = random.some(content.people, random.pick([0, 1, 1, 1, 2, 3])).map((login) => actor(login));
	}

	#add(age: number, values: Partial<PullRequest>, size: Size): PullRequest {
		const random = this.#random;
		const { repository } = this;
		const created = this.#now - age * day - random.between(0, 80_000_000);
		const number = repository.nextNumber();
		const pullRequest = buildPullRequest(repository, isoSeconds(created), {
			number,
			title: content.title(this.#pick),
			body: `## Why\nThe port asked for it.\n\n- [x] tried on the test quay\n- [ ] told the pilots`,
			headRefName: `${random.pick(content.people)}/change-${number}`,
			headRefOid: stableOid(`${repository.nameWithOwner}#${number}`),
			author: actor(random.pick(content.people)),
			authorAssociation: random.pick(['MEMBER', 'CONTRIBUTOR', 'FIRST_TIME_CONTRIBUTOR']),
			commentCount: random.between(0, 9),
			...values,
		});
		const end = Math.min(this.#now - 60_000, created + random.between(1, 12) * day);
		if (pullRequest.state !== 'OPEN') {
			pullRequest.closedAt = isoSeconds(end);
			if (pullRequest.state === 'MERGED') {
				pullRequest.mergedAt = pullRequest.closedAt;
				pullRequest.mergedBy = actor(random.pick(content.people));
			}
		}
		pullRequest.updatedAt = isoSeconds(end);
		repository.addPullRequest(pullRequest);
		this.#addRows(pullRequest, size, created, end);
		return pullRequest;
	}

	#addRows(pullRequest: PullRequest, size: Size, created: number, end: number): void {
		const random = this.#random;
		const { repository } = this;
		const rows = repository.editableRows(pullRequest);
		const time = (index: number, count: number): string => isoSeconds(created + ((end - created) * index) / (count + 1));
		for (let index = 0; index < size.commits; index++) {
			const oid = index === size.commits - 1 ? pullRequest.headRefOid : stableOid(`${pullRequest.headRefOid}/${index}`);
			const values = { oid, message: `${content.title(this.#pick)}\n\nStep ${index + 1}.`, author: pullRequest.author, additions: random.between(0, 90), deletions: random.between(0, 40) };
			rows.commits.push(buildCommit(time(index, size.commits), values));
		}
		for (let index = 0; index < size.files; index++) {
			const changeType = random.pick(['ADDED', 'MODIFIED', 'MODIFIED', 'MODIFIED', 'DELETED', 'RENAMED'] as const);
			rows.files.push(buildFile(content.filePath(this.#pick, index), { additions: random.between(0, 200), deletions: random.between(0, 90), changeType }));
		}
		pullRequest.changedFiles = size.files;
		pullRequest.additions = rows.files.reduce((sum, file) => sum + file.additions, 0);
		pullRequest.deletions = rows.files.reduce((sum, file) => sum + file.deletions, 0);
		for (let index = 0; index < size.reviews; index++) {
			const state: ReviewState = random.pick(['COMMENTED', 'COMMENTED', 'APPROVED', 'CHANGES_REQUESTED', 'DISMISSED']);
			const body = random.chance(0.5) ? '' : 'The tide offset looks one hour off here.';
			rows.reviews.push(buildReview(repository, time(index, size.reviews), { state, body, author: this.#reviewer(), commitOid: pullRequest.headRefOid }));
		}
		const requested: (Actor | ReturnType<typeof team>)[] = random.some(content.people, random.pick([0, 0, 1, 2])).map((login) => actor(login));
		if (random.chance(0.15)) requested.push(team(random.pick(content.teams)));
		if (pullRequest.state === 'OPEN') for (const reviewer of requested) rows.reviewRequests.push(buildReviewRequest(repository, reviewer));
		const issues = [...repository.issues.values()];
		if (issues.length > 0 && random.chance(0.4)) rows.closingIssues.push(...random.some(issues, random.between(1, 2)));
		this.#addChecks(pullRequest, size.checks, end);
	}

	/** Some names run twice: the first run is superseded. */
	#addChecks(pullRequest: PullRequest, count: number, end: number): void {
		if (count === 0) return;
		const random = this.#random;
		const checks: Check[] = this.repository.editableChecks(pullRequest.headRefOid);
		const suite = checkSuite(this.repository, pullRequest.headRefOid);
		for (let index = 0; index < count; index++) {
			const round = Math.floor(index / content.checkNames.length);
			const name = `${content.checkNames[index % content.checkNames.length] ?? 'build'}${round === 0 ? '' : ` (${round})`}`;
			const startedAt = isoSeconds(end - random.between(600, 3000) * 1000);
			const completedAt = isoSeconds(end - random.between(1, 500) * 1000);
			if (random.chance(0.1)) checks.push(buildCheckRun(suite, { name, conclusion: 'FAILURE', startedAt, completedAt: startedAt }));
			const isRunning = pullRequest.state === 'OPEN' && random.chance(0.08);
			checks.push(isRunning
				? buildCheckRun(suite, { name, status: 'IN_PROGRESS', startedAt })
				: buildCheckRun(suite, { name, conclusion: random.pick(['SUCCESS', 'SUCCESS', 'SUCCESS', 'SUCCESS', 'FAILURE', 'SKIPPED', 'NEUTRAL']), startedAt, completedAt }));
		}
		if (random.chance(0.3)) checks.push(buildStatus(this.repository, isoSeconds(end), { context: 'coverage/quay', description: 'Covered', creator: actor(content.bot, 'Bot') }));
	}

	#addEveryCheck(pullRequest: PullRequest): void {
		const checks = this.repository.editableChecks(pullRequest.headRefOid);
		const suite = checkSuite(this.repository, pullRequest.headRefOid);
		const startedAt = pullRequest.createdAt;
		for (const [status, conclusion] of content.runOutcomes) {
			const name = `as ${(conclusion ?? status).toLowerCase()}`;
			checks.push(buildCheckRun(suite, { name, status, conclusion, startedAt: status === 'QUEUED' ? null : startedAt, completedAt: conclusion && startedAt }));
		}
		for (const conclusion of ['FAILURE', 'CANCELLED', 'SUCCESS'] as const) checks.push(buildCheckRun(suite, { name: 'run three times', conclusion, startedAt, completedAt: startedAt }));
		for (const state of content.statusStates) checks.push(buildStatus(this.repository, startedAt, { context: `status/${state.toLowerCase()}`, state }));
		// The same context twice: only the newer one counts.
		checks.push(buildStatus(this.repository, startedAt, { context: 'status/pending', state: 'SUCCESS', description: 'Done after all' }));
	}

	#addEveryReview(pullRequest: PullRequest): void {
		const { reviews, reviewRequests } = this.repository.editableRows(pullRequest);
		const states: readonly ReviewState[] = ['COMMENTED', 'APPROVED', 'CHANGES_REQUESTED', 'DISMISSED', 'PENDING'];
		states.forEach((state, index) => reviews.push(buildReview(this.repository, pullRequest.updatedAt, { state, author: actor(content.people[index] ?? content.people[0]) })));
		reviews.push(buildReview(this.repository, pullRequest.updatedAt, { state: 'COMMENTED', author: null, body: 'From a deleted account' }));
		for (const slug of content.teams) reviewRequests.push(buildReviewRequest(this.repository, team(slug)));
		reviewRequests.push(buildReviewRequest(this.repository, actor(content.people.at(-1) ?? '')), buildReviewRequest(this.repository, null));
	}

	#addIssue(age: number): void {
		const createdAt = isoSeconds(this.#now - (age + 1) * day);
		const state = this.#random.chance(0.6) ? 'CLOSED' : 'OPEN';
		this.repository.addIssue(buildIssue(this.repository, createdAt, this.repository.nextNumber(), { title: `Trouble with ${content.title(this.#pick).toLowerCase()}`, state }));
	}

	#reviewer(): Actor | null {
		return this.#random.chance(0.03) ? null : actor(this.#random.pick(content.people));
	}

	#finish(): void {
		for (const pullRequest of this.repository.pullRequests.values()) {
			if (pullRequest.updatedAt > this.repository.updatedAt) this.repository.updatedAt = pullRequest.updatedAt;
		}
		this.repository.pushedAt = this.repository.updatedAt;
	}
}
