import { STATE_CHOICES, withState } from '../filter/shownFilter';
import type { PullRequestFilter } from '../../core/store/read/filter';
import type { PullRequestRow } from '../../core/store/read/pullRequestRow';
import type { RepositoryRow } from '../../core/store/read/repositories';
import type { StoredTool } from './storedTool';
import { storedScope } from './storedScope';
import { ToolInput, ToolInputError } from './toolInput';
import { MAX_ROWS } from './untrustedData';

const FEW = 20;

export const PULL_REQUESTS_INPUT = [
	'repository',
	'state',
	'labels',
	'labelMatch',
	'author',
	'assignee',
	'unassigned',
	'milestone',
	'withoutMilestone',
	'draft',
	'text',
	'order',
	'limit',
] as const;

/** Lists and counts pull requests by filter. */
export const pullRequestsTool: StoredTool = {
	async answer({ store, now }, input) {
		const given = new ToolInput(input, PULL_REQUESTS_INPUT);
		const limit = given.count('limit', MAX_ROWS) ?? FEW;
		const by = given.choice('order', ['updated', 'created', 'number']) ?? 'updated';
		const attributes = filterOf(given);
		const { repositories, filter: scope, summary } = await storedScope(store, given.text('repository'), now);
		const filter = { ...attributes, ...scope };
		const [counts, rows] = await Promise.all([store.read.countPullRequests(filter), store.read.pullRequests(filter, { offset: 0, limit, order: { by, ascending: false } })]);
		const total = counts.OPEN + counts.CLOSED + counts.MERGED;
		const names = new Map(repositories.map((row) => [row.id, row]));
		return {
			summary: [
				...summary,
				`${total} pull requests match: ${counts.OPEN} open, ${counts.MERGED} merged, ${counts.CLOSED} closed without merging.${rows.length < total ? ` Below are the first ${rows.length} by ${by}, the newest first.` : ''}`,
			],
			rows: rows.map((row) => item(row, names.get(row.repositoryId))),
			narrow: 'Narrow the filter: state, labels, author, assignee, milestone, draft or text.',
		};
	},
};

function filterOf(given: ToolInput): PullRequestFilter {
	const [author, assignee, milestone, text] = [given.text('author'), given.text('assignee'), given.text('milestone'), given.text('text')];
	const [labels, match, draft] = [given.texts('labels'), given.choice('labelMatch', ['any', 'all', 'none']) ?? 'any', given.flag('draft')];
	const nobody = oneOf(assignee, given.flag('unassigned'), 'assignee', 'unassigned');
	const nowhere = oneOf(milestone, given.flag('withoutMilestone'), 'milestone', 'withoutMilestone');
	return {
		...withState({}, given.choice('state', STATE_CHOICES) ?? 'open'),
		...(labels === undefined ? {} : { labels: { match, names: labels } }),
		...(author === undefined ? {} : { author }),
		...(nobody === undefined ? {} : { assignee: nobody }),
		...(nowhere === undefined ? {} : { milestone: nowhere }),
		...(draft === undefined ? {} : { draft }),
		...(text === undefined ? {} : { text }),
	};
}

/** The name asked for; `null`: without any. */
function oneOf(name: string | undefined, without: boolean | undefined, ...words: [string, string]): string | null | undefined {
	if (name !== undefined && without === true) {
		throw new ToolInputError(`Give either "${words[0]}" or "${words[1]}", not both.`);
	}
	return without === true ? null : name;
}

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
