import { asFilter, filterParameters, takeConditions } from '../../core/filter/conditions';
import { asksForMe } from '../../core/filter/me';
import { readAsker } from '../../core/insights/readAsker';
import type { PullRequestRow } from '../../core/store/read/pullRequestRow';
import type { RepositoryRow } from '../../core/store/read/repositories';
import type { StoredTool } from './storedTool';
import { storedScope } from './storedScope';
import { ToolInput, ToolInputError } from './toolInput';
import { MAX_ROWS } from './untrustedData';

const FEW = 20;

export const PULL_REQUESTS_INPUT: readonly string[] = ['repository', ...filterParameters().map(({ name }) => name), 'me', 'order', 'limit'];

/** Lists and counts pull requests by filter. */
export const pullRequestsTool: StoredTool = {
	async answer({ store, now }, input) {
		const given = new ToolInput(input, PULL_REQUESTS_INPUT);
		const limit = given.count('limit', MAX_ROWS) ?? FEW;
		const by = given.choice('order', ['updated', 'created', 'number']) ?? 'updated';
		const conditions = takeConditions(given);
		const asker = await readAsker(store, { me: given.text('me'), now });
		if (asksForMe(conditions) && asker.me.length === 0) {
			throw new ToolInputError('It is not known who the user is. Ask for their login and give it as "me".');
		}
		const asked = asFilter({ state: 'open', ...conditions }, asker);
		const { repositories, filter: scope, summary } = await storedScope(store, given.text('repository'), now);
		const filter = { ...asked, ...scope };
		const [counts, rows] = await Promise.all([store.read.countPullRequests(filter), store.read.pullRequests(filter, { offset: 0, limit, order: { by, ascending: false } })]);
		const total = counts.OPEN + counts.CLOSED + counts.MERGED;
		const names = new Map(repositories.map((row) => [row.id, row]));
		return {
			summary: [
				...summary,
				`${total} pull requests match: ${counts.OPEN} open, ${counts.MERGED} merged, ${counts.CLOSED} closed without merging.${rows.length < total ? ` Below are the first ${rows.length} by ${by}, the newest first.` : ''}`,
			],
			rows: rows.map((row) => item(row, names.get(row.repositoryId))),
			narrow: 'Narrow the filter: state, labels, author, bots, reviewer, assignee, milestone, draft, review state, checks, conflicts or text.',
		};
	},
};

function item(row: PullRequestRow, repository: RepositoryRow | undefined): object {
	const { number, title, state, isDraft, authorLogin, createdAt, updatedAt, url, labels, milestoneTitle, assignees, partial, checksState } = row;
	return {
		repository: repository?.nameWithOwner,
		number,
		title,
		state,
		...(isDraft ? { draft: true } : {}),
		author: authorLogin,
		assignees,
		labels,
		milestone: milestoneTitle,
		checks: checksState,
		createdAt,
		updatedAt,
		url,
		...(partial.length > 0 ? { incomplete: partial } : {}),
	};
}
