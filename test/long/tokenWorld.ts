import type { World } from '../github-server/world';
import type { SyncHarness } from '../unit/sync/syncHarness';

/** The private repository whose organization is `octo`. */
export const HARBOR = 'octo/harbor';
/** Public, of the same organization. */
export const QUAY = 'octo/quay';
/** Private, and no token's but those that may see every repository. */
export const VAULT = 'octo/vault';
/** Public, of an organization that asks for single sign-on. */
export const LIGHTHOUSE = 'acme/lighthouse';

/** The pull requests that {@link changeHarbor} changes. */
export const AT = { edited: 4, settling: 6 } as const;

/**
 * Fills {@link HARBOR} with one pull request for each thing that a token may or may not be shown, and with two lists that are
 * longer than a page; the harness's clock is two minutes further then.
 */
export function fillHarbor(h: Pick<SyncHarness, 'later' | 'world'>): void {
	const { world } = h;
	for (const [name, isPrivate] of [[QUAY, false], [VAULT, true]] as const) world.createRepository(name, { isPrivate });
	world.createRepository(LIGHTHOUSE);
	world.policies.set('acme', { saml: 'rows' });
	for (const label of ['bug', 'docs']) world.createLabel(HARBOR, label);
	for (const title of ['Spring', 'Summer']) world.createMilestone(HARBOR, { title, dueDay: '2026-06-30' });
	const make = (fill: (number: number) => void): void => {
		const { number } = world.createPullRequest(HARBOR, { files: [{}, { path: 'docs/pier.md' }] });
		fill(number);
		h.later(5);
	};
	make((n) => {
		world.addLabel(HARBOR, n, 'bug');
		world.setMilestone(HARBOR, n, 1);
		world.assign(HARBOR, n, 'octo-helper');
		world.requestReview(HARBOR, n, 'octo-reviewer');
	});
	make((n) => ['octo-reviewer', 'octo/dock'].forEach((reviewer) => world.requestReview(HARBOR, n, reviewer)));
	make((n) => {
		['octo/dock', 'octo/crane', 'octo-scan[bot]'].forEach((reviewer) => world.requestReview(HARBOR, n, reviewer));
		world.assign(HARBOR, n, 'octo-autofix[bot]');
	});
	make((n) => runsOfTwoWorkflows(world, n));
	make((n) => statuses(world, n));
	make((n) => {
		world.addCheck(HARBOR, n, { name: 'build', status: 'IN_PROGRESS', conclusion: null });
		world.setStatus(HARBOR, n, 'ci/outside', 'PENDING');
	});
	make((n) => world.linkIssue(HARBOR, n, 40));
	make((n) => [40, 41].forEach((issue) => world.linkIssue(HARBOR, n, issue, `Issue ${issue}`, issue === 41 ? HARBOR : QUAY)));
	make((n) => [HARBOR, VAULT].forEach((home) => world.linkIssue(HARBOR, n, 42, 'Issue 42', home)));
	make((n) => [HARBOR, LIGHTHOUSE].forEach((home) => world.linkIssue(HARBOR, n, 43, 'Issue 43', home)));
	make((n) => {
		runsOfTwoWorkflows(world, n);
		statuses(world, n);
		world.addLabel(HARBOR, n, 'docs');
		world.requestReview(HARBOR, n, 'octo/crane');
		world.addReview(HARBOR, n, 'octo-reviewer', 'CHANGES_REQUESTED', 'Not yet');
		world.addReview(HARBOR, n, 'octo-scan[bot]', 'APPROVED');
		world.pushCommit(HARBOR, n, [{ path: 'src/crane.ts' }]);
		runsOfTwoWorkflows(world, n);
		world.linkIssue(HARBOR, n, 40);
		world.merge(HARBOR, n);
	});
	make((n) => world.close(HARBOR, n));
	make((n) => world.pushMany(HARBOR, n, { commits: 104, files: 103 }));
	make((n) => {
		for (let run = 0; run < 102; run++) world.addCheck(HARBOR, n, { name: `shard ${run}`, conclusion: run === 50 ? 'FAILURE' : 'SUCCESS' });
		statuses(world, n);
	});
	make((n) => {
		for (let issue = 100; issue < 202; issue++) world.linkIssue(HARBOR, n, issue);
		world.linkIssue(HARBOR, n, 42, 'Issue 42', VAULT);
	});
	make((n) => world.setDraft(HARBOR, n, true));
	h.later(120);
}

/** A push, a review, a check and an edit to one pull request, and the check of another one ends. */
export function changeHarbor(h: Pick<SyncHarness, 'later' | 'world'>): void {
	const { world } = h;
	world.pushCommit(HARBOR, AT.edited, [{ path: 'src/tide.ts' }]);
	runsOfTwoWorkflows(world, AT.edited);
	world.setStatus(HARBOR, AT.edited, 'ci/outside', 'SUCCESS');
	world.addReview(HARBOR, AT.edited, 'octo-reviewer', 'APPROVED');
	world.requestReview(HARBOR, AT.edited, 'octo/dock');
	world.linkIssue(HARBOR, AT.edited, 44);
	world.setCheck(HARBOR, AT.settling, 'build', { status: 'COMPLETED', conclusion: 'SUCCESS' });
	world.setStatus(HARBOR, AT.settling, 'ci/outside', 'SUCCESS');
	h.later(60);
}

/** An edit that makes a client read every pull request again, and that every token may read. */
export function editTitles(h: Pick<SyncHarness, 'later' | 'world'>, word: string): void {
	const { world } = h;
	for (const { number } of world.repository(HARBOR).pullRequests.values()) world.editTitle(HARBOR, number, `${word} ${number}`);
	h.later(60);
}

/** Two checks of one name, of which one was run a second time. */
function runsOfTwoWorkflows(world: World, number: number): void {
	for (const workflow of ['CI', 'Release']) world.addCheck(HARBOR, number, { name: 'build', workflow, conclusion: 'FAILURE' });
	world.rerunCheck(HARBOR, number, 'build', { workflow: 'CI' });
	world.setCheck(HARBOR, number, 'build', { status: 'COMPLETED' }, { workflow: 'CI' });
	world.addCheck(HARBOR, number, { name: 'scan', app: 'octo-scan' });
}

function statuses(world: World, number: number): void {
	for (const state of ['PENDING', 'SUCCESS'] as const) world.setStatus(HARBOR, number, 'ci/outside', state);
	world.setStatus(HARBOR, number, 'ci/other', 'FAILURE');
}
