import type { LabelMatch } from '../../core/store/read/attributeConditions';
import { stateChoice, type ShownFilter, type StateChoice } from './shownFilter';
import type { PullRequestOrder } from '../../core/store/read/pullRequestRow';
import type { WorkSelection } from '../../core/store/read/workParts';
import type { Localizer } from '../format/localizer';
import { labelText } from '../format/plainText';

/** What the trees show, for the line above them; empty when that is what they always show. Plain text. */
export function filterText(filter: ShownFilter, work: WorkSelection | undefined, l10n: Localizer): string {
	const parts = work ? [workText(work, l10n)] : conditionTexts(filter, l10n);
	return parts.length === 0 ? '' : l10n.t('Filter: {0}', parts.join(' · '));
}

/** The conditions, one text each; none for what holds anyway. */
export function conditionTexts(filter: ShownFilter, l10n: Localizer): string[] {
	const choice = stateChoice(filter);
	const { labels, author, draft, text } = filter;
	return [
		...(choice === 'open' ? [] : [stateText(choice, l10n)]),
		...(labels === undefined ? [] : [labelsText(labels, l10n)]),
		...(author === undefined ? [] : [l10n.t('by {0}', labelText(author))]),
		...(draft === undefined ? [] : [draftText(draft, l10n)]),
		...(text === undefined ? [] : [l10n.t('"{0}" in the title', labelText(text, 60))]),
	];
}

export function stateText(choice: StateChoice, l10n: Localizer): string {
	switch (choice) {
		case 'open':
			return l10n.t('open');
		case 'merged':
			return l10n.t('merged');
		case 'closed':
			return l10n.t('closed, not merged');
		case 'all':
			return l10n.t('all states');
	}
}

export function labelsText({ match, names }: NonNullable<ShownFilter['labels']>, l10n: Localizer): string {
	const list = names.map((name) => labelText(name, 40)).join(', ');
	const [only] = names;
	if (only !== undefined && names.length === 1) {
		return match === 'none' ? l10n.t('not labeled {0}', list) : l10n.t('labeled {0}', list);
	}
	return matchText(match, list, l10n);
}

function matchText(match: LabelMatch, list: string, l10n: Localizer): string {
	switch (match) {
		case 'any':
			return l10n.t('labeled any of {0}', list);
		case 'all':
			return l10n.t('labeled all of {0}', list);
		case 'none':
			return l10n.t('labeled none of {0}', list);
	}
}

export function draftText(draft: boolean | undefined, l10n: Localizer): string {
	return draft === undefined ? l10n.t('drafts and non-drafts') : draft ? l10n.t('drafts only') : l10n.t('no drafts');
}

export function orderText({ by, ascending }: PullRequestOrder, l10n: Localizer): string {
	switch (by) {
		case 'updated':
			return ascending ? l10n.t('Least recently updated') : l10n.t('Recently updated');
		case 'created':
			return ascending ? l10n.t('Oldest') : l10n.t('Newest');
		case 'number':
			return ascending ? l10n.t('Lowest number first') : l10n.t('Highest number first');
	}
}

function workText({ login, part }: WorkSelection, l10n: Localizer): string {
	const who = login === null ? l10n.t('Unassigned') : labelText(login);
	switch (part) {
		case 'ready':
			return l10n.t('{0} – ready', who);
		case 'changesRequested':
			return l10n.t('{0} – changes requested', who);
		case 'draft':
			return l10n.t('{0} – drafts', who);
		case 'stale':
			return l10n.t('{0} – stale', who);
		case 'reviewRequested':
			return l10n.t('{0} – review requested', who);
	}
}
