import { writeChange } from './applyChange';
import type { WrittenRepository } from './catalogWriter';
import type { Connection } from '../sqlite/connection';
import { StoredRows } from './storedRows';
import type { RepositoryChange } from './repositoryChange';
import { OutOfStepError } from '../storeErrors';

/** What was found to be other than it should, and is as it should by now. */
export interface Mended {
	/** Of the repository's rows; another one when anything was mended. */
	revision: string;
	/** Numbers of the pull requests with such rows, those that should not be there too; in no order. */
	pullRequests: number[];
	/** Labels, milestones or people were. */
	catalogue: boolean;
}

/**
 * Writes a change as if none of its pull requests were stored, and tells which rows came out other than they were. Nothing is
 * written where none did. Where the change says what is removed, rows that belong to no pull request go too.
 * @throws OutOfStepError also when the repository is not stored
 */
export function mendRows(connection: Connection, change: RepositoryChange): Mended & { written: WrittenRepository } {
	const { repository, pullRequests = [], removed } = change;
	const { ref, nodeId } = repository;
	const id = connection.first('SELECT id FROM repository WHERE host = ? AND node_id = ?', [ref.host, nodeId], (row) => row.number('id'));
	if (id === undefined) {
		throw new OutOfStepError();
	}
	const rows = new StoredRows(connection, id);
	return connection.transaction(() => {
		const strays = removed === undefined ? [] : rows.strays();
		const numbers = [...new Set([...pullRequests.map(({ number }) => number), ...(removed ?? []), ...strays])];
		const before = numbers.map((number) => rows.of(number));
		const catalogue = rows.catalogue();
		numbers.forEach((number) => rows.drop(number));
		const written = writeChange(connection, change);
		return {
			written,
			revision: written.revision,
			pullRequests: numbers.filter((number, i) => rows.of(number) !== before[i]),
			catalogue: rows.catalogue() !== catalogue,
		};
	}, isMended);
}

/** Whether anything was other than it should. */
export function isMended({ pullRequests, catalogue }: Pick<Mended, 'pullRequests' | 'catalogue'>): boolean {
	return pullRequests.length > 0 || catalogue;
}
