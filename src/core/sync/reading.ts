import type { CacheEntry } from '../cache/cacheRecord';
import { PAGE_SIZE } from '../github/selections';
import { fetchDetails, type DetailsOutcome } from './details';
import { fetchMovedChecks } from './movedChecks';
import { awaitingRenewal } from './renewal';
import { isOutdated, needsDetails, readableNow, wantsRetry, type Target } from './staleness';
import { readsRollup, type SyncContext } from './syncContext';
import { confirmGone, recentlyVanished } from './vanished';
import { inWindow } from './window';

/** Details that went out of date while a run was reading are read again, so many times. */
const MAX_ROUNDS = 3;

/** Reads details for one run, and knows what became of each pull request. */
export class Reading {
	/** Numbers whose details were read. */
	readonly fetched = new Set<number>();
	/** Numbers of which only the checks were, or of which a fingerprint said all that had moved. */
	readonly rechecked = new Set<number>();
	readonly removed = new Set<number>();
	/** Numbers that the server lists but would not show. */
	readonly unreadable = new Set<number>();

	constructor(private readonly context: SyncContext) {}

	/** Reads them, as far as they have moved. @returns `true` when there was anything to read */
	async read(targets: readonly Target[]): Promise<boolean> {
		const { cache } = this.context;
		let queue = await this.readChecks(uniqueTargets(targets));
		for (let round = 0; queue.length > 0 && round < MAX_ROUNDS; round++) {
			this.take(await fetchDetails(this.context, queue));
			// Edited between two pages of the same pull request: read once more.
			queue = queue.filter(({ number }) => {
				const entry = cache.entries.get(number);
				return entry !== undefined && !this.unreadable.has(number) && isOutdated(entry);
			});
		}
		return targets.length > 0;
	}

	/** Notes those of which a fingerprint said all that had moved. @returns whether there were any */
	tookOver(numbers: readonly number[]): boolean {
		numbers.forEach((number) => this.rechecked.add(number));
		return numbers.length > 0;
	}

	/** Reads the checks where they are all that has moved. @returns those of which more has to be read */
	private async readChecks(targets: readonly Target[]): Promise<Target[]> {
		const whole = targets.filter(({ checksAlone }) => checksAlone !== true);
		const alone = targets.filter(({ checksAlone }) => checksAlone);
		// Where others have to be read anyway, a small one is read along with them: that saves the request.
		const apart = whole.length === 0 ? alone : await this.largeOnes(alone);
		const { stored, others } = await fetchMovedChecks(this.context, apart);
		stored.forEach((number) => this.rechecked.add(number));
		return [...whole, ...alone.filter((target) => !apart.includes(target)), ...others];
	}

	/** Those with lists that go on beyond their first page. */
	private async largeOnes(targets: readonly Target[]): Promise<Target[]> {
		const records = await this.context.cache.readAll(targets.map(({ number }) => number));
		return targets.filter(({ number }) => {
			const details = records.get(number)?.pullRequest.details;
			return details && [details.commits, details.files, details.reviews, details.linkedIssues].some(({ length }) => length > PAGE_SIZE);
		});
	}

	/** Removes what is gone of those that the server does not find. */
	async forget(notFound: readonly Target[]): Promise<void> {
		if (notFound.length > 0) {
			const { gone } = await confirmGone(this.context, notFound.map(({ number }) => number));
			await this.context.cache.remove(gone);
			gone.forEach((number) => this.removed.add(number));
		}
	}

	/** What is stored without its details, or with old ones; asked for only inside the window, the open ones first, and newest first. */
	unfinished(): CacheEntry[] {
		const { cache, client, dialect, options } = this.context;
		const now = client.budget.serverNow();
		const readsChecks = readsRollup(this.context);
		const renewed = new Set(awaitingRenewal(cache).map(({ number }) => number));
		// What came back incomplete in this run is for the next one.
		const lacking = (entry: CacheEntry) =>
			needsDetails(entry, readsChecks) ||
			(!this.fetched.has(entry.number) && (renewed.has(entry.number) || wantsRetry(entry, now) || readableNow(entry, dialect, options.checkRuns !== false).length > 0));
		// Mostly there are none, and then nothing has to be put in order.
		const some = [...cache.entries.values()].some(lacking) ? inWindow(cache.entries.values(), options).filter(lacking) : [];
		return this.unlessVanished([...some.filter(isOpen), ...some.filter((entry) => !isOpen(entry))]);
	}

	/** Only when asked to is it looked at again what could not be found a short while ago. */
	unlessVanished<T extends Target>(targets: T[]): T[] {
		const { refresh, verify } = this.context.options;
		const vanished = verify === true || refresh === true ? new Set<number>() : recentlyVanished(this.context);
		return vanished.size === 0 ? targets : targets.filter(({ number }) => !vanished.has(number));
	}

	private take(outcome: DetailsOutcome): void {
		for (const number of outcome.stored) {
			this.fetched.add(number);
			this.unreadable.delete(number);
		}
		outcome.removed.forEach((number) => this.removed.add(number));
		outcome.unreadable.forEach((number) => this.unreadable.add(number));
	}
}

function isOpen({ state }: CacheEntry): boolean {
	return state === 'OPEN';
}

/** Each once; what has to be read whole for one reason is read whole. */
function uniqueTargets(targets: readonly Target[]): Target[] {
	const whole = new Set(targets.filter(({ checksAlone }) => checksAlone !== true).map(({ number }) => number));
	return [...new Map(targets.map(({ id, number }) => [number, { id, number, checksAlone: !whole.has(number) }])).values()];
}
