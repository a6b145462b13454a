import { buildCommit, buildFile } from './builders';
import { stableOid } from './identifiers';
import type { Commit } from './model';
import { WorldMerging } from './worldMerging';

/** Pull requests at the limits of what GitHub shows. */
export class WorldLimits extends WorldMerging {
	/** So large that GitHub compares nothing: `files` is null, `changedFiles`, `additions` and `deletions` are 0, and there is no error. Nothing is bumped. */
	setHuge(name: string, number: number, isHuge = true): void {
		this.pullRequest(name, number).isHuge = isHuge;
	}

	/**
	 * Of the commits only the first so many are ever given, though the total says more. REST always stops at 250; GraphQL was reported to
	 * give all (dcoapp/app#310) and to stop as well, so it does here when told. Nothing is bumped.
	 */
	limitCommits(name: string, number: number, given = 250): void {
		this.pullRequest(name, number).givenCommits = given;
	}

	/** Bumps. One push of so many commits, each of one line, and so many new files. */
	pushMany(name: string, number: number, { commits, files = 0 }: { readonly commits: number; readonly files?: number }): void {
		const pullRequest = this.bump(name, number);
		const { repository } = pullRequest;
		const rows = repository.editableRows(pullRequest);
		repository.rememberCommit(pullRequest.headRefOid);
		for (let count = 0; count < commits; count++) {
			const oid = stableOid(`${repository.id}/${number}/${rows.commits.length + 1}/many`);
			rows.commits.push(buildCommit(this.now(), { oid, message: `Step ${rows.commits.length + 1}`, author: pullRequest.author }));
			pullRequest.headRefOid = oid;
		}
		for (let count = 0; count < files; count++) rows.files.push(buildFile(`many/file-${String(rows.files.length).padStart(5, '0')}.txt`, { changeType: 'ADDED' }));
		pullRequest.changedFiles = rows.files.length;
		pullRequest.additions += files;
		this.forgetMergeability([pullRequest]);
		Object.assign(repository, { pushedAt: this.now(), updatedAt: this.now() });
	}

	/** A commit's counts are too dear to make: asking for them is an error that takes the row. Default: the newest commit. Nothing is bumped. */
	hideCommitStatistics(name: string, number: number, oid?: string): void {
		this.#commit(name, number, oid).hasNoStatistics = true;
	}

	/** A commit without an author's date, which the schema says there must be. Default: the newest commit. Nothing is bumped. */
	removeAuthoredDate(name: string, number: number, oid?: string): void {
		this.#commit(name, number, oid).authoredDate = null;
	}

	#commit(name: string, number: number, oid: string | undefined): Commit {
		const pullRequest = this.pullRequest(name, number);
		const { commits } = pullRequest.repository.editableRows(pullRequest);
		const found = oid === undefined ? commits.at(-1) : commits.find((one) => one.oid === oid);
		if (!found) throw new Error(`${name}#${number} has no such commit.`);
		return found;
	}
}
