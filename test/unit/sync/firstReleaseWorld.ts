import { REPO, type SyncHarness } from './syncHarness';

/**
 * What the first release had read when it left the storage folder in `firstRelease.json.gz`: its command line ran once against
 * the stand-in with this world, signed in with a token that may read everything. Whatever changes here needs it run again.
 */
export function firstReleaseWorld(h: SyncHarness): void {
	const { world } = h;
	world.createMilestone(REPO, { title: 'Spring' });
	h.createPullRequests(12);
	for (const [number, label] of [[1, 'bug'], [2, 'bug'], [2, 'ui, tables'], [5, 'docs 📚']] as const) world.addLabel(REPO, number, label);
	world.setMilestone(REPO, 3, 1);
	world.assign(REPO, 3, 'octo-ada');
	world.addReview(REPO, 4, 'octo-bea', 'APPROVED', 'Good');
	world.requestReview(REPO, 5, 'octo-cal');
	world.addCheck(REPO, 6, { name: 'build', conclusion: 'FAILURE' });
	world.addCheck(REPO, 6, { name: 'lint', conclusion: 'SUCCESS' });
	world.linkIssue(REPO, 7, 40);
	world.createRepository('octo/pier');
	world.linkIssue(REPO, 7, 41, 'Elsewhere', 'octo/pier');
	h.later();
	world.merge(REPO, 8);
	world.merge(REPO, 9);
	world.close(REPO, 10);
	h.later();
}
