import { isStale } from '../../core/model/freshness';
import { GITHUB_HOST } from '../../core/model/repository';
import type { StoredStatus } from '../../core/storedStatus';
import type { RepositoryRow } from '../../core/store/read/repositories';
import { formatAge, formatNumber, formatSize, type Localizer } from '../format/localizer';
import { pullRequestsText } from '../format/partText';
import { oneLine, withoutIcons } from '../format/plainText';

const DAY_MS = 86_400_000;

/** What a row of the list of what is stored shows; `$(icon)` is drawn. */
export interface StoredRow {
	label: string;
	description: string;
	detail: string;
}

/** `octo/harbor`, `310 pull requests · 2 days ago`, `1.2 MB in the cache · 3 incomplete` */
export function storedRow(stored: StoredStatus, now: number, l10n: Localizer): StoredRow {
	const { host, nameWithOwner, pullRequests, totalCount, syncedAt, partial, resumable, cached, bytes, stale } = stored;
	const count = pullRequestsText(pullRequests, totalCount, l10n);
	const age = syncedAt === null ? l10n.t('first sync unfinished') : formatAge(syncedAt, now, l10n);
	return {
		label: `$(${stale ? 'warning' : 'repo'}) ${withoutIcons(nameWithOwner)}`,
		description: [host === GITHUB_HOST ? '' : withoutIcons(host), count, age].filter((part) => part !== '').join(' · '),
		detail: [
			cached ? l10n.t('{0} in the cache', formatSize(bytes, l10n)) : l10n.t('in the database alone'),
			partial > 0 ? l10n.t('{0} incomplete', formatNumber(partial, l10n)) : '',
			resumable ? l10n.t('stopped early: the next sync continues from there') : '',
			stale ? l10n.t('not refreshed for more than 7 days') : '',
		]
			.filter((part) => part !== '')
			.join(' · '),
	};
}

/** What a view says of repositories that are old, and how they are brought up to date; empty when none is. Plain text. */
export function staleText(repositories: readonly Pick<RepositoryRow, 'nameWithOwner' | 'syncedAt'>[], now: number, l10n: Localizer): string {
	const stale = repositories.filter(({ syncedAt }) => isStale(syncedAt, now));
	const [first] = stale;
	if (first === undefined) {
		return '';
	}
	if (stale.length > 1) {
		return l10n.t('{0} of {1} repositories were last refreshed more than 7 days ago. Use “Refresh from GitHub”.', stale.length, repositories.length);
	}
	const days = daysSince(first.syncedAt, now);
	return repositories.length === 1
		? l10n.t('Last refreshed {0} days ago. Use “Refresh from GitHub”.', days)
		: l10n.t('{0} was last refreshed {1} days ago. Use “Refresh from GitHub”.', oneLine(first.nameWithOwner), days);
}

function daysSince(moment: string | null, now: number): number {
	return Math.floor((now - Date.parse(moment ?? '')) / DAY_MS);
}
