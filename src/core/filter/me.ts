import type { Asker } from '../model/asker';
import type { Sentence } from '../model/sentence';
import type { Condition } from '../store/sqlite/condition';

/** Stands for the login of who asks, on each host their own. No login begins like that. */
export const ME = '@me';

/** That a column of a table with `repository_id` holds a login, in whatever case, or whoever asks. */
export function ofLogin(column: string, login: string, asker: Asker | undefined): Condition {
	if (login.toLowerCase() !== ME) {
		return { sql: `${column} = ?`, values: [login] };
	}
	const me = asker?.me ?? [];
	const any = me.length === 0 ? [null] : me.map((one) => one.login);
	// The list of logins is for the index.
	const onHost = me.map(() => `(${column} = ? AND repository_id IN (SELECT id FROM repository WHERE host = ?))`);
	return {
		sql: [`${column} IN (${any.map(() => '?').join(', ')})`, ...(me.length === 0 ? [] : [`(${onHost.join(' OR ')})`])].join(' AND '),
		values: [...any, ...me.flatMap(({ login: own, host }) => [own, host])],
	};
}

/** Who a login is, in a sentence. */
export function personText(login: string, me: Sentence, other: (login: string) => Sentence): Sentence {
	return login.toLowerCase() === ME ? me : other(login);
}

/** Whether conditions are about who asks. */
export function asksForMe(conditions: object): boolean {
	return Object.values(conditions).some((value) => typeof value === 'string' && value.toLowerCase() === ME);
}
