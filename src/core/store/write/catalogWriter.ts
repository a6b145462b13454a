import type { Label, Milestone } from '../../model/pullRequest';
import { nameWithOwner } from '../../model/repository';
import { ANY_STATE } from '../sqlite/condition';
import type { Connection } from '../sqlite/connection';
import { dropRows } from './repositoryRows';
import type { StoredRepository } from './repositoryChange';
import { OutOfStepError } from '../storeErrors';

/** What became of a repository's row. */
export interface WrittenRepository {
	id: number;
	revision: string;
	/** When it was last synced before this change, as far as the rows say; `null` where it never was. */
	syncedBefore: string | null;
	/** Node ids of other repositories of the host whose rows changed too: one that gave way to it, those of renamed people. */
	others: string[];
}

/**
 * Writes a repository's row.
 * One that was renamed keeps its rows under the new name; another one that took over an old name replaces
 * the previous bearer.
 * @param basis the revision that its row has to have, when given
 * @throws OutOfStepError when it has another, or there is none
 */
export function writeRepository(connection: Connection, repository: StoredRepository, basis?: string): WrittenRepository {
	const { ref, nodeId, pushedAt, syncedAt, totalCount, cachePosition } = repository;
	const name = nameWithOwner(ref);
	const others = connection.all(
		'DELETE FROM repository WHERE host = ? AND name_with_owner = ? AND node_id <> ? RETURNING node_id',
		[ref.host, name, nodeId],
		(row) => row.text('node_id'),
	);
	const known = connection.first('SELECT id, revision, synced_at FROM repository WHERE host = ? AND node_id = ?', [ref.host, nodeId], (row) => ({
		id: row.number('id'),
		revision: row.text('revision'),
		syncedBefore: row.textOrNull('synced_at'),
	}));
	if (basis !== undefined && known?.revision !== basis) {
		throw new OutOfStepError();
	}
	const revision = crypto.randomUUID();
	if (known !== undefined) {
		connection.run(
			'UPDATE repository SET name_with_owner = ?, pushed_at = ?, synced_at = ?, total_count = ?, cache_position = ?, revision = ? WHERE id = ?',
			name,
			pushedAt,
			syncedAt,
			totalCount,
			cachePosition,
			revision,
			known.id,
		);
		return { id: known.id, revision, syncedBefore: known.syncedBefore, others };
	}
	const id = freeRepositoryId(connection, ref.host, nodeId);
	// Another tool may have deleted the repository alone: what was its own is nobody's.
	dropRows(connection, id);
	connection.run(
		'INSERT INTO repository (id, host, name_with_owner, node_id, pushed_at, synced_at, total_count, cache_position, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
		id,
		ref.host,
		name,
		nodeId,
		pushedAt,
		syncedAt,
		totalCount,
		cachePosition,
		revision,
	);
	return { id, revision, syncedBefore: null, others };
}

/**
 * The id of a new repository: drawn from its identity, so that two processes that never met give it the same
 * one, and 23 bits, because it stands in every row. Should it be taken, the next free one.
 */
export function freeRepositoryId(connection: Connection, host: string, nodeId: string): number {
	// FNV-1a
	let hash = 0x811c9dc5;
	for (const byte of new TextEncoder().encode(`${host} ${nodeId}`)) {
		hash = Math.imul(hash ^ byte, 0x01000193);
	}
	let id = (hash >>> 9) || 1;
	while (connection.first('SELECT 1 AS taken FROM repository WHERE id = ?', [id], () => true)) {
		id++;
	}
	return id;
}

/**
 * Makes these the repository's labels, and puts new and changed names into the rows that carry them.
 * @param isWhole there are no others: what is stored besides is dropped
 */
export function writeLabels(connection: Connection, repositoryId: number, labels: Label[], isWhole: boolean): void {
	const stored = new Map(
		connection.all('SELECT node_id, name, color FROM label WHERE repository_id = ?', [repositoryId], (row) => [
			row.text('node_id'),
			{ name: row.text('name'), color: row.text('color') },
		]),
	);
	for (const { id, name, color } of labels) {
		const before = stored.get(id);
		stored.delete(id);
		if (before?.name === name && before.color === color) {
			continue;
		}
		connection.run(
			`INSERT INTO label (repository_id, node_id, name, color) VALUES (?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET name = excluded.name, color = excluded.color`,
			repositoryId,
			id,
			name,
			color,
		);
		if (before?.name !== name) {
			rewriteLabelNames(connection, repositoryId, id);
		}
	}
	for (const id of isWhole ? stored.keys() : []) {
		connection.run('DELETE FROM label WHERE repository_id = ? AND node_id = ?', repositoryId, id);
		rewriteLabelNames(connection, repositoryId, id);
		connection.run(`DELETE FROM pull_request_label WHERE repository_id = ? AND label_node_id = ? AND ${ANY_STATE}`, repositoryId, id);
	}
}

function rewriteLabelNames(connection: Connection, repositoryId: number, labelId: string): void {
	connection.run(
		`UPDATE pull_request SET labels = (
			SELECT json_group_array(label.name ORDER BY carried.position)
			FROM pull_request_label AS carried
			JOIN label ON label.repository_id = carried.repository_id AND label.node_id = carried.label_node_id
			WHERE carried.repository_id = pull_request.repository_id AND carried.number = pull_request.number
		)
		WHERE repository_id = ?1
			AND number IN (SELECT number FROM pull_request_label WHERE repository_id = ?1 AND label_node_id = ?2 AND ${ANY_STATE})`,
		repositoryId,
		labelId,
	);
}

/**
 * Makes these the repository's milestones, and puts their titles and numbers into the rows that carry them.
 * @param isWhole there are no others: what is stored besides is dropped
 */
export function writeMilestones(connection: Connection, repositoryId: number, milestones: Milestone[], isWhole: boolean): void {
	const gone = new Set(
		connection.all('SELECT node_id FROM milestone WHERE repository_id = ?', [repositoryId], (row) => row.text('node_id')),
	);
	for (const { id, number, title, state, dueOn } of milestones) {
		gone.delete(id);
		connection.run(
			`INSERT INTO milestone (repository_id, node_id, number, title, state, due_on) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET
				number = excluded.number, title = excluded.title, state = excluded.state, due_on = excluded.due_on`,
			repositoryId,
			id,
			number,
			title,
			state,
			dueOn,
		);
		connection.run(
			`UPDATE pull_request SET milestone_number = ?3, milestone_title = ?4
			WHERE repository_id = ?1 AND milestone_node_id = ?2 AND ${ANY_STATE}
				AND (milestone_number IS NOT ?3 OR milestone_title IS NOT ?4)`,
			repositoryId,
			id,
			number,
			title,
		);
	}
	for (const id of isWhole ? gone : []) {
		connection.run('DELETE FROM milestone WHERE repository_id = ? AND node_id = ?', repositoryId, id);
		connection.run(
			`UPDATE pull_request SET milestone_node_id = NULL, milestone_number = NULL, milestone_title = NULL
			WHERE repository_id = ? AND milestone_node_id = ? AND ${ANY_STATE}`,
			repositoryId,
			id,
		);
	}
}
