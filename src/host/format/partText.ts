import type { RepositoryRow } from '../../core/store/read/repositories';
import { formatNumber, type Localizer } from './localizer';

type Part = Pick<RepositoryRow, 'nameWithOwner' | 'pullRequests' | 'totalCount'>;

/** `50 of 400 stored`; empty where all of a repository is stored. */
export function partText({ pullRequests, totalCount }: Part, l10n: Localizer): string {
	return isPart(totalCount, pullRequests) ? l10n.t('{0} of {1} stored', formatNumber(pullRequests, l10n), formatNumber(totalCount, l10n)) : '';
}

/** `1 pull request`, `400 pull requests`, or `50 of 400 pull requests`. @param total as {@link RepositoryRow.totalCount} */
export function pullRequestsText(count: number, total: number | null, l10n: Localizer): string {
	if (isPart(total, count)) {
		return l10n.t('{0} of {1} pull requests', formatNumber(count, l10n), formatNumber(total, l10n));
	}
	return count === 1 ? l10n.t('1 pull request') : l10n.t('{0} pull requests', formatNumber(count, l10n));
}

/** What numbers are counted from, where that is only a part of some repositories: one sentence; empty where all of it is stored. */
export function partsText(repositories: readonly Part[], l10n: Localizer): string {
	const parts = repositories.filter(({ pullRequests, totalCount }) => isPart(totalCount, pullRequests));
	const [first, ...others] = parts;
	if (!first) {
		return '';
	}
	return others.length === 0
		? l10n.t('{0}: {1}; the numbers are of these.', first.nameWithOwner, partText(first, l10n))
		: l10n.t('Of {0} repositories only a part is stored; the numbers are of that part.', formatNumber(parts.length, l10n));
}

function isPart(totalCount: number | null, stored: number): totalCount is number {
	return totalCount !== null && totalCount > stored;
}
