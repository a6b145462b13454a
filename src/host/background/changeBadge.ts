import type { Clock } from '../../core/model/clock';
import { DEFAULT_CHANGED_HOURS } from '../../core/insights/changes';
import type { Disposable, Event } from '../../core/model/event';
import { isInstant, isName, listOfEach, shaped } from '../../core/model/guards';
import type { Store } from '../../core/store/store';
import type { SeenUpdates } from '../../core/store/read/updates';
import { instant } from '../../core/model/clock';
import { Coalescer } from '../coalescer';
import { DisposableStore } from '../disposableStore';
import type { Keeper } from '../filter/filterState';
import type { Localizer } from '../format/localizer';

/** Rows come in a stream: not every one has to be counted, or noted as seen, at once. */
const CHANGE_DELAY_MS = 1_000;
const SEEN_KEY = 'seenUpdates';
const LAST_VISIT_KEY = 'lastVisit';
/** Out of sight for less than this is the same visit. */
const SAME_VISIT_MS = 30 * 60_000;


export interface ChangeBadgeOptions {
	/** Opening it may fail: there is no badge then. */
	store: { get: () => Promise<Store>; readonly isOpen: boolean; onDidChange: Event<undefined> };
	/** Over all windows: what was seen in one was seen. */
	keeper: Keeper;
	views: {
		readonly isVisible: boolean;
		onDidChangeVisibility: (listener: () => void) => Disposable;
		showBadge(badge: { value: number; tooltip: string } | undefined): void;
	};
	clock: Pick<Clock, 'now'>;
	l10n: Localizer;
}

/**
 * Counts the pull requests that changed since somebody last looked at the views. Only until where was looked is kept, by
 * the server's time; the number is the store's.
 */
export class ChangeBadge implements Disposable {
	private readonly disposables = new DisposableStore();
	private readonly changed = this.disposables.add(new Coalescer(CHANGE_DELAY_MS, () => void this.update()));
	private turn: Promise<void> = Promise.resolve();
	/** Whether they were in sight when that was noted last. */
	private wasVisible = false;

	constructor(private readonly options: ChangeBadgeOptions) {
		const { store, views } = options;
		// Coming into sight or going out of it: either way they have been looked at until now.
		this.disposables.add(views.onDidChangeVisibility(() => void this.inTurn(() => this.note())));
		this.disposables.add(store.onDidChange(() => this.schedule()));
	}

	/** Rows changed, or another window was looked at: sees to the badge in a moment. Does nothing while the database is not open. */
	schedule(): void {
		if (this.options.store.isOpen) {
			this.changed.schedule();
		}
	}

	/** Counts anew, or notes that somebody looks. Resolves once the badge is right. */
	update(): Promise<void> {
		return this.inTurn(() => (this.options.views.isVisible ? this.note() : this.count()));
	}

	dispose(): void {
		this.disposables.dispose();
	}

	/** When somebody last looked at the views before this visit, ISO 8601 UTC by this machine's clock; a day ago where that is not known. */
	get lastVisit(): string {
		const { clock, keeper, views } = this.options;
		const [seen, before] = [keeper.get(SEEN_KEY), keeper.get(LAST_VISIT_KEY)];
		const isAway = !views.isVisible && isSeen(seen) && clock.now() - Date.parse(seen.otherwise) >= SAME_VISIT_MS;
		return isAway ? seen.otherwise : isInstant(before) ? before : instant(clock.now() - DEFAULT_CHANGED_HOURS * 3_600_000);
	}

	private async note(): Promise<void> {
		const { clock, keeper, store, views } = this.options;
		views.showBadge(undefined);
		const otherwise = instant(clock.now());
		const seen = keeper.get(SEEN_KEY);
		if (views.isVisible && isSeen(seen) && clock.now() - Date.parse(seen.otherwise) >= SAME_VISIT_MS && !this.wasVisible) {
			await keeper.update(LAST_VISIT_KEY, seen.otherwise);
		}
		this.wasVisible = views.isVisible;
		const rows = await (await store.get()).read.updates({ repositories: [], otherwise });
		const repositories = rows.flatMap(({ host, nodeId, newest }) => (newest === null ? [] : [{ host, nodeId, until: newest }]));
		await keeper.update(SEEN_KEY, { repositories, otherwise } satisfies SeenUpdates);
	}

	private async count(): Promise<void> {
		const { keeper, l10n, store, views } = this.options;
		const seen = keeper.get(SEEN_KEY);
		// Who has never looked has missed nothing.
		const rows = isSeen(seen) ? await (await store.get()).read.updates(seen) : [];
		const value = rows.reduce((sum, { unseen }) => sum + unseen, 0);
		const tooltip = value === 1 ? l10n.t('1 pull request changed since you last looked') : l10n.t('{0} pull requests changed since you last looked', value);
		views.showBadge(value === 0 ? undefined : { value, tooltip });
	}

	/** One after the other, in the order in which they were asked for. A store that can't be read is shown elsewhere. */
	private inTurn(work: () => Promise<void>): Promise<void> {
		this.turn = this.turn.then(work).catch(() => undefined);
		return this.turn;
	}
}

const isSeen = shaped<SeenUpdates>({
	repositories: listOfEach(shaped<SeenUpdates['repositories'][number]>({ host: isName, nodeId: isName, until: isInstant })),
	otherwise: isInstant,
});
