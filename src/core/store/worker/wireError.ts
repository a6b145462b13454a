import { StorageError } from '../../files/storageError';
import { CancelledError, HumanError, messageOf } from '../../model/humanError';
import type { Sentence } from '../../model/sentence';
import { NewerDatabaseError } from '../schema/migrate';
import { BrokenRowsError, OutOfStepError, QueryRefusedError, StoreStoppedError } from '../storeErrors';

/** An error on its way between threads: its class by name, and what it takes to make it again. */
export interface WireError {
	name: string;
	message: string;
	sentence: Sentence | undefined;
	stack: string | undefined;
	/** Its own fields that are text or numbers, such as a system error's `code`. */
	fields: Record<string, string | number>;
	cause: WireError | undefined;
}

/** Those that somebody tells apart by class. Any other arrives as a plain Error. */
const CLASSES: Record<string, (error: WireError, options: ErrorOptions) => Error> = {
	BrokenRowsError: (_, options) => new BrokenRowsError(options),
	CancelledError: () => new CancelledError(),
	HumanError: ({ sentence, message }, options) => new HumanError(sentence ?? message, options),
	NewerDatabaseError: ({ fields }) => new NewerDatabaseError(Number(fields.found), Number(fields.known)),
	OutOfStepError: () => new OutOfStepError(),
	QueryRefusedError: ({ fields }, options) => new QueryRefusedError(String(fields.words), options),
	StorageError: ({ sentence, message, fields }, options) => new StorageError(String(fields.code), sentence ?? message, options),
	StoreStoppedError: ({ fields }) => new StoreStoppedError(String(fields.reason)),
};

/** Anything that was thrown, as it travels. */
export function toWire(thrown: unknown): WireError {
	if (!(thrown instanceof Error)) {
		return { name: 'Error', message: messageOf(thrown), sentence: undefined, stack: undefined, fields: {}, cause: undefined };
	}
	const { name, message, stack, cause } = thrown;
	const fields = Object.fromEntries(
		Object.entries(thrown).filter((entry): entry is [string, string | number] => ['string', 'number'].includes(typeof entry[1])),
	);
	const sentence = thrown instanceof HumanError ? thrown.sentence : undefined;
	return { name, message, sentence, stack, fields, cause: cause === undefined ? undefined : toWire(cause) };
}

/** The error that travelled, of the same class, with the stack of where it was thrown. */
export function fromWire(wire: WireError): Error {
	const options: ErrorOptions = wire.cause === undefined ? {} : { cause: fromWire(wire.cause) };
	const make = Object.hasOwn(CLASSES, wire.name) ? CLASSES[wire.name] : undefined;
	const error = make?.(wire, options) ?? Object.assign(new Error(wire.message, options), wire.fields);
	if (wire.stack !== undefined) {
		error.stack = wire.stack;
	}
	return error;
}
