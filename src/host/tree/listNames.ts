import { LACKS_DETAILS, PART_NAMES, type PartName } from '../../core/model/pullRequest';
import type { Localizer } from '../format/localizer';

/** The lists of a pull request that are known to be incomplete, in words: `reviews, check runs`. */
export function listNames(partial: readonly string[], l10n: Localizer): string {
	return partial.map((name) => (isPartName(name) ? partName(name, l10n) : name === LACKS_DETAILS ? l10n.t('details') : name)).join(', ');
}

function partName(name: PartName, l10n: Localizer): string {
	switch (name) {
		case 'author':
			return l10n.t('author');
		case 'milestone':
			return l10n.t('milestone');
		case 'closedAt':
		case 'mergedAt':
			return l10n.t('date of closing');
		case 'mergedBy':
			return l10n.t('who merged it');
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
		case 'standing':
			return l10n.t('merge state');
		case 'reviewThreads':
			return l10n.t('review threads');
		case 'events':
			return l10n.t('review history');
	}
}

// The column is text that another release may have written.
function isPartName(name: string): name is PartName {
	return (PART_NAMES as readonly string[]).includes(name);
}
