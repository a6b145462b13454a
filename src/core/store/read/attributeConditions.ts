import type { PullRequestState } from '../../model/pullRequest';
import { conditionEntries, type AttributeFilter } from '../../filter/conditions';
import type { RowCondition } from '../../filter/filterCondition';
import { OPEN_TURNS } from '../sqlite/openTurns';
import { ANY_STATE, ofStates, type Condition } from '../sqlite/condition';

/**
 * A filter as conditions on any table that has a pull request's repository and number.
 * @param states those that are wanted anyway, so that no others are looked at
 */
export function ofAttributes({ asker, ...attributes }: AttributeFilter, states?: readonly PullRequestState[]): Condition[] {
	const values: Partial<Record<string, unknown>> = attributes;
	const rows = conditionEntries().flatMap(([name, condition]) => (values[name] === undefined ? [] : condition.rows(values[name], asker)));
	const own = rows.filter(({ table }) => table === 'pull_request');
	const among = inTable(ofStates(states) ?? { sql: ANY_STATE, values: [] });
	return [...(own.length === 0 ? [] : [among('pull_request', own)]), ...rows.filter((row) => !own.includes(row)).map((row) => among(row.table, [row], row.isAbsent))];
}

/** Pull requests of which a table has a row that is so, or none. Names every repository and state too, because the indexes begin with them. */
function inTable(state: Condition) {
	return (table: RowCondition['table'], where: readonly Condition[], isAbsent = false): Condition => {
		const all = [{ sql: 'repository_id IN (SELECT id FROM repository)', values: [] }, state, ...where];
		return {
			sql: `(repository_id, number) ${isAbsent ? 'NOT IN' : 'IN'} (SELECT repository_id, number FROM ${table === 'open_turn' ? OPEN_TURNS : table} WHERE ${all.map(({ sql }) => sql).join(' AND ')})`,
			values: all.flatMap(({ values }) => values),
		};
	};
}
