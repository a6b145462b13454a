import type { StoredProject } from '../../core/projects/project';
import type { PullRequestFilter } from '../../core/store/read/filter';
import type { RepositoryRow } from '../../core/store/read/repositories';
import type { Store } from '../../core/store/store';
import { StoredTree } from './storedTree';
import { openList, type TreeNode } from './treeNode';

/** Everything open, of all repositories or of the project, as one list. The filter narrows it, but for the state. */
export class OpenTree extends StoredTree {
	/** All rows stand at the top. */
	getParent(): undefined {
		return undefined;
	}

	protected roots(store: Store, all: readonly RepositoryRow[], project: StoredProject | undefined): Promise<TreeNode[]> {
		const repositories = project?.stored ?? all;
		const { query, narrowsOpen } = this.options.filter;
		const filter: PullRequestFilter = { ...query, states: ['OPEN'], repositoryIds: repositories.map(({ id }) => id) };
		// What is open is known without asking.
		const count = async () => (narrowsOpen ? (await store.read.countPullRequests(filter)).OPEN : repositories.reduce((sum, { open }) => sum + open, 0));
		return this.pullRequests(store, openList(repositories), filter, count);
	}

	protected children(): Promise<TreeNode[]> {
		return Promise.resolve([]);
	}
}
