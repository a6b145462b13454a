import type { Event } from '../../core/model/event';
import type { AttributeFilter } from '../../core/store/read/attributeConditions';
import type { WorkSelection } from '../../core/store/read/workParts';

/** The trees' filter as far as the overview page minds it. */
export interface WorkFilter {
	/** What a person narrowed the views to. The page counts open work, so it leaves the states aside. */
	get(): AttributeFilter;
	/** The part of the work that the trees show; `undefined`: they do not look at that. */
	readonly work: WorkSelection | undefined;
	/** Either may have changed, whoever did it. */
	readonly onDidChange: Event<unknown>;
	/** Shows that part in the trees, or what they showed otherwise. */
	applyWork(work: WorkSelection | undefined): void;
}

/** What a filter asks of the pull requests themselves, without what it asks else. */
export function attributesOf(filter: Pick<WorkFilter, 'get'>): AttributeFilter {
	const { labels, author, draft, text } = filter.get();
	return {
		...(labels === undefined ? {} : { labels }),
		...(author === undefined ? {} : { author }),
		...(draft === undefined ? {} : { draft }),
		...(text === undefined ? {} : { text }),
	};
}
