import { isOverdue } from '../../core/insights/due';
import { WAITING } from '../../core/insights/turn';
import { milestoneProgress } from '../../core/insights/milestoneModel';
import type { PersonWork } from '../../core/insights/workloadModel';
import { isHiddenTeam } from '../../core/model/pullRequest';
import type { Group } from '../../core/store/read/groups';
import type { Grouping } from '../../core/store/read/groupings';
import type { MilestoneStanding } from '../../core/store/read/milestones';
import type { RepositoryRow } from '../../core/store/read/repositories';
import { dueText } from '../format/dueText';
import { formatAge, formatNumber, type Localizer } from '../format/localizer';
import { partText } from '../format/partText';
import { labelText, oneLine } from '../format/plainText';
import { turnTitle } from './turnText';

/** What a group's row shows; plain text. */
export interface GroupText {
	label: string;
	description: string;
	/** What is said on hover beside that; empty where there is nothing more. */
	more: string;
	/** An open milestone whose day has passed. */
	overdue: boolean;
}

/** What is known of a group beside its row. */
export interface GroupContext {
	/** Not everything that is open is shown, or more than that. */
	narrowed: boolean;
	/** What the person of an assignee's group carries; `undefined` where that is not known. */
	load?: PersonWork | undefined;
	/** There is no other group beside it. */
	isSole?: boolean;
}

export function groupText(by: Grouping, group: Group, context: GroupContext, now: number, l10n: Localizer): GroupText {
	const { narrowed, load } = context;
	const milestone = group.milestone;
	const count = countText(group, context, l10n);
	return {
		label: nameText(by, group, l10n),
		description: milestone
			? milestoneText(milestone, context, count, now, l10n)
			: load && !narrowed
				? loadText(load, l10n)
				: count,
		more: milestone && !milestone.unfinished ? closedText(milestone, l10n) : '',
		overdue: milestone !== undefined && isOverdue(milestone, now),
	};
}

/** A number; of what is in no group where there is no group either, `all 21`: the tree has no more to say. */
function countText({ key, count }: Group, { isSole }: GroupContext, l10n: Localizer): string {
	const text = formatNumber(count, l10n);
	return isSole && key === null && count > 1 ? l10n.t('all {0}', text) : text;
}

/** `7 open · 2 draft · 3 to review`; what is zero is left out. */
export function loadText({ open, parts: { draft, reviewRequested } }: PersonWork, l10n: Localizer): string {
	return [
		l10n.t('{0} open', formatNumber(open, l10n)),
		...(draft > 0 ? [l10n.t('{0} draft', formatNumber(draft, l10n))] : []),
		...(reviewRequested > 0 ? [l10n.t('{0} to review', formatNumber(reviewRequested, l10n))] : []),
	].join(' · ');
}

/**
 * `due in 3 days · 3 open · 70%`: what matters most comes first, for the side bar is narrow.
 * @param shown how many rows the group has
 */
function milestoneText(milestone: MilestoneStanding, { narrowed }: GroupContext, shown: string, now: number, l10n: Localizer): string {
	const { total, percent } = milestoneProgress(milestone);
	const when = milestone.state === 'CLOSED' ? l10n.t('closed') : dueText(milestone, now, l10n);
	const count = narrowed ? l10n.t('{0} match', shown) : total === 0 ? l10n.t('empty') : l10n.t('{0} open', formatNumber(milestone.open, l10n));
	// The share is the milestone's own, whatever the filter lets through.
	const share = percent === null ? '' : l10n.t('{0}%', percent);
	return [when, count, share].filter((part) => part !== '').join(' · ');
}

/** `7 of 10 closed or merged` */
function closedText({ open, closed }: MilestoneStanding, l10n: Localizer): string {
	return open + closed === 0 ? '' : l10n.t('{0} of {1} closed or merged', formatNumber(closed, l10n), formatNumber(open + closed, l10n));
}

/** `harbor · not complete yet · 2 incomplete`: what stands beside a view's title while one repository is stored, for it has no row then. */
export function onlyRepositoryText(repository: RepositoryRow, now: number, l10n: Localizer): string {
	const name = oneLine(repository.nameWithOwner.slice(repository.nameWithOwner.indexOf('/') + 1));
	return [name, ...stateTexts(repository, now, l10n)].join(' · ');
}

/**
 * What a repository's row shows beside its name.
 * @param matching how many of its pull requests a filter lets through; what is open is counted when absent
 */
export function repositoryText(repository: RepositoryRow, now: number, l10n: Localizer, matching?: number): string {
	const count = matching === undefined ? l10n.t('{0} open', formatNumber(repository.open, l10n)) : l10n.t('{0} match', formatNumber(matching, l10n));
	return [count, ...stateTexts(repository, now, l10n)].join(' · ');
}

function stateTexts(repository: RepositoryRow, now: number, l10n: Localizer): string[] {
	const { syncedAt, partial } = repository;
	const part = partText(repository, l10n);
	return [
		...(part === '' ? [] : [part]),
		syncedAt === null ? l10n.t('first sync unfinished') : l10n.t('synced {0}', formatAge(syncedAt, now, l10n)),
		...(partial > 0 ? [l10n.t('{0} incomplete', formatNumber(partial, l10n))] : []),
	];
}

function nameText(by: Grouping, { key, title, isTeam, isUnknown }: Group, l10n: Localizer): string {
	if (isUnknown) {
		return l10n.t('Review requests not known');
	}
	if (isTeam && isHiddenTeam({ login: title })) {
		return l10n.t('Teams without a name');
	}
	if (by === 'turn' && key !== null) {
		return turnTitle(WAITING.find((one) => one === key), l10n);
	}
	return key === null ? noneText(by, l10n) : labelText(title) || '—';
}

function noneText(by: Grouping, l10n: Localizer): string {
	switch (by) {
		case 'milestone':
			return l10n.t('No milestone');
		case 'label':
			return l10n.t('No label');
		case 'author':
			return l10n.t('Unknown author');
		case 'assignee':
			return l10n.t('Unassigned');
		case 'reviewer':
			return l10n.t('No review requested');
		case 'turn':
			return l10n.t('Closed or merged');
	}
}
