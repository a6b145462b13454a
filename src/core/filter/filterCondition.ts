import type { Asker } from '../model/asker';
import type { Sentence } from '../model/sentence';
import type { Condition } from '../store/sqlite/condition';
import type { Given, Parameter } from './parameters';

/**
 * Everything that one condition of a filter is: in SQL, kept over a restart, asked of a person, in words, and as a parameter
 * of the agents' tool and an option of the command line. A new condition is one file with such a value, named in `conditions.ts`.
 * @typeParam T what it asks for, as plain data
 */
export interface FilterCondition<T> {
	readonly title: Sentence;
	/** The name of a codicon. */
	readonly icon: string;
	/** How a person is asked for it. */
	readonly question: Question<T>;
	readonly parameters: readonly Parameter[];
	/** The rows that a pull request has to have; all must hold. @param asker nobody when absent */
	rows(value: T, asker?: Asker): RowCondition[];
	/** What an earlier run kept, possibly another release; `undefined` for what is not understood or asks for nothing. */
	read(kept: unknown): T | undefined;
	/** What it narrows to; `undefined` where that holds anyway. */
	text(value: T): Sentence | undefined;
	/** What was given by {@link parameters}; `undefined` when nothing was. */
	take(given: Given): T | undefined;
}

/** That a pull request has such a row in a table, or none; `open_turn` is whose turn it is. */
export interface RowCondition extends Condition {
	table: 'pull_request' | 'pull_request_assignee' | 'pull_request_label' | 'review_request' | 'open_turn';
	isAbsent?: boolean;
}

/** What the stored names of a kind are offered of. */
export type NameKind = 'author' | 'reviewer' | 'assignee' | 'label' | 'milestone';

export type Question<T> =
	| { kind: 'choice'; choices: readonly { value: T | undefined; text: Sentence }[] }
	/** One of the names that are stored; `anyone` asks for nothing, `none` for those without a name (`null`). */
	| { kind: 'name'; of: NameKind; anyone: Sentence; none?: Sentence }
	/** Several of the names that are stored. */
	| { kind: 'names'; of: NameKind; anyone: Sentence; prompt: Sentence; matches: readonly { value: NameMatch; text: Sentence }[] }
	/** A text to type, empty for none. */
	| { kind: 'text' };

/** Whether any, all or none of some names have to be there. */
export const NAME_MATCHES = ['any', 'all', 'none'] as const;
export type NameMatch = (typeof NAME_MATCHES)[number];

/** Some names, of which any, all or none have to be there. */
export interface NameSet {
	match: NameMatch;
	names: string[];
}

/** Whether something that was kept is a {@link NameSet}. */
export function isNameSet(value: unknown): value is NameSet {
	return (
		typeof value === 'object' &&
		value !== null &&
		'match' in value &&
		NAME_MATCHES.some((one) => one === value.match) &&
		'names' in value &&
		Array.isArray(value.names) &&
		value.names.every((one) => typeof one === 'string')
	);
}
