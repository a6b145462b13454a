import { LACKS_DETAILS, LIST_NAMES, type ListName } from '../../core/model/pullRequest';
import type { Localizer } from '../format/localizer';

/** The lists of a pull request that are known to be incomplete, in words: `reviews, check runs`. */
export function listNames(partial: readonly string[], l10n: Localizer): string {
	return partial.map((name) => (isListName(name) ? listName(name, l10n) : name === LACKS_DETAILS ? l10n.t('details') : name)).join(', ');
}

function listName(name: ListName, l10n: Localizer): string {
	switch (name) {
		case 'labels':
			return l10n.t('labels');
		case 'assignees':
			return l10n.t('assignees');
		case 'reviewRequests':
			return l10n.t('review requests');
		case 'reviews':
			return l10n.t('reviews');
		case 'commits':
			return l10n.t('commits');
		case 'files':
			return l10n.t('files');
		case 'checks':
			return l10n.t('check runs');
		case 'linkedIssues':
			return l10n.t('linked issues');
	}
}

// The column is text that another release may have written.
function isListName(name: string): name is ListName {
	return (LIST_NAMES as readonly string[]).includes(name);
}
