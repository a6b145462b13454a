/** A column holds what is none of the names, times or words that stand there: somebody else wrote it, and it may say anything. */
export class MisshapenRowError extends Error {
	override readonly name = 'MisshapenRowError';

	constructor(column: string) {
		super(`the column ${column} holds what does not belong there`);
	}
}

/** Whether a constraint of the schema forbids what was to be written. https://www.sqlite.org/rescode.html#constraint */
export function isConstraint(error: unknown): boolean {
	return error instanceof Error && / constraint failed|^constraint failed|^cannot store \w+ value in /.test(error.message);
}

/** Whether it showed at work that the file is damaged, to SQLite or to us. https://www.sqlite.org/rescode.html#corrupt */
export function isDamage(error: unknown): boolean {
	return error instanceof MisshapenRowError || (error instanceof Error && /^(database disk image is malformed|file is not a database|malformed database schema)/.test(error.message));
}
