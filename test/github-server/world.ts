import { actor, reviewerNamed, userOrBot } from './actors';
import {
	buildCommit, buildFile, buildIssue, buildLabel, buildMilestone, buildPullRequest, buildReview, buildReviewRequest, buildTimelineEvent,
} from './builders';
import { stableOid } from './identifiers';
import type { Actor, ChangedFile, Issue, Label, Milestone, PullRequest, Review, ReviewRequest, ReviewState, TimelineEvent } from './model';
import { pacificMidnight } from './pacificTime';
import type { Repository } from './repository';
import { WorldLimits } from './worldLimits';

export interface NewPullRequest extends Partial<Pick<PullRequest, 'title' | 'body' | 'isDraft' | 'baseRefName' | 'headRefName' | 'headOwner' | 'number' | 'authorAssociation'>> {
	/** null: a deleted account. Absent: `octo-author`. A bot is `name[bot]`, here and wherever a login is wanted. */
	readonly author?: string | null;
	readonly files?: readonly Partial<ChangedFile>[];
}

export interface MilestoneValues extends Partial<Pick<Milestone, 'title' | 'dueOn' | 'description'>> {
	/** `2026-11-27`: the day that a person picks, in the place of `dueOn`. */
	readonly dueDay?: string;
}

/**
 * The world, changed as GitHub would change it. A method that moves a pull request's `updatedAt` says "bumps"; the others leave it,
 * as GitHub does for labels' and milestones' own edits, for checks, and for pushes to branches without a pull request.
 */
export class World extends WorldLimits {
	/** The pull request is new, with one commit. */
	createPullRequest(name: string, values: NewPullRequest = {}): PullRequest {
		const repository = this.repository(name);
		const { author, files, ...fields } = values;
		const pullRequest = buildPullRequest(repository, this.now(), { ...fields, author: author === null ? null : userOrBot(author ?? 'octo-author') });
		this.#push(pullRequest, files ?? [{}]);
		repository.addPullRequest(pullRequest);
		return pullRequest;
	}

	/** GitHub's staff can delete a pull request: it just vanishes. */
	removePullRequest(name: string, number: number): void {
		this.repository(name).removePullRequest(this.pullRequest(name, number));
	}

	/** Bumps. */
	editTitle(name: string, number: number, title: string): void {
		this.bump(name, number).title = title;
	}

	/** Bumps. */
	editBody(name: string, number: number, body: string): void {
		this.bump(name, number).body = body;
	}

	/** Bumps. */
	comment(name: string, number: number): void {
		this.bump(name, number).commentCount++;
	}

	/** Bumps. Makes the label when the repository has none of that name. */
	addLabel(name: string, number: number, labelName: string): void {
		const label = this.findLabel(name, labelName) ?? this.createLabel(name, labelName);
		const pullRequest = this.bump(name, number);
		if (!pullRequest.labels.includes(label)) pullRequest.labels = [...pullRequest.labels, label];
	}

	/** Bumps. */
	removeLabel(name: string, number: number, labelName: string): void {
		const label = this.label(name, labelName);
		const pullRequest = this.bump(name, number);
		pullRequest.labels = pullRequest.labels.filter((one) => one !== label);
	}

	/** Bumps. */
	setMilestone(name: string, number: number, milestoneNumber: number | null): void {
		const milestone = milestoneNumber === null ? null : this.milestone(name, milestoneNumber);
		this.bump(name, number).milestone = milestone;
	}

	/** Bumps. */
	assign(name: string, number: number, login: string): void {
		const pullRequest = this.bump(name, number);
		const assignee = userOrBot(login);
		if (!pullRequest.assignees.includes(assignee)) pullRequest.assignees = [...pullRequest.assignees, assignee];
	}

	/** Bumps. */
	unassign(name: string, number: number, login: string): void {
		const pullRequest = this.bump(name, number);
		pullRequest.assignees = pullRequest.assignees.filter((one) => one !== userOrBot(login));
	}

