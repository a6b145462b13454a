import { HumanError } from '../../model/humanError';
import { sentence } from '../../model/sentence';
import type { Connection } from '../sqlite/connection';
import { VERSION_1 } from './migrations/version1';
import { VERSION_2 } from './migrations/version2';
import { VERSION_3 } from './migrations/version3';
import { VERSION_4 } from './migrations/version4';
import { VERSION_5 } from './migrations/version5';
import { VERSION_6 } from './migrations/version6';
import { VERSION_7 } from './migrations/version7';
import { VERSION_8 } from './migrations/version8';

/** The script at index n takes a database from version n to n + 1. Published ones never change. */
export const MIGRATIONS: readonly string[] = [VERSION_1, VERSION_2, VERSION_3, VERSION_4, VERSION_5, VERSION_6, VERSION_7, VERSION_8];

/** A database that a later release wrote: it can be read, but writing could break what this one does not know. */
export class NewerDatabaseError extends HumanError {
	override readonly name = 'NewerDatabaseError';

	constructor(
		readonly found: number,
		readonly known: number,
	) {
		super(
			sentence(
				'The database was written by a newer PR Seeder (version {0}; this one knows {1}). Update PR Seeder to sync again; until then it only reads.',
				found,
				known,
			),
		);
	}
}

/** Of a database, by what it says of itself: 0 of an empty one. */
export function versionOf(connection: Connection): number {
	return connection.first('SELECT user_version FROM pragma_user_version', [], (row) => row.number('user_version')) ?? 0;
}

/**
 * Brings a database to the newest version, all steps in one transaction.
 * @returns whether anything had to be done
 * @throws NewerDatabaseError when it is past the newest version known; nothing is changed then
 */
export function migrate(connection: Connection, migrations: readonly string[] = MIGRATIONS): boolean {
	const found = versionOf(connection);
	if (found > migrations.length) {
		throw new NewerDatabaseError(found, migrations.length);
	}
	if (found === migrations.length) {
		return false;
	}
	// A step may build a table anew, which would drop what refers to it: https://www.sqlite.org/lang_altertable.html#otheralter
	connection.transactionWithoutForeignKeys(() => {
		for (const step of migrations.slice(found)) {
			connection.script(step);
		}
		if (connection.all('PRAGMA foreign_key_check', [], () => true).length > 0) {
			throw new Error('A migration left rows that refer to nothing.');
		}
		connection.script(`PRAGMA user_version = ${migrations.length}`);
	});
	return true;
}
