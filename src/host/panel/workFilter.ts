import type { Event } from '../../core/model/event';
import type { WorkSelection } from '../../core/store/workParts';

/** The trees' filter as far as the overview page minds it. */
export interface WorkFilter {
	/** The part of the work that the trees show; `undefined`: they do not look at that. */
	readonly work: WorkSelection | undefined;
	/** {@link work} may have changed, whoever did it. */
	readonly onDidChange: Event<unknown>;
	/** Shows that part in the trees, or what they showed otherwise. */
	applyWork(work: WorkSelection | undefined): void;
}
