import { writeLabels, writeMilestones, writeRepository } from './catalogWriter';
import type { WrittenRepository } from './catalogWriter';
import { nameWithOwner } from '../../model/repository';
import type { Connection } from '../sqlite/connection';
import { ChangeRecorder } from './changeRecorder';
import { MemberWriter } from './memberWriter';
import { PullRequestWriter } from './pullRequestWriter';
import type { RepositoryChange } from './repositoryChange';
import { writeViewer } from './viewerWriter';

/**
 * Writes one step of a sync, all of it or nothing.
 * @throws OutOfStepError
 */
export function applyChange(connection: Connection, change: RepositoryChange): WrittenRepository {
	return connection.transaction(() => writeChange(connection, change));
}

/**
 * {@link applyChange} within a transaction.
 * @throws OutOfStepError
 */
export function writeChange(connection: Connection, change: RepositoryChange): WrittenRepository {
	const { repository, basis, labels, milestones, incomplete = [], pullRequests = [], removed = [] } = change;
	const written = writeRepository(connection, repository, basis);
	const recorder = new ChangeRecorder(connection, written.id, written.syncedBefore);
	// Before the pull requests, whose rows carry their names.
	if (labels !== undefined) {
		writeLabels(connection, written.id, labels, !incomplete.includes('labels'));
	}
	if (milestones !== undefined) {
		writeMilestones(connection, written.id, milestones, !incomplete.includes('milestones'));
	}
	if (change.viewer !== undefined) {
		writeViewer(connection, repository.ref.host, change.viewer, repository.ref.owner, Date.parse(repository.syncedAt ?? '') || 0);
	}
	const members = new MemberWriter(connection, written.id, repository.ref.host);
	const writer = new PullRequestWriter(connection, written.id, nameWithOwner(repository.ref), members, recorder);
	for (const pullRequest of pullRequests) {
		writer.write(pullRequest);
	}
	for (const number of removed) {
		connection.run('DELETE FROM pull_request WHERE repository_id = ? AND number = ?', written.id, number);
		connection.run('DELETE FROM pull_request_change WHERE repository_id = ? AND number = ?', written.id, number);
	}
	recorder.end();
	return { ...written, others: [...written.others, ...nodeIds(connection, members.touched)] };
}

function nodeIds(connection: Connection, ids: Iterable<number>): string[] {
	return [...ids].flatMap((id) => connection.all('SELECT node_id FROM repository WHERE id = ?', [id], (row) => row.text('node_id')));
}
