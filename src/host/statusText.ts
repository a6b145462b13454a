import { CertificateError, TransientError } from '../core/github/errors';
import type { RateLimit, RateLimits } from '../core/model/rateLimit';
import type { RepositoryRow } from '../core/store/read/repositories';
import type { SeedProgress } from '../core/sync/seedReport';
import { formatAge, formatNumber, formatTime, type Localizer } from './format/localizer';
import { shortProgressText } from './format/progressText';
import { staleText } from './storage/storageText';
import { backgroundLines, isPaused, type BackgroundInput } from './background/backgroundText';

/** Everything that the status bar item depends on. */
export interface StatusInput {
	/** What is known of the last used account's budgets; `undefined` before its first request. */
	limits: RateLimits | undefined;
	/** The latest word of each running seed. */
	running: readonly (SeedProgress | undefined)[];
	/** `undefined` while that is not known yet. */
	signedIn: boolean | undefined;
	hasStored: boolean;
	/** When the newest of what is stored was brought up to date; `undefined` before that has ever ended. */
	lastSyncedAt: string | undefined;
	/** What is stored, as far as its age goes. */
	repositories: readonly Pick<RepositoryRow, 'nameWithOwner' | 'syncedAt'>[];
	lastFailure: Error | undefined;
	/** How the repositories stand that are kept up to date. */
	background: BackgroundInput;
	/** Remaining points under which it warns. */
	warnBelow: number;
	/** Milliseconds since the epoch, by the server's clock where that is known. */
	now: number;
}

export interface StatusText {
	/** With codicons; nothing in it comes from GitHub but numbers. */
	text: string;
	/** Lines of plain text. */
	tooltip: string[];
	/** Lines about background sync. */
	background: string[];
	warning: boolean;
}

/** What the status bar item shows; `undefined` while there is nothing to show. */
export function statusText(input: StatusInput, l10n: Localizer): StatusText | undefined {
	const graphql = current(input.limits?.graphql, input.now);
	const rest = current(input.limits?.rest, input.now);
	if (!graphql && !rest && !input.hasStored && input.running.length === 0) {
		return undefined;
	}
	const { lastFailure } = input;
	const offline = lastFailure instanceof CertificateError || (lastFailure instanceof TransientError && lastFailure.reason === 'network');
	const points = graphql && formatNumber(graphql.remaining, l10n);
	const warning = graphql !== undefined && graphql.remaining < input.warnBelow;
	const stale = staleText(input.repositories, input.now, l10n);
	const tooltip = [
		graphql && l10n.t('GraphQL: {0} of {1} points left, resets at {2}', ...budgetArguments(graphql, l10n)),
		rest && l10n.t('REST: {0} of {1} requests left, resets at {2}', ...budgetArguments(rest, l10n)),
		graphql && !rest ? l10n.t('REST: not used yet') : undefined,
		warning ? l10n.t('Fewer than {0} points are left.', formatNumber(input.warnBelow, l10n)) : undefined,
		!graphql && !rest ? l10n.t('The budget is known after the next request to GitHub.') : undefined,
		input.signedIn === false ? l10n.t('Signed out: what is stored stays readable.') : undefined,
		offline ? l10n.t('GitHub could not be reached the last time.') : undefined,
		stale === '' ? undefined : stale,
	].filter((line) => line !== undefined);
	return {
		text: mainText(input, points, offline, l10n),
		tooltip,
		background: backgroundLines(input.background, l10n),
		warning,
	};
}

function mainText(input: StatusInput, points: string | undefined, offline: boolean, l10n: Localizer): string {
	const [running] = input.running;
	if (input.running.length > 0) {
		const icon = running?.pausedUntil === undefined ? '$(sync~spin)' : '$(debug-pause)';
		return `${icon} ${[shortProgressText(running, l10n), ...(points === undefined ? [] : [points])].join(' · ')}`;
	}
	if (input.signedIn === false) {
		return `$(github) ${l10n.t('signed out')}`;
	}
	if (offline) {
		return `$(github) ${l10n.t('offline')}`;
	}
	const known = points ?? ageText(input, l10n);
	return isPaused(input.background) ? `$(debug-pause) ${l10n.t('sync paused')} · ${known}` : `$(github) ${known}`;
}

/** Until a budget is known: how old what is stored is. */
function ageText({ lastSyncedAt, now }: StatusInput, l10n: Localizer): string {
	const age = lastSyncedAt === undefined ? '' : formatAge(lastSyncedAt, now, l10n, 'short');
	return age === '' ? 'PR Seeder' : l10n.t('synced {0}', age);
}

/** A budget whose hour is over is whole again. */
function current(limit: RateLimit | null | undefined, now: number): RateLimit | undefined {
	if (!limit) {
		return undefined;
	}
	return Date.parse(limit.resetAt) > now ? limit : { ...limit, remaining: limit.limit, used: 0 };
}

function budgetArguments(limit: RateLimit, l10n: Localizer): [string, string, string] {
	return [formatNumber(limit.remaining, l10n), formatNumber(limit.limit, l10n), formatTime(Date.parse(limit.resetAt))];
}
