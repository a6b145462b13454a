import type { Conditions } from '../../core/filter/conditions';
import type { Asker } from '../../core/model/asker';
import type { Event } from '../../core/model/event';
import type { WorkSelection } from '../../core/store/read/workParts';

/** The trees' filter as far as the overview page minds it. */
export interface WorkFilter {
	/** What a person narrowed the views to. The page counts open work, so it leaves the state aside. */
	get(): Conditions;
	/** Who asks, where that is known. */
	readonly asker?: Asker | undefined;
	/** The part of the work that the trees show; `undefined`: they do not look at that. */
	readonly work: WorkSelection | undefined;
	/** Either may have changed, whoever did it. */
	readonly onDidChange: Event<unknown>;
	/** Shows that part in the trees, or what they showed otherwise. */
	applyWork(work: WorkSelection | undefined): void;
}
