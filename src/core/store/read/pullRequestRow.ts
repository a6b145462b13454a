import { isInstant } from '../../model/guards';
import type { PullRequestState } from '../../model/pullRequest';
import { isState } from '../../model/shape';
import { ROLLUP } from '../sqlite/checksSql';
import type { Row } from '../sqlite/row';
import { rollupState, type ChecksState } from './checksRollup';

/** The longest page, so that no answer is ever large. */
export const MAX_PAGE = 1_000;

export interface Page {
	offset: number;
	limit: number;
	/** Newest update first when absent. */
	order?: PullRequestOrder;
}

/** By which of its values a page is ordered, the largest first unless `ascending`. */
export interface PullRequestOrder {
	by: 'updated' | 'created' | 'number';
	ascending: boolean;
}

/** What a tree row shows of a pull request. */
export interface PullRequestRow {
	repositoryId: number;
	number: number;
	title: string;
	state: PullRequestState;
	isDraft: boolean;
	authorLogin: string | null;
	createdAt: string;
	updatedAt: string;
	url: string;
	labels: string[];
	milestoneTitle: string | null;
	assignees: string[];
	/** Names of the lists that are not whole; {@link LACKS_DETAILS} where only the listing is stored. */
	partial: string[];
	checksState: ChecksState;
}

/** The columns of a {@link PullRequestRow}, on `pull_request`; the body is not among them. */
export const ROW_COLUMNS = `repository_id, number, title, state, is_draft, author_login, created_at, updated_at, url,
	labels, milestone_title, assignees, partial, ${ROLLUP} AS checks`;

export function readPullRequest(row: Row): PullRequestRow {
	return {
		repositoryId: row.number('repository_id'),
		number: row.number('number'),
		title: row.text('title'),
		state: row.shaped('state', isState),
		isDraft: row.flag('is_draft'),
		authorLogin: row.textOrNull('author_login'),
		createdAt: row.shaped('created_at', isInstant),
		updatedAt: row.shaped('updated_at', isInstant),
		url: row.text('url'),
		labels: row.list('labels'),
		milestoneTitle: row.textOrNull('milestone_title'),
		assignees: row.list('assignees'),
		partial: row.list('partial'),
		checksState: rollupState(row.numberOrNull('checks')),
	};
}

const KEYS: Record<PullRequestOrder['by'], string> = { updated: 'updated_at', created: 'created_at', number: 'number' };

/** An order as SQL; the same rows always come in the same order. */
export function orderSql({ by, ascending }: PullRequestOrder): string {
	const direction = ascending ? 'ASC' : 'DESC';
	return `${KEYS[by]} ${direction}, number ${direction}, repository_id`;
}
