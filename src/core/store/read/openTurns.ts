import { turnOf } from '../../insights/turn';
import type { Connection } from '../sqlite/connection';
import { OPEN_TURNS_FUNCTION, type OpenTurn } from '../sqlite/openTurns';
import { turnFacts } from './turnFacts';

/** The turns of a repository's open pull requests, as long as they hold. */
interface Kept {
	/** Of the rows that they come from. */
	state: string;
	/** A list of {@link OpenTurn}. */
	json: string;
}

interface Turns {
	/** By repository id. */
	kept: Map<number, Kept>;
	/** What went wrong when they were asked for last: SQLite passes on its words alone. */
	failure: unknown;
}

const TURNS = new WeakMap<Connection, Turns>();

/**
 * Runs a query that may ask for the turns of open pull requests. They are computed anew once rows of the repository have
 * changed, and kept until then.
 * @throws what the query throws, or what made the turns impossible to tell
 */
export function withOpenTurns<T>(connection: Connection, query: () => T): T {
	const turns = turnsOf(connection);
	turns.failure = undefined;
	try {
		return query();
	} catch (error) {
		throw turns.failure ?? error;
	}
}

function turnsOf(connection: Connection): Turns {
	const known = TURNS.get(connection);
	if (known) {
		return known;
	}
	const turns: Turns = { kept: new Map(), failure: undefined };
	TURNS.set(connection, turns);
	connection.define(OPEN_TURNS_FUNCTION, (id) => {
		try {
			return typeof id === 'number' ? openTurns(connection, turns, id) : null;
		} catch (error) {
			turns.failure = error;
			throw error;
		}
	});
	return turns;
}

function openTurns(connection: Connection, { kept }: Turns, repositoryId: number): string {
	const state = stateOf(connection, repositoryId);
	const known = kept.get(repositoryId);
	if (known?.state === state) {
		return known.json;
	}
	const rows = turnFacts(connection, { repositoryId }).map((facts): OpenTurn => {
		const { waitsFor, since } = turnOf(facts);
		return [facts.number, facts.updatedAt, waitsFor, since];
	});
	const json = JSON.stringify(rows);
	kept.set(repositoryId, { state, json });
	return json;
}

/** Another one after every write to the repository, and when somebody turns out to be a bot: that may be seen in another one. */
function stateOf(connection: Connection, repositoryId: number): string {
	const sql = `SELECT revision || ' ' || (SELECT json_group_array(login) FROM member WHERE member.host = repository.host AND kind = 'BOT') AS state
		FROM repository WHERE id = ?`;
	return connection.first(sql, [repositoryId], (row) => row.text('state')) ?? '';
}
