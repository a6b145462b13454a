import { repositoryList, type Project, type StoredProject } from '../../core/projects/project';
import type { SeedOptions } from '../../core/sync/seedOptions';
import { formatDay, formatNumber, type Localizer } from '../format/localizer';
import { labelText } from '../format/plainText';

/** `2 of 3 repositories stored` */
export function storedText({ project, stored }: StoredProject, l10n: Localizer): string {
	const total = project.repositories.length;
	return total === 1
		? l10n.t('{0} of 1 repository stored', stored.length)
		: l10n.t('{0} of {1} repositories stored', formatNumber(stored.length, l10n), formatNumber(total, l10n));
}

/** What of a project is not stored, and what to do about it; empty when all of it is. */
export function missingText({ missing }: StoredProject, l10n: Localizer): string {
	return missing.length === 0 ? '' : l10n.t('Not stored yet: {0}. Run “Sync Project…” to fetch.', labelText(repositoryList(missing)));
}

/** `octo/harbor, octo/pier · the newest 500 · created since 1 Jun 2026`: what a seed of a project does. */
export function projectDetail({ repositories, options }: Project, l10n: Localizer): string {
	return [labelText(repositoryList(repositories)), ...optionTexts(options, l10n)].join(' · ');
}

function optionTexts({ maxPullRequests, allOpen, since, checkRuns }: SeedOptions, l10n: Localizer): string[] {
	return [
		...(maxPullRequests === undefined ? [] : [l10n.t('the newest {0}', formatNumber(maxPullRequests, l10n))]),
		...(since === undefined ? [] : [l10n.t('created since {0}', formatDay(Date.parse(since), l10n))]),
		...(allOpen === true ? [l10n.t('all open ones')] : []),
		...(checkRuns === false ? [l10n.t('without check runs')] : []),
	];
}
