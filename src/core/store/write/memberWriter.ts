import type { Actor } from '../../model/pullRequest';
import { ANY_STATE } from '../sqlite/condition';
import type { Connection } from '../sqlite/connection';

/**
 * Keeps the people of a host, by their account: one who takes another login is the same person, in everything that is stored.
 * Lives for one transaction, over one repository.
 */
export class MemberWriter {
	private readonly known = new Map<string, string>();
	/** Row ids of other repositories in which somebody is called otherwise now. */
	readonly touched = new Set<number>();

	constructor(
		private readonly connection: Connection,
		private readonly repositoryId: number,
		private readonly host: string,
	) {}

	/**
	 * Notes that somebody was seen in the repository: everybody who wrote, reviews or carries a pull request; a team is no member.
	 * @param readAt when, in milliseconds since the Unix epoch by the server's clock; 0 where that is not known
	 * @returns the login that the account has by all that is known; one that nobody was seen with in any repository, another tool has written
	 */
	saw(actor: Actor, readAt: number): string {
		if (actor.kind === 'TEAM') {
			return actor.login;
		}
		const key = `${actor.login} ${actor.id ?? ''}`;
		const login = this.known.get(key) ?? this.note(actor, readAt);
		this.known.set(key, login);
		return login;
	}

	private note(actor: Actor, readAt: number): string {
		const stored = this.loginsOf(actor.id);
		const [newest] = stored;
		const login = newest !== undefined && newest.seenAt > readAt && this.wasSeen(newest.login) ? newest.login : actor.login;
		this.connection.run(
			`INSERT INTO member (host, login, kind, node_id, seen_at) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET login = excluded.login, kind = excluded.kind, node_id = ifnull(excluded.node_id, node_id), seen_at = excluded.seen_at
			WHERE excluded.seen_at > seen_at
				OR (excluded.seen_at = seen_at AND (login <> excluded.login COLLATE BINARY OR kind <> excluded.kind OR ifnull(excluded.node_id <> node_id, node_id IS NULL)))`,
			this.host,
			login,
			actor.kind,
			actor.id ?? null,
			readAt,
		);
		for (const former of stored.filter((one) => one.login.toLowerCase() !== login.toLowerCase())) {
			this.rename(former.login, login);
		}
		this.connection.run('INSERT OR IGNORE INTO repository_member (repository_id, login) VALUES (?, ?)', this.repositoryId, login);
		return login;
	}

	/** Those that an account is stored with, the one it was seen with last first. */
	private loginsOf(account: string | undefined): { login: string; seenAt: number }[] {
		return account === undefined
			? []
			: this.connection.all('SELECT login, seen_at FROM member WHERE host = ? AND node_id = ? ORDER BY seen_at DESC', [this.host, account], (row) => ({
					login: row.text('login'),
					seenAt: row.number('seen_at'),
				}));
	}

	/** In some repository of the host. */
	private wasSeen(login: string): boolean {
		const sql = 'SELECT 1 AS seen FROM repository_member JOIN repository ON id = repository_id WHERE host = ? AND login = ? LIMIT 1';
		return this.connection.first(sql, [this.host, login], () => true) ?? false;
	}

	/** Commits keep the login that they came with: they name no account. */
	private rename(from: string, to: string): void {
		const { connection } = this;
		const ids = connection.all(
			'SELECT id FROM repository JOIN repository_member ON repository_id = id WHERE host = ? AND login = ?',
			[this.host, from],
			(row) => row.number('id'),
		);
		for (const id of ids) {
			connection.run(`UPDATE pull_request SET author_login = ?3 WHERE repository_id = ?1 AND ${ANY_STATE} AND author_login = ?2`, id, from, to);
			connection.run('UPDATE pull_request SET merged_by = ?3 WHERE repository_id = ?1 AND merged_by = ?2', id, from, to);
			connection.run(`UPDATE OR REPLACE pull_request_assignee SET login = ?3 WHERE repository_id = ?1 AND ${ANY_STATE} AND login = ?2`, id, from, to);
			connection.run(
				`UPDATE pull_request SET assignees = (
					SELECT json_group_array(login ORDER BY position) FROM pull_request_assignee AS assigned
					WHERE assigned.repository_id = pull_request.repository_id AND assigned.number = pull_request.number
				)
				WHERE repository_id = ?1 AND number IN (SELECT number FROM pull_request_assignee WHERE repository_id = ?1 AND ${ANY_STATE} AND login = ?2)`,
				id,
				to,
			);
			connection.run("UPDATE review_request SET login = ?3 WHERE repository_id = ?1 AND login = ?2 AND kind <> 'TEAM'", id, from, to);
			connection.run('UPDATE review SET author_login = ?3 WHERE repository_id = ?1 AND author_login = ?2', id, from, to);
			connection.run('UPDATE pull_request_event SET actor_login = ?3 WHERE repository_id = ?1 AND actor_login = ?2', id, from, to);
			connection.run('UPDATE pull_request_event SET subject_login = ?3 WHERE repository_id = ?1 AND subject_login = ?2', id, from, to);
			connection.run('UPDATE OR REPLACE repository_member SET login = ?3 WHERE repository_id = ?1 AND login = ?2', id, from, to);
			if (id !== this.repositoryId) {
				connection.run('UPDATE repository SET revision = ? WHERE id = ?', crypto.randomUUID(), id);
				this.touched.add(id);
			}
		}
		connection.run('DELETE FROM member WHERE host = ? AND login = ?', this.host, from);
	}
}
