import type { Asker } from '../../core/model/asker';
import { Emitter, type Disposable } from '../../core/model/event';
import { asFilter, attributesOf, type Conditions } from '../../core/filter/conditions';
import { DEFAULT_FILTER, DEFAULT_ORDER, isDefaultFilter, shownFilter, shownOrder } from './shownFilter';
import type { PullRequestFilter } from '../../core/store/read/filter';
import type { PullRequestOrder } from '../../core/store/read/pullRequestRow';
import type { WorkSelection } from '../../core/store/read/workParts';

/** Where it is kept over a reload: the editor's `Memento`, as far as it is used. */
export interface Keeper {
	get(key: string): unknown;
	update(key: string, value: unknown): Thenable<void>;
}

const FILTER_KEY = 'filter';
const ORDER_KEY = 'order';

/**
 * What the views of this window show, shared by the trees and the overview page. A part of the work that was
 * chosen there takes the filter's place until it is let go of or the filter is changed; it is not kept over a
 * reload, because its days are those of the moment in which it was chosen.
 */
export class FilterState implements Disposable {
	private readonly changed = new Emitter<undefined>();
	private filter: Conditions;
	private currentOrder: PullRequestOrder;
	private selected: WorkSelection | undefined;

	readonly onDidChange = this.changed.event;

	/** @param keeper of the workspace: two windows on different work narrow it differently */
	constructor(
		private readonly keeper: Keeper,
		private readonly askerOf?: () => Asker,
	) {
		this.filter = shownFilter(keeper.get(FILTER_KEY));
		this.currentOrder = shownOrder(keeper.get(ORDER_KEY));
	}

	/** Who asks, as far as that is known. */
	get asker(): Asker | undefined {
		return this.askerOf?.();
	}

	/** The conditions that a person set. */
	get(): Conditions {
		return this.filter;
	}

	/** Shows these, in place of a chosen part of the work. */
	set(filter: Conditions): void {
		this.filter = shownFilter(filter);
		this.selected = undefined;
		void this.keeper.update(FILTER_KEY, this.filter);
		this.changed.fire(undefined);
	}

	/** What the views ask the store for; they add a repository and a group. Plain data. */
	get query(): PullRequestFilter {
		return this.selected === undefined ? asFilter(this.filter, this.asker) : { work: this.selected };
	}

	get order(): PullRequestOrder {
		return this.currentOrder;
	}

	setOrder(order: PullRequestOrder): void {
		this.currentOrder = order;
		void this.keeper.update(ORDER_KEY, order);
		this.changed.fire(undefined);
	}

	/** The part of the work that the views show; `undefined`: they do not look at that. */
	get work(): WorkSelection | undefined {
		return this.selected;
	}

	/** Shows that part, or what was shown otherwise. */
	applyWork(work: WorkSelection | undefined): void {
		this.selected = work;
		this.changed.fire(undefined);
	}

	/** Whether nobody asked for anything: what is open is shown. */
	get isDefault(): boolean {
		return this.selected === undefined && isDefaultFilter(this.filter);
	}

	/** Whether somebody asked for less than everything that is open, whatever the state that they asked for. */
	get narrowsOpen(): boolean {
		return this.selected !== undefined || !isDefaultFilter(attributesOf(this.filter));
	}

	/** Shows what is shown when nobody asked for anything; the order stays. */
	clear(): void {
		this.set(DEFAULT_FILTER);
	}

	/** Whether rows come in the order in which they come when nobody asked for another. */
	get isDefaultOrder(): boolean {
		return this.currentOrder.by === DEFAULT_ORDER.by && this.currentOrder.ascending === DEFAULT_ORDER.ascending;
	}

	dispose(): void {
		this.selected = undefined;
	}
}
