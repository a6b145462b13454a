import type { PullRequestDetail } from '../../core/store/read/pullRequestDetail';
import type { PullRequestRow } from '../../core/store/read/pullRequestRow';
import { formatAge, shortAge, type Localizer } from '../format/localizer';
import { GHOST, labelText, markdownText, oneLine } from '../format/plainText';
import { checkCounts, checksStateText, isCheckResult } from './checksText';
import { listNames } from './listNames';
import { reviewLines } from './reviewsText';
import { turnText } from './turnText';

/** What a row of a pull request shows; plain text but for `tooltip`. */
export interface PullRequestText {
	label: string;
	description: string;
	/** A codicon and the theme colour it is drawn in. */
	icon: { id: string; color: string };
	/** What a screen reader says. */
	spoken: string;
}

type ShownState = 'open' | 'draft' | 'merged' | 'closed';

const ICONS: Record<ShownState, { id: string; color: string }> = {
	open: { id: 'git-pull-request', color: 'charts.green' },
	draft: { id: 'git-pull-request-draft', color: 'descriptionForeground' },
	merged: { id: 'git-merge', color: 'charts.purple' },
	closed: { id: 'git-pull-request-closed', color: 'charts.red' },
};

/** @param repository what to call it where there are several */
export function pullRequestText(row: PullRequestRow, now: number, l10n: Localizer, repository = ''): PullRequestText {
	const author = oneLine(row.authorLogin ?? GHOST);
	const where = oneLine(repository);
	const title = labelText(row.title) || l10n.t('(no title)');
	const incomplete = row.partial.length === 0 ? [] : [l10n.t('incomplete: {0}', listNames(row.partial, l10n))];
	const age = shortAge(row.createdAt, now, l10n);
	const checks = isCheckResult(row.checksState) ? [checksStateText(row.checksState, l10n)] : [];
	return {
		// The number first: whatever the width, it is never cut.
		label: `#${row.number} ${title}`,
		description: [where, author, age, ...incomplete].filter((part) => part !== '').join(' · '),
		icon: ICONS[shownState(row)],
		spoken: [l10n.t('{0} pull request {1} by {2}', stateText(row, l10n), row.number, author), where, title, age, ...checks, ...incomplete]
			.filter((part) => part !== '')
			.join(', '),
	};
}

/**
 * Markdown in which everything that came from GitHub is escaped.
 * @param detail what is read when somebody looks; `undefined` when it could not be
 */
export function pullRequestTooltip(row: PullRequestRow, detail: PullRequestDetail | undefined, now: number, l10n: Localizer): string {
	const list = (names: string[]) => names.map(markdownText).join(', ');
	const age = l10n.t('opened {0}, updated {1}', formatAge(row.createdAt, now, l10n), formatAge(row.updatedAt, now, l10n));
	const reviews = detail ? reviewLines(detail, l10n) : [];
	const checks = detail ? checkCounts(detail.checks, l10n) || (row.checksState === 'unknown' ? l10n.t('not known') : '') : '';
	const issues = (detail?.linkedIssues ?? []).map(
		({ repository, number, title }) => `${repository === null ? '' : markdownText(repository)}\\#${number} ${markdownText(labelText(title, 80))}`,
	);
	const lines = [
		`**${markdownText(labelText(row.title, 500)) || '—'}**`,
		`${stateText(row, l10n)} · \\#${row.number} · ${markdownText(row.authorLogin ?? GHOST)}`,
		markdownText(age),
		...(detail?.turnFacts ? [`${l10n.t('Waiting for')}: ${markdownText(turnText(detail.turnFacts, now, l10n))}`] : []),
		...(row.milestoneTitle === null ? [] : [`${l10n.t('Milestone')}: ${markdownText(row.milestoneTitle)}`]),
		...(row.labels.length === 0 ? [] : [`${l10n.t('Labels')}: ${row.labels.map(markdownText).join(' · ')}`]),
		...(row.assignees.length === 0 ? [] : [`${l10n.t('Assignees')}: ${list(row.assignees)}`]),
		...(reviews.length === 0 ? [] : [`${l10n.t('Reviews')}: ${list(reviews)}`]),
		...(checks === '' ? [] : [`${l10n.t('Checks')}: ${markdownText(checks)}`]),
		...(issues.length === 0 ? [] : [`${l10n.t('Linked issues')}: ${issues.join(', ')}`]),
		...(row.partial.length === 0
			? []
			: [`${l10n.t('Incomplete')}: ${markdownText(listNames(row.partial, l10n))}. ${l10n.t('They are retried once they can be read.')}`]),
	];
	return lines.join('\n\n');
}

function shownState(row: Pick<PullRequestRow, 'state' | 'isDraft'>): ShownState {
	switch (row.state) {
		case 'MERGED':
			return 'merged';
		case 'CLOSED':
			return 'closed';
		case 'OPEN':
			return row.isDraft ? 'draft' : 'open';
	}
}

export function stateText(row: Pick<PullRequestRow, 'state' | 'isDraft'>, l10n: Localizer): string {
	switch (shownState(row)) {
		case 'open':
			return l10n.t('Open');
		case 'draft':
			return l10n.t('Draft');
		case 'merged':
			return l10n.t('Merged');
		case 'closed':
			return l10n.t('Closed');
	}
}