	/** Bumps. A reviewer with a slash is a team, `organization/slug`; with two an enterprise's, `enterprises/enterprise/slug`. */
	requestReview(name: string, number: number, reviewer: string): void {
		const pullRequest = this.bump(name, number);
		const wanted = reviewerNamed(reviewer);
		const { reviewRequests } = pullRequest.repository.editableRows(pullRequest);
		if (reviewRequests.some((request) => request.reviewer === wanted)) return;
		reviewRequests.push(buildReviewRequest(pullRequest.repository, wanted));
		this.#happened(pullRequest, 'ReviewRequestedEvent', wanted);
	}

	/** Bumps. */
	removeReviewRequest(name: string, number: number, reviewer: string): void {
		const pullRequest = this.bump(name, number);
		const unwanted = reviewerNamed(reviewer);
		const { reviewRequests } = pullRequest.repository.editableRows(pullRequest);
		const asked = reviewRequests.findIndex((request) => request.reviewer === unwanted);
		if (asked < 0) return;
		reviewRequests.splice(asked, 1);
		this.#happened(pullRequest, 'ReviewRequestRemovedEvent', unwanted);
	}

	/** From now on the newest row of the timeline is null. Bumps nothing. */
	hideEvent(name: string, number: number): void {
		const event = this.pullRequest(name, number).timeline?.at(-1);
		if (event) event.isHidden = true;
	}

	/** Bumps, unless pending: only its author sees that. A submitted review answers the request for it. */
	addReview(name: string, number: number, login: string | null, state: ReviewState = 'COMMENTED', body = ''): Review {
		const pullRequest = state === 'PENDING' ? this.pullRequest(name, number) : this.bump(name, number);
		const author = login === null ? null : userOrBot(login);
		const rows = pullRequest.repository.editableRows(pullRequest);
		const review = buildReview(pullRequest.repository, this.now(), { author, state, body, commitOid: pullRequest.headRefOid });
		rows.reviews.push(review);
		const asked = rows.reviewRequests.findIndex((request) => author !== null && request.reviewer === author);
		if (state !== 'PENDING' && asked >= 0) rows.reviewRequests.splice(asked, 1);
		return review;
	}

	/** Bumps, and the repository's `pushedAt` with it. The new head has no checks. @returns the new head's id */
	pushCommit(name: string, number: number, files: readonly Partial<ChangedFile>[] = [{}], message?: string): string {
		const pullRequest = this.bump(name, number);
		this.#push(pullRequest, files, message);
		return pullRequest.headRefOid;
	}

	/** Bumps. */
	setDraft(name: string, number: number, isDraft: boolean): void {
		const pullRequest = this.bump(name, number);
		if (pullRequest.isDraft === isDraft) return;
		pullRequest.isDraft = isDraft;
		this.#happened(pullRequest, isDraft ? 'ConvertToDraftEvent' : 'ReadyForReviewEvent');
	}

	/** Someone who has write access is a member from now on. Bumps nothing. */
	setAssociation(name: string, number: number, association: string): void {
		this.pullRequest(name, number).authorAssociation = association;
	}

	/** The fork that the branch lies in is deleted; the pull request stays. Bumps nothing. */
	deleteFork(name: string, number: number): void {
		this.pullRequest(name, number).headOwner = null;
	}

	/** Bumps. */
	close(name: string, number: number): void {
		const pullRequest = this.bump(name, number);
		Object.assign(pullRequest, { state: 'CLOSED', closedAt: this.now() });
		this.stopMerging(pullRequest);
	}

	/** Bumps. */
	reopen(name: string, number: number): void {
		const pullRequest = this.bump(name, number);
		Object.assign(pullRequest, { state: 'OPEN', closedAt: null });
		this.forgetMergeability([pullRequest]);
	}

	/** Bumps, and the repository's `pushedAt` with it. */
	merge(name: string, number: number, login = 'octo-maintainer'): void {
		const pullRequest = this.bump(name, number);
		Object.assign(pullRequest, { state: 'MERGED', closedAt: this.now(), mergedAt: this.now(), mergedBy: actor(login) });
		this.stopMerging(pullRequest);
		this.pushBranch(name);
		this.pushBase(name);
	}

