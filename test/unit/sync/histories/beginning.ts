import { REPO, type SyncHarness } from '../syncHarness';

export interface Beginning {
	/** Pull requests that are there from the beginning, made a minute apart. */
	initial: number;
	/** Labels, and milestones, that are. */
	catalogue: number;
	/** Whether all are open at first. */
	allOpen: boolean;
}

/** The repository before anything happens: of each list some pull request has something. */
export function begin(h: SyncHarness, { initial, catalogue, allOpen }: Beginning): void {
	const { world } = h;
	world.setPrivate(REPO);
	for (let i = 0; i < catalogue; i++) {
		world.createLabel(REPO, `label ${String(i).padStart(3, '0')}`);
		world.createMilestone(REPO, { title: `First ${i}`, ...(i % 2 === 0 ? { dueOn: '2026-08-01T07:00:00Z' } : {}) });
	}
	for (let number = 1; number <= initial; number++) {
		h.createPullRequests(1);
		furnish(h, number, catalogue);
		if (!allOpen) end(h, number);
	}
	h.later();
}

function furnish({ world }: SyncHarness, number: number, catalogue: number): void {
	if (number % 2 === 1) {
		world.addReview(REPO, number, 'octo-bea', 'APPROVED', 'Good');
		world.assign(REPO, number, 'octo-ada');
		world.addLabel(REPO, number, 'bug');
	} else {
		// Who reviews some carries others.
		world.assign(REPO, number, number % 4 === 0 ? 'octo-cal' : 'octo-bea');
	}
	if (number % 3 === 1) {
		world.addCheck(REPO, number, { name: 'check-0', conclusion: 'SUCCESS' });
		world.requestReview(REPO, number, 'octo-cal');
		world.requestReview(REPO, number, 'octo/crew');
		// Of another repository: its own would take the next numbers.
		world.linkIssue(REPO, number, 1_000, 'Theirs', 'octo/tracker');
	}
	if (catalogue > 0 && number % 4 < 2) {
		world.setMilestone(REPO, number, 1 + (number % catalogue));
		world.addLabel(REPO, number, `label ${String(catalogue - 1).padStart(3, '0')}`);
	}
}

function end({ world }: SyncHarness, number: number): void {
	if (number % 5 === 2) world.merge(REPO, number);
	if (number % 5 === 1) world.close(REPO, number);
}
