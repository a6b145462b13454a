import assert from 'node:assert/strict';
import { ManualClock } from '../../github-server/clock';
import { expectedState } from '../../github-server/expectedState';
import { World } from '../../github-server/world';

const repo = 'octo-sample/changing';

describe('The stand-in\'s world', () => {
	let clock: ManualClock;
	let world: World;

	beforeEach(() => {
		clock = new ManualClock('2026-03-02T09:00:00Z');
		world = new World(clock);
		world.createRepository(repo);
		world.createPullRequest(repo, { title: 'First', author: 'octo-author' });
		world.createPullRequest(repo);
		world.createMilestone(repo, { title: 'Soon' });
		world.addLabel(repo, 1, 'bug');
		world.setMilestone(repo, 1, 1);
		world.addCheck(repo, 1, { name: 'build', status: 'IN_PROGRESS' });
		clock.advance(10_400);
	});

	const later = '2026-03-02T09:00:10Z';

	const bumping: Record<string, (one: World) => void> = {
		editTitle: (one) => one.editTitle(repo, 1, 'New'),
		editBody: (one) => one.editBody(repo, 1, 'New'),
		comment: (one) => one.comment(repo, 1),
		addLabel: (one) => one.addLabel(repo, 1, 'other'),
		removeLabel: (one) => one.removeLabel(repo, 1, 'bug'),
		setMilestone: (one) => one.setMilestone(repo, 1, null),
		assign: (one) => one.assign(repo, 1, 'octo-helper'),
		unassign: (one) => one.unassign(repo, 1, 'octo-helper'),
		requestReview: (one) => one.requestReview(repo, 1, 'octo-sample/team'),
		addReview: (one) => void one.addReview(repo, 1, 'octo-helper', 'APPROVED'),
		pushCommit: (one) => void one.pushCommit(repo, 1),
		setDraft: (one) => one.setDraft(repo, 1, true),
		close: (one) => one.close(repo, 1),
		reopen: (one) => one.reopen(repo, 1),
		merge: (one) => one.merge(repo, 1),
		linkIssue: (one) => void one.linkIssue(repo, 1, 900),
	};
	for (const [name, change] of Object.entries(bumping)) {
		it(`${name} moves updatedAt, of that pull request alone`, () => {
			const other = world.pullRequest(repo, 2).updatedAt;
			change(world);
			assert.equal(world.pullRequest(repo, 1).updatedAt, later);
			assert.equal(world.pullRequest(repo, 2).updatedAt, other);
		});
	}

	const silent: Record<string, (one: World) => void> = {
		renameLabel: (one) => one.renameLabel(repo, 'bug', 'defect'),
		recolourLabel: (one) => one.recolourLabel(repo, 'bug', '000000'),
		deleteLabel: (one) => one.deleteLabel(repo, 'bug'),
		createLabel: (one) => void one.createLabel(repo, 'new'),
		createMilestone: (one) => void one.createMilestone(repo),
		editMilestone: (one) => one.editMilestone(repo, 1, { title: 'Later', dueOn: '2026-04-01T07:00:00Z' }),
		closeMilestone: (one) => one.closeMilestone(repo, 1),
		deleteMilestone: (one) => one.deleteMilestone(repo, 1),
		addCheck: (one) => void one.addCheck(repo, 1),
		setCheck: (one) => one.setCheck(repo, 1, 'build', { status: 'COMPLETED', conclusion: 'FAILURE' }),
		rerunCheck: (one) => void one.rerunCheck(repo, 1, 'build'),
		setStatus: (one) => one.setStatus(repo, 1, 'ci/x', 'ERROR'),
		expireChecks: (one) => one.expireChecks(repo, 1),
		pendingReview: (one) => void one.addReview(repo, 1, 'octo-helper', 'PENDING'),
		pushBranch: (one) => one.pushBranch(repo),
		ghostAuthor: (one) => one.ghostAuthor(repo, 1),
		removePullRequest: (one) => one.removePullRequest(repo, 2),
	};
	for (const [name, change] of Object.entries(silent)) {
		it(`${name} shows, and moves no updatedAt`, () => {
			const before = expectedState(world, repo);
			change(world);
			const after = expectedState(world, repo);
			assert.notDeepEqual(after, before);
			assert.equal(after.pullRequests[0]?.updatedAt, before.pullRequests[0]?.updatedAt);
		});
	}

	it('a push gives a new head without checks, and its files and commit', () => {
		const before = world.pullRequest(repo, 1).headRefOid;
		const oid = world.pushCommit(repo, 1, [{ path: 'a.ts', additions: 5, deletions: 2 }, { path: 'b.ts', changeType: 'ADDED' }]);
		const shown = expectedState(world, repo).pullRequests[0]!;
		assert.notEqual(oid, before);
		assert.equal(shown.headRefOid, oid);
		assert.equal(shown.commits.at(-1)?.oid, oid);
		assert.equal(shown.changedFiles, 3);
		assert.deepEqual(shown.checks, []);
		assert.equal(world.repository(repo).pushedAt, later);
		assert.ok(world.repository(repo).hasCommit(before));
	});

	it('a re-run stands beside the run that it replaces', () => {
		world.setCheck(repo, 1, 'build', { status: 'COMPLETED', conclusion: 'FAILURE' });
		world.rerunCheck(repo, 1, 'build');
		const runs = expectedState(world, repo).pullRequests[0]!.checks.map((check) => check.kind === 'CHECK_RUN' && [check.status, check.conclusion]);
		assert.deepEqual(runs, [['COMPLETED', 'FAILURE'], ['QUEUED', null]]);
	});

	it('a review answers the request for it', () => {
		world.requestReview(repo, 1, 'octo-helper');
		world.requestReview(repo, 1, 'octo-sample/team');
		world.addReview(repo, 1, 'octo-helper', 'APPROVED');
		assert.deepEqual(expectedState(world, repo).pullRequests[0]!.reviewRequests, ['octo-sample/team']);
	});

	it('a repository made again under its name is another one', () => {
		const id = world.repository(repo).id;
		assert.notEqual(world.recreateRepository(repo).id, id);
		assert.equal(world.repository(repo).pullRequests.size, 0);
		assert.equal(world.nodeById(id), undefined);
	});

	it('a name given up leads on until somebody takes it', () => {
		world.renameRepository(repo, 'octo-sample/elsewhere');
		assert.equal(world.repository(repo).nameWithOwner, 'octo-sample/elsewhere');
		const taken = world.createRepository(repo);
		assert.equal(world.repository(repo), taken);
	});
});
