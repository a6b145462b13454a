/** The SQL function behind {@link OPEN_TURNS}, from a repository's id to JSON. Nothing in the file may name it: other tools do not know it. */
export const OPEN_TURNS_FUNCTION = 'pr_seeder_open_turns';

/** A row of {@link OPEN_TURNS} as its function gives it, without the repository. */
export type OpenTurn = [number: number, updatedAt: string, waitsFor: string, since: string | null];

/**
 * Whose turn it is, as a table of every open pull request. Its rows are computed when they are asked for, so they are
 * never older than what they come from.
 */
export const OPEN_TURNS = `(
	SELECT repository.id AS repository_id, 'OPEN' AS state, turn.value ->> 0 AS number, turn.value ->> 1 AS updated_at, turn.value ->> 2 AS waits_for, turn.value ->> 3 AS since
	FROM repository, json_each(${OPEN_TURNS_FUNCTION}(repository.id)) AS turn
)`;
