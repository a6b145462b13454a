import { busyPeople, workloadModel } from '../insights/workloadModel';
import type { StoreWith } from '../store/read/reads';
import type { RepositoryScope } from '../store/sqlite/condition';
import type { PullRequestFilter } from '../store/read/filter';
import type { WorkPeriod } from '../store/read/workParts';
import type { RepositoryRow } from '../store/read/repositories';
import { MILESTONE_COLUMNS, PULL_REQUEST_COLUMNS, WORKLOAD_COLUMNS, type Column, type ExportedValue, type OfRepository } from './exportTable';

/** What can be taken elsewhere as rows. */
export const EXPORT_KINDS = ['pull-requests', 'workload', 'milestones'] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

export type ExportStore = StoreWith<'repositories' | 'pullRequestRecords' | 'workload' | 'milestones'>;

/** Rows as they come, in the order of their columns. */
export interface ExportRows {
	columns: string[];
	pages: AsyncIterable<ExportedValue[][]>;
}

/** Short enough that neither thread is held up by one, long enough that there are few. */
const PAGE = 500;

/**
 * @param filter of pull requests; of workload and milestones it chooses the repositories alone
 * @param period what the workload is counted over, and under
 */
export function exportRows(kind: ExportKind, store: ExportStore, filter: Omit<PullRequestFilter, 'group'>, period: Omit<WorkPeriod, keyof RepositoryScope>): ExportRows {
	switch (kind) {
		case 'pull-requests':
			return rowsOf(PULL_REQUEST_COLUMNS, pullRequests(store, filter));
		case 'workload':
			return rowsOf(WORKLOAD_COLUMNS, once(async () => busyPeople(workloadModel(await store.read.workload({ ...only(filter), ...period })))));
		case 'milestones':
			return rowsOf(MILESTONE_COLUMNS, once(async () => withRepository(await store.read.repositories(), await store.read.milestones(only(filter)))));
	}
}

function only({ repositoryId, repositoryIds }: PullRequestFilter): RepositoryScope {
	return { ...(repositoryId === undefined ? {} : { repositoryId }), ...(repositoryIds === undefined ? {} : { repositoryIds }) };
}

function rowsOf<T>(columns: readonly Column<T>[], pages: AsyncIterable<T[]>): ExportRows {
	async function* valuePages(): AsyncGenerator<ExportedValue[][]> {
		for await (const page of pages) {
			yield page.map((row) => columns.map(([, value]) => value(row)));
		}
	}
	return { columns: columns.map(([name]) => name), pages: valuePages() };
}

/** Repository by repository, each in order of its numbers: what changes meanwhile makes none of the others come twice or not at all. */
async function* pullRequests(store: ExportStore, filter: Omit<PullRequestFilter, 'group'>) {
	const { repositoryId, repositoryIds } = filter;
	const repositories = (await store.read.repositories()).filter(({ id }) => (repositoryId === undefined || repositoryId === id) && repositoryIds?.includes(id) !== false);
	for (const repository of repositories) {
		for (let after: number | undefined = 0; after !== undefined; ) {
			const page = await store.read.pullRequestRecords({ ...filter, repositoryId: repository.id }, { after, limit: PAGE });
			yield page.map((row) => ({ row, repository }));
			after = page.at(-1)?.number;
		}
	}
}

async function* once<T>(read: () => Promise<T[]>): AsyncGenerator<T[]> {
	yield await read();
}

function withRepository<T extends { repositoryId: number }>(repositories: readonly RepositoryRow[], rows: readonly T[]): OfRepository<T>[] {
	const known = new Map(repositories.map((repository) => [repository.id, repository]));
	return rows.flatMap((row) => {
		const repository = known.get(row.repositoryId);
		return repository === undefined ? [] : [{ row, repository }];
	});
}
