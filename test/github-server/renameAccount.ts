import { renamedActor, userOrBot } from './actors';
import type { Actor, EnterpriseTeam, Team } from './model';
import type { World } from './world';

/** Somebody takes another login, which nobody has had. Bumps nothing. */
export function renameAccount(world: World, from: string, to: string): void {
	const before = userOrBot(from);
	const after = renamedActor(before, to);
	const now = <T extends Actor | Team | EnterpriseTeam | null>(one: T): T => (one === before ? (after as T) : one);
	for (const pullRequest of world.repositories.flatMap(({ pullRequests }) => [...pullRequests.values()])) {
		pullRequest.author = now(pullRequest.author);
		pullRequest.mergedBy = now(pullRequest.mergedBy);
		pullRequest.assignees = pullRequest.assignees.map(now);
		const { commits, reviewRequests, reviews } = pullRequest.repository.editableRows(pullRequest);
		reviewRequests.splice(0, Infinity, ...reviewRequests.map((asked) => ({ ...asked, reviewer: now(asked.reviewer) })));
		reviews.forEach((review) => (review.author = now(review.author)));
		pullRequest.timeline?.forEach((event) => Object.assign(event, { actor: now(event.actor), requestedReviewer: now(event.requestedReviewer) }));
		commits.forEach((commit) => (commit.author = now(commit.author)));
	}
}