	/**
	 * Bumps: the body gets the keyword that links. https://docs.github.com/issues/tracking-your-work-with-issues/linking-a-pull-request-to-an-issue
	 * @param from the issue's repository, default the pull request's own; it need not be one of the world's
	 */
	linkIssue(name: string, number: number, issueNumber: number, title = `Issue ${issueNumber}`, from = name): Issue {
		const pullRequest = this.bump(name, number);
		const { repository } = pullRequest;
		const home = this.anyRepository(from);
		const issue = home.issues.get(issueNumber) ?? buildIssue(home, this.now(), issueNumber, { title });
		home.addIssue(issue);
		const { closingIssues } = repository.editableRows(pullRequest);
		if (!closingIssues.includes(issue)) closingIssues.push(issue);
		pullRequest.body += `\n\nCloses ${home === repository ? '' : home.nameWithOwner}#${issueNumber}`;
		return issue;
	}

	/** The author deletes the account: every trace of it turns to null, nothing is bumped. */
	ghostAuthor(name: string, number: number): void {
		const gone = this.pullRequest(name, number).author;
		if (!gone) return;
		for (const pullRequest of this.repository(name).pullRequests.values()) this.#forget(pullRequest, gone);
	}

	createLabel(name: string, labelName: string, color = 'ededed'): Label {
		const repository = this.repository(name);
		const label = buildLabel(repository, this.now(), labelName, color);
		repository.labels.push(label);
		return label;
	}

	renameLabel(name: string, from: string, to: string): void {
		Object.assign(this.label(name, from), { name: to, updatedAt: this.now() });
	}

	recolourLabel(name: string, labelName: string, color: string): void {
		Object.assign(this.label(name, labelName), { color, updatedAt: this.now() });
	}

	/** Takes it from every pull request. */
	deleteLabel(name: string, labelName: string): void {
		const label = this.label(name, labelName);
		const repository = this.repository(name);
		repository.labels.splice(repository.labels.indexOf(label), 1);
		for (const pullRequest of repository.pullRequests.values()) {
			if (pullRequest.labels.includes(label)) pullRequest.labels = pullRequest.labels.filter((one) => one !== label);
		}
	}

	createMilestone(name: string, values: MilestoneValues & Partial<Pick<Milestone, 'state'>> = {}): Milestone {
		const milestone = buildMilestone(this.repository(name), this.now(), dated(values));
		this.repository(name).milestones.push(milestone);
		return milestone;
	}

	editMilestone(name: string, number: number, values: MilestoneValues): void {
		Object.assign(this.milestone(name, number), dated(values), { updatedAt: this.now() });
	}

	closeMilestone(name: string, number: number): void {
		Object.assign(this.milestone(name, number), { state: 'CLOSED', closedAt: this.now(), updatedAt: this.now() });
	}

	/** Takes it from every pull request. */
	deleteMilestone(name: string, number: number): void {
		const milestone = this.milestone(name, number);
		const repository = this.repository(name);
		repository.milestones.splice(repository.milestones.indexOf(milestone), 1);
		for (const pullRequest of repository.pullRequests.values()) if (pullRequest.milestone === milestone) pullRequest.milestone = null;
	}

	/** A push to a branch that has no pull request: moves `pushedAt` alone. */
	pushBranch(name: string): void {
		const repository = this.repository(name);
		repository.pushedAt = this.now();
		repository.updatedAt = this.now();
	}

	/** The former name goes on leading here until somebody takes it. */
	renameRepository(name: string, to: string): void {
		const repository = this.repository(name);
		if (this.findRepository(to, false)) throw new Error(`${to} is there already.`);
		this.rememberName(repository.nameWithOwner, repository);
		const [owner = '', newName = ''] = to.split('/');
		Object.assign(repository, { owner, name: newName, updatedAt: this.now() });
	}

