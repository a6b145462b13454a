import { conditionTexts, type Conditions } from '../../core/filter/conditions';
import type { Sentence } from '../../core/model/sentence';
import type { PullRequestOrder } from '../../core/store/read/pullRequestRow';
import { DEFAULT_ROLE, type WorkRole, type WorkSelection } from '../../core/store/read/workParts';
import { localized } from '../format/errorText';
import type { Localizer } from '../format/localizer';
import { labelText } from '../format/plainText';

/** The longest that a name or text of a condition is shown. */
const LONGEST_VALUE = 100;

/** What the trees show, for the line above them; empty when that is what they always show. Plain text. */
export function filterText(filter: Conditions, work: WorkSelection | undefined, l10n: Localizer): string {
	const parts = work ? [workText(work, l10n)] : conditionTexts(filter).map((said) => conditionText(said, l10n));
	return parts.length === 0 ? '' : l10n.t('Filter: {0}', parts.join(' · '));
}

/** What is said of a condition, with names from outside as one short line each. */
export function conditionText(said: Sentence, l10n: Localizer): string {
	return localized(said, l10n, (value) => labelText(value, LONGEST_VALUE));
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

function nobodyText(role: WorkRole, l10n: Localizer): string {
	switch (role) {
		case 'author':
			return l10n.t('Unknown author');
		case 'reviewer':
			return l10n.t('Nobody asked');
		case 'assignee':
			return l10n.t('Unassigned');
	}
}

function workText({ login, role = DEFAULT_ROLE, part }: WorkSelection, l10n: Localizer): string {
	const who = login === null ? nobodyText(role, l10n) : labelText(login);
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
