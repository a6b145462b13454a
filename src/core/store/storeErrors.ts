import { HumanError } from '../model/humanError';
import { sentence } from '../model/sentence';

/**
 * The rows are not as the writer left them: the database went back to an earlier state, or another process wrote.
 * Nothing was written; whoever follows a source has to find out again how far the rows are.
 */
export class OutOfStepError extends Error {
	override readonly name = 'OutOfStepError';

	constructor() {
		super('The stored rows are not those that this change builds on.');
	}
}

/**
 * The rows that are there forbid what was to be written: another tool deleted some and left others, or changed them.
 * Nothing was written; once the repository's rows are gone, all of them can be.
 */
export class BrokenRowsError extends Error {
	override readonly name = 'BrokenRowsError';

	constructor(options?: ErrorOptions) {
		super('The stored rows contradict each other.', options);
	}
}

/** A query was not run, or not to its end, because of what it says. */
export class QueryRefusedError extends HumanError {
	override readonly name = 'QueryRefusedError';

	constructor(
		/** SQLite's own words, which can quote what a cell holds: data, like any cell. */
		readonly words: string,
		options?: ErrorOptions,
	) {
		super(sentence('The query was refused: {0}. Write one statement that only reads, such as SELECT … or WITH … SELECT ….', words), options);
	}
}

/**
 * The database's thread ended before it answered. It starts again on the next use, from the file:
 * rows that were not saved yet are gone from the database, not from the cache.
 */
export class StoreStoppedError extends HumanError {
	override readonly name = 'StoreStoppedError';

	constructor(
		/** What ended it, in words; part of the message. */
		readonly reason: string,
		/** It was ended to get rid of a query, so that asking again is worth while. */
		readonly onPurpose = false,
	) {
		super(sentence('The database stopped unexpectedly ({0}). Nothing saved is lost. Try again: it starts anew.', reason));
	}
}
