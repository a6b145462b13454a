import { MisshapenRowError } from './sqliteErrors';

/** What SQLite takes and gives. 64-bit integers are bound as decimal text: STRICT tables turn it into an exact integer. */
export type SqlValue = string | number | null | Uint8Array;

/** One row of a result, read by column name. A value of another type than asked for is a defect and throws. */
export class Row {
	constructor(
		private readonly columns: Map<string, number>,
		private readonly values: SqlValue[],
	) {}

	text(column: string): string {
		const value = this.value(column);
		if (typeof value !== 'string') {
			throw new TypeError(`Column ${column} holds no text.`);
		}
		return value;
	}

	/**
	 * What only a writer that is not ours could have put there in another shape.
	 * @param is as strict as what is written, and no stricter: rows that fail cost the whole database
	 * @throws MisshapenRowError
	 */
	shaped<T extends SqlValue>(column: string, is: (value: unknown) => value is T): T {
		const value = this.value(column);
		if (!is(value)) {
			throw new MisshapenRowError(column);
		}
		return value;
	}

	textOrNull(column: string): string | null {
		return this.value(column) === null ? null : this.text(column);
	}

	/** An integer that a JavaScript number holds exactly. */
	number(column: string): number {
		const value = this.value(column);
		if (typeof value !== 'number') {
			throw new TypeError(`Column ${column} holds no number.`);
		}
		return value;
	}

	numberOrNull(column: string): number | null {
		return this.value(column) === null ? null : this.number(column);
	}

	flag(column: string): boolean {
		return this.number(column) !== 0;
	}

	/** A JSON array of text. @throws MisshapenRowError */
	list(column: string): string[] {
		const value = parsed(this.text(column));
		if (!Array.isArray(value)) {
			throw new MisshapenRowError(column);
		}
		return value.map(String);
	}

	private value(column: string): SqlValue {
		const index = this.columns.get(column);
		const value = index === undefined ? undefined : this.values[index];
		if (value === undefined) {
			throw new TypeError(`The result has no column ${column}.`);
		}
		return value;
	}
}

function parsed(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}