	/** A public repository turns private, or the other way. */
	setPrivate(name: string, isPrivate = true): void {
		Object.assign(this.repository(name), { isPrivate, updatedAt: this.now() });
	}

	/** Deleted and made again: the same name, another id, nothing in it. */
	recreateRepository(name: string): Repository {
		const { nameWithOwner, generation, description, isPrivate } = this.repository(name);
		this.removeRepository(nameWithOwner);
		return this.createRepository(nameWithOwner, { generation: generation + 1, description, isPrivate });
	}

	findLabel(name: string, labelName: string): Label | undefined {
		return this.repository(name).labels.find((label) => label.name.toLowerCase() === labelName.toLowerCase());
	}

	/** @throws Error when there is none. */
	label(name: string, labelName: string): Label {
		const found = this.findLabel(name, labelName);
		if (!found) throw new Error(`${name} has no label ${labelName}.`);
		return found;
	}

	/** @throws Error when there is none. */
	milestone(name: string, number: number): Milestone {
		const found = this.repository(name).milestones.find((milestone) => milestone.number === number);
		if (!found) throw new Error(`${name} has no milestone ${number}.`);
		return found;
	}

	#push(pullRequest: PullRequest, changes: readonly Partial<ChangedFile>[], message?: string): void {
		const { repository } = pullRequest;
		const rows = repository.editableRows(pullRequest);
		const count = rows.commits.length + 1;
		const files = changes.map((change) => buildFile(change.path ?? `src/part-${pullRequest.number}-${count}.ts`, change));
		const additions = files.reduce((sum, file) => sum + file.additions, 0);
		const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
		const oid = stableOid(`${repository.id}/${pullRequest.number}/${count}/${pullRequest.headRefOid}`);
		repository.rememberCommit(pullRequest.headRefOid);
		rows.commits.push(buildCommit(this.now(), { oid, message: message ?? `Step ${count}`, additions, deletions, author: pullRequest.author }));
		const changed = new Set(files.map((file) => file.path));
		rows.files = [...rows.files.filter((file) => !changed.has(file.path)), ...files];
		pullRequest.headRefOid = oid;
		this.forgetMergeability([pullRequest]);
		pullRequest.changedFiles = rows.files.length;
		pullRequest.additions += additions;
		pullRequest.deletions += deletions;
		repository.pushedAt = this.now();
		repository.updatedAt = this.now();
	}

	/** By the author. */
	#happened(pullRequest: PullRequest, type: TimelineEvent['__typename'], requestedReviewer: ReviewRequest['reviewer'] = null): void {
		const event = buildTimelineEvent(pullRequest.repository, this.now(), { __typename: type, actor: pullRequest.author, requestedReviewer });
		(pullRequest.timeline ??= []).push(event);
	}

	#forget(pullRequest: PullRequest, gone: Actor): void {
		if (pullRequest.author === gone) pullRequest.author = null;
		if (pullRequest.mergedBy === gone) pullRequest.mergedBy = null;
		if (pullRequest.assignees.includes(gone)) pullRequest.assignees = pullRequest.assignees.filter((one) => one !== gone);
		for (const event of pullRequest.timeline ?? []) {
			if (event.actor === gone) event.actor = null;
			if (event.requestedReviewer === gone) event.requestedReviewer = null;
		}
		if (!pullRequest.rows) return;
		const { rows } = pullRequest;
		for (const review of rows.reviews) if (review.author === gone) review.author = null;
		for (const commit of rows.commits) if (commit.author === gone) commit.author = null;
		const requests = rows.reviewRequests.filter((request) => request.reviewer !== gone);
		rows.reviewRequests.splice(0, rows.reviewRequests.length, ...requests);
	}
}

function dated<T extends MilestoneValues>({ dueDay, ...values }: T): Omit<T, 'dueDay'> {
	return dueDay === undefined ? values : { ...values, dueOn: pacificMidnight(dueDay) };
}
