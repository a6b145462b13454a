import type { GroupRow, Grouping, MilestoneRow, RepositoryRow, WorkloadRow } from '../../core/store/store';
import { daysUntil, dueText } from '../format/dueText';
import { formatAge, formatNumber, type Localizer } from '../format/localizer';
import { labelText } from '../format/plainText';

/** What a group's row shows; plain text. */
export interface GroupText {
	label: string;
	description: string;
	/** An open milestone whose day has passed. */
	overdue: boolean;
}

/** What is known of a group beside its row. */
export interface GroupContext {
	/** Not everything that is open is shown, or more than that. */
	narrowed: boolean;
	/** What the person of an assignee's group carries; `undefined` where that is not known. */
	load?: WorkloadRow | undefined;
}

export function groupText(by: Grouping, group: GroupRow, { narrowed, load }: GroupContext, now: number, l10n: Localizer): GroupText {
	const milestone = group.milestone;
	const count = formatNumber(group.count, l10n);
	return {
		label: group.key === null ? noneText(by, l10n) : labelText(group.title) || '—',
		description: milestone
			? // The progress is the milestone's own, whatever the filter lets through.
				[...(narrowed ? [l10n.t('{0} shown', count)] : []), milestoneText(milestone, now, l10n)].join(' · ')
			: load && !narrowed
				? loadText(load, l10n)
				: count,
		overdue: milestone !== undefined && isOverdue(milestone, now),
	};
}

/** `7 open · 2 draft · 3 to review`; what is zero is left out. */
export function loadText({ open, draft, reviewRequested }: WorkloadRow, l10n: Localizer): string {
	return [
		l10n.t('{0} open', formatNumber(open, l10n)),
		...(draft > 0 ? [l10n.t('{0} draft', formatNumber(draft, l10n))] : []),
		...(reviewRequested > 0 ? [l10n.t('{0} to review', formatNumber(reviewRequested, l10n))] : []),
	].join(' · ');
}

/** `7 of 10 · 70% · due in 3 days`: how much of a milestone is closed or merged. */
export function milestoneText(milestone: MilestoneRow, now: number, l10n: Localizer): string {
	const total = milestone.open + milestone.closed;
	const percent = total === 0 ? 0 : Math.floor((milestone.closed / total) * 100);
	const progress =
		total === 0
			? [l10n.t('nothing in it')]
			: [l10n.t('{0} of {1}', formatNumber(milestone.closed, l10n), formatNumber(total, l10n)), l10n.t('{0}%', percent)];
	const due = milestone.dueOn === null ? '' : dueText(milestone.dueOn, now, l10n);
	const when = milestone.state === 'CLOSED' ? l10n.t('closed') : due;
	return [...progress, when].filter((part) => part !== '').join(' · ');
}

export function isOverdue(milestone: Pick<MilestoneRow, 'state' | 'dueOn'>, now: number): boolean {
	return milestone.state === 'OPEN' && milestone.dueOn !== null && (daysUntil(milestone.dueOn, now) ?? 0) < 0;
}

/** What a repository's row shows beside its name. */
export function repositoryText(repository: RepositoryRow, now: number, l10n: Localizer): string {
	return [
		l10n.t('{0} open', formatNumber(repository.open, l10n)),
		repository.syncedAt === null ? l10n.t('not complete yet') : formatAge(repository.syncedAt, now, l10n),
		...(repository.partial > 0 ? [l10n.t('{0} incomplete', formatNumber(repository.partial, l10n))] : []),
	].join(' · ');
}

function noneText(by: Grouping, l10n: Localizer): string {
	switch (by) {
		case 'milestone':
			return l10n.t('No milestone');
		case 'label':
			return l10n.t('No label');
		case 'assignee':
			return l10n.t('Unassigned');
	}
}
