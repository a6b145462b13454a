import { isInstant } from '../../model/guards';
import { isState } from '../../model/shape';
import { ROLLUP, rollupState } from './checksRollup';
import type { Row } from '../sqlite/row';
import type { PullRequestOrder, PullRequestRow } from '../store';

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
