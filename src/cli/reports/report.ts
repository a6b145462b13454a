import type { RepositoryScope } from '../../core/store/sqlite/condition';
import type { WorkRole } from '../../core/store/read/workParts';
import type { RepositoryRow } from '../../core/store/read/repositories';
import type { Store } from '../../core/store/store';
import type { AskedFilter } from '../askedFilter';
import type { Marks } from '../marks';
import { repositoryTitle } from '../storedRepository';
import type { Column } from '../table';

export interface ReportSource {
	store: Store;
	/** Those that the report is about. */
	repositories: readonly RepositoryRow[];
	filter: RepositoryScope;
	/** What they have to be besides. */
	asked: AskedFilter;
	/** Groups of the same name are one, whichever of the repositories they are of. */
	merged: boolean;
	/** Milliseconds since the Unix epoch. */
	now: number;
	/** Days without an update after which a pull request is stale; as usual when absent. */
	staleDays: number | undefined;
	/** By which role a workload is told; as usual when absent. */
	by?: WorkRole | undefined;
	/** Days after which what waits for the same is stuck; as usual when absent. */
	stuckDays?: number | undefined;
	/** From when on changes count, ISO 8601 UTC; the last day when absent. */
	since?: string | undefined;
	/** To draw with. */
	marks: Marks;
}

export interface Report {
	columns: Column[];
	rows: string[][];
	/** The same for programs. */
	items: object[];
}

const REPOSITORY: Column = { title: 'Repository' };

/** A report whose lines belong to a repository each, which is named where there is more than one. */
export function byRepository<T extends { repositoryId: number }>(
	repositories: readonly RepositoryRow[],
	columns: readonly Column[],
	lines: readonly T[],
	describe: (line: T) => { cells: string[]; item: object },
): Report {
	const titles = new Map(repositories.map((repository) => [repository.id, repositoryTitle(repository)]));
	const isNamed = repositories.length > 1;
	const described = lines.map((line) => ({ ...describe(line), repository: titles.get(line.repositoryId) ?? '' }));
	return {
		columns: [...(isNamed ? [REPOSITORY] : []), ...columns],
		rows: described.map(({ cells, repository }) => [...(isNamed ? [repository] : []), ...cells]),
		items: described.map(({ item, repository }) => ({ repository, ...item })),
	};
}
