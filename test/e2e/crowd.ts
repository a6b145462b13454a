import { actor } from '../github-server/actors';
import { buildLabel, buildMilestone, buildPullRequest, buildReview, buildReviewRequest } from '../github-server/builders';
import { isoSeconds } from '../github-server/clock';
import { Random } from '../github-server/random';
import { Repository } from '../github-server/repository';

export const crowd = 'octo-sample/crowd';

const DAY_MS = 86_400_000;

/** Names that try to be more than text. */
export const hostile = {
	label: '<img src=x onerror="document.title=1"><script>document.title = 2</script>',
	milestone: '<b onmouseover=alert(1)>4.0</b> \u202Eback ${7*7} {0}',
} as const;

/** Sixty people, every third name 40 characters long, with a few hundred pull requests and hostile names around them. */
export function crowdRepository(now: number): Repository {
	const repository = new Repository(crowd, { createdAt: isoSeconds(now - 400 * DAY_MS) });
	const random = new Random(5);
	const people = Array.from({ length: 60 }, (_, index) => {
		const login = `person-${String(index).padStart(2, '0')}`;
		return actor(index % 3 === 0 ? `${login}-with-a-name-of-forty-characters`.padEnd(40, 'x') : login);
	});
	const createdAt = isoSeconds(now - 300 * DAY_MS);
	repository.labels.push(buildLabel(repository, createdAt, hostile.label, 'b60205'), buildLabel(repository, createdAt, 'bug', 'd73a4a'));
	const milestone = buildMilestone(repository, createdAt, { title: hostile.milestone, dueOn: isoSeconds(now + 20 * DAY_MS) });
	repository.milestones.push(milestone);
	for (let number = 1; number <= 320; number++) {
		const created = now - random.between(1, 200) * DAY_MS;
		const isOpen = number % 2 === 0;
		const closedAt = isOpen ? null : isoSeconds(Math.min(now - 3600_000, created + random.between(1, 40) * DAY_MS));
		const assignee = people[Math.floor(random.between(0, 55) ** 2 / 55)];
		const pullRequest = buildPullRequest(repository, isoSeconds(created), {
			number,
			title: `Change ${number}`,
			state: isOpen ? 'OPEN' : 'MERGED',
			isDraft: number % 10 === 0,
			updatedAt: closedAt ?? isoSeconds(Math.max(created, now - random.between(1, 20) * DAY_MS)),
			closedAt,
			mergedAt: closedAt,
			author: people[number % 60] ?? null,
			assignees: number % 16 === 0 || !assignee ? [] : [assignee],
			labels: number % 3 === 0 ? [repository.labels[number % 2]!] : [],
			milestone: number % 4 < 2 ? milestone : null,
		});
		const reviewer = people[(number * 7) % 58];
		if (isOpen && reviewer && number % 6 === 0) pullRequest.rows?.reviewRequests.push(buildReviewRequest(repository, reviewer));
		if (isOpen && reviewer && number % 14 === 0) pullRequest.rows?.reviews.push(buildReview(repository, isoSeconds(created + 3600_000), { state: 'CHANGES_REQUESTED', author: reviewer }));
		repository.addPullRequest(pullRequest);
	}
	return repository;
}
