import type { StatesAndAttributes } from '../../filter/conditions';
import type { Grouping } from './groupings';
import { ofAttributes } from './attributeConditions';
import { and, ofRepositories, ofStates, type Condition, type RepositoryScope } from '../sqlite/condition';
import { ofSelection, type WorkSelection } from './workParts';

/** Which pull requests to show. Everything given must hold. */
export interface PullRequestFilter extends StatesAndAttributes, RepositoryScope {
	/** The group whose members are wanted. */
	group?: GroupSelection;
	/** One part of one person's work. */
	work?: WorkSelection;
}

export interface GroupSelection {
	by: Grouping;
	/** As the query `groups` gave it. */
	key: string | null;
	/** The key is one that `mergedGroups` gave. */
	merged?: boolean;
}

/** A filter without its group, as a condition on `pull_request`. */
export function ofFilter({ repositoryId, repositoryIds, states, work, ...attributes }: PullRequestFilter): Condition {
	const scope = { ...(repositoryId !== undefined && { repositoryId }), ...(repositoryIds && { repositoryIds }) };
	const narrowing = [...(work === undefined ? [] : [ofSelection(work)]), ...ofAttributes(attributes, states)];
	return narrowing.reduce(and, and(ofRepositories(scope), ofStates(states)));
}
