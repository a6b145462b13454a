import { Emitter } from '../../core/model/event';
import type { AttributeFilter } from '../../core/store/attributeConditions';
import type { WorkSelection } from '../../core/store/workParts';
import type { WorkFilter } from './workFilter';

/** Keeps the chosen part of the work while the window lives. */
export class SelectedWork implements WorkFilter {
	private readonly changed = new Emitter<undefined>();
	private selected: WorkSelection | undefined;

	readonly onDidChange = this.changed.event;

	get(): AttributeFilter {
		return {};
	}

	get work(): WorkSelection | undefined {
		return this.selected;
	}

	applyWork(work: WorkSelection | undefined): void {
		this.selected = work;
		this.changed.fire(undefined);
	}
}
