import { escapedJson, plainLines } from '../core/model/visibleText';
import type { EventLog } from './eventLog';
import { ASCII_MARKS, asciiJson, asciiWords, MARKS, type Marks } from './marks';
import { gathered, jsonPieces } from './jsonPieces';
import { tableLines, type Column } from './table';
import { ProgressLine, type TerminalStream } from './progressLine';

export interface OutputOptions {
	json: boolean;
	quiet: boolean;
	/** Whoever reads takes nothing but ASCII. */
	ascii?: boolean;
	/** The terminal can move no cursor. */
	dumb?: boolean;
	events?: EventLog | undefined;
	/** Takes secrets out of a text: called before any of it is cut off, for the rest would not be found. */
	redact?: (text: string) => string;
}

/** Whoever read standard output has gone away: there is nothing more to do for a command that only answers. */
export class UnreadError extends Error {
	override readonly name = 'UnreadError';
}

/**
 * Where a command's words go: results to standard output, everything else to standard error.
 * With `json` the one document is all that standard output gets; with an event log, its lines are all that standard
 * error gets.
 */
export class Output {
	readonly json: boolean;
	/** Nothing but results and errors. */
	readonly quiet: boolean;
	/** To draw with. What others wrote stays as it is, in UTF-8. */
	readonly marks: Marks;
	/** Where what happens is told in place of words for a person. */
	readonly events: EventLog | undefined;
	private readonly isAscii: boolean;
	private readonly progressLine: ProgressLine | undefined;
	private hasDocument = false;
	private readonly redact: (text: string) => string;

	constructor(
		private readonly streams: { out: TerminalStream; error: TerminalStream },
		{ json, quiet, ascii = false, dumb = false, events, redact = (text) => text }: OutputOptions,
		now: () => number = Date.now,
	) {
		this.json = json;
		this.quiet = quiet;
		this.isAscii = ascii;
		this.marks = ascii ? ASCII_MARKS : MARKS;
		this.events = events;
		this.redact = redact;
		this.progressLine = quiet || events ? undefined : new ProgressLine(streams.error, now, { dumb });
	}

	/** A result. */
	print(text: string): void {
		this.printAsIs(this.isAscii ? asciiWords(text) : text);
	}

	/** A result that `--quiet` does without, because the exit status says as much. */
	note(text: string): void {
		if (!this.quiet) {
			this.print(text);
		}
	}

	/** A result as a table, however long; `empty` says in words that there is none. Ends early where nobody reads it any more. */
	async table(columns: readonly Column[], rows: readonly (readonly string[])[], empty: string): Promise<void> {
		if (rows.length === 0) {
			this.print(empty);
		} else if (!this.json) {
			const shown = rows.map((row) => row.map(this.redact));
			await this.write(tableLines(columns, shown, this.marks), (line) => `${plainLines(line)}\n`);
		}
	}

	/** The result for programs, however long. The first one counts: there is never a second. Ends early where nobody reads it any more. */
	async document(value: object): Promise<void> {
		if (this.json && !this.hasDocument) {
			this.hasDocument = true;
			await this.write(jsonPieces(value), (piece) => this.jsonText(piece));
		}
	}

	/** JSON in which nothing drives a terminal, and which any can show. It means the same. */
	jsonText(json: string): string {
		return this.isAscii ? asciiJson(json) : escapedJson(json);
	}

	/**
	 * A piece of a result that is too long to be held, in its own format: with `json` that has to be JSON, and is the
	 * document. Resolves when whoever reads wants the next.
	 * @throws UnreadError
	 */
	piece(text: string): Promise<void> {
		this.hasDocument = true;
		this.progressLine?.clear();
		return new Promise((resolve, reject) => {
			this.streams.out.write(text, (error) => (error ? reject(isUnread(error) ? new UnreadError('nobody reads it any more') : error) : resolve()));
		});
	}

	/** What a person should know even when the result is read by a program. */
	warn(text: string): void {
		if (this.events) {
			this.events.write('warn', 'message', { message: text });
			return;
		}
		this.progressLine?.clear();
		this.streams.error.write(`${this.words(text)}\n`);
	}

	/**
	 * Where the work stands.
	 * @param step what it is about; a new one is told at once where there is no line to update
	 */
	progress(text: string, step: string): void {
		this.progressLine?.show(this.words(this.redact(text)), step);
	}

	/** Takes away the line that {@link progress} updates. */
	endProgress(): void {
		this.progressLine?.clear();
	}

	/** What was done is done, and has an exit status of its own, whether or not anybody reads all of this. */
	private async write(pieces: Iterable<string>, shown: (piece: string) => string): Promise<void> {
		try {
			for (const piece of gathered(mapped(pieces, shown))) {
				await this.piece(piece);
			}
		} catch (error) {
			if (!(error instanceof UnreadError)) {
				throw error;
			}
		}
	}

	private words(text: string): string {
		return plainLines(this.isAscii ? asciiWords(text) : text);
	}

	private printAsIs(text: string): void {
		if (!this.json) {
			this.progressLine?.clear();
			this.streams.out.write(`${plainLines(text)}\n`);
		}
	}
}

/** Whether a write failed because nobody reads any more. */
export function isUnread(error: Error): boolean {
	return 'code' in error && error.code === 'EPIPE';
}

function* mapped(pieces: Iterable<string>, change: (piece: string) => string): Generator<string> {
	for (const piece of pieces) {
		yield change(piece);
	}
}
