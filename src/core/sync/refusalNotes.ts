import type { Dialect, Optional } from '../github/dialect';
import { sentence, type Sentence } from '../model/sentence';

/** What a person calls it, and the permission that it takes; what is left out here nobody misses. */
const NEEDS: Partial<Record<Optional, () => Sentence>> = {
	'PullRequest.commits': () => sentence('commits (needs Contents)'),
	'PullRequest.files': () => sentence('changed files (needs Contents)'),
	'PullRequest.closingIssuesReferences': () => sentence('linked issues (needs Issues)'),
	Issue: () => sentence('linked issues of some other repositories'),
	'PullRequest.reviewRequests': () => sentence('review requests (needs Pull requests)'),
	'PullRequest.reviews': () => sentence('reviews (needs Pull requests)'),
	'PullRequest.statusCheckRollup': () => sentence('checks (needs Checks and Commit statuses)'),
	StatusCheckRollupContext: () => sentence('some checks (needs Checks and Commit statuses)'),
};

/** What people miss on a server whose schema lacks it. */
const LACKS: Partial<Record<Optional, () => Sentence>> = {
	'PullRequest.closingIssuesReferences': () => sentence('linked issues'),
	'Commit.statusCheckRollup': () => sentence('checks'),
};

/** Says what was found in this run to be out of reach: of the token in one sentence, of the server in another. */
export function refusalNotes(dialect: Dialect, host: string): Sentence[] {
	const named = (words: typeof NEEDS, isMeant: (what: Optional) => boolean) =>
		dialect.learned.flatMap((what) => (isMeant(what) ? (words[what]?.() ?? []) : []));
	const refused = named(NEEDS, (what) => dialect.reasonFor(what) === 'permission');
	const lacking = named(LACKS, (what) => dialect.reasonFor(what) === 'schema');
	return [
		...(refused.length > 0 ? [sentence('Your token may not read: {0}. What is missing is marked as incomplete.', listed(refused))] : []),
		...(lacking.length > 0 ? [sentence('{0} is too old to show: {1}.', host, listed(lacking))] : []),
	];
}

function listed(items: readonly Sentence[]): Sentence {
	return items.reduce((before, item) => sentence('{0}, {1}', before, item));
}
