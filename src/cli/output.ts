import { tableText, type Column } from './table';
import { plainLines, terminalJson } from './terminalText';
import { ProgressLine, type TerminalStream } from './progressLine';

/**
 * Where a command's words go: results to standard output, everything else to standard error.
 * With `json` the one document is all that standard output gets.
 */
export class Output {
	readonly json: boolean;
	/** Nothing but results and errors. */
	readonly quiet: boolean;
	private readonly progressLine: ProgressLine | undefined;
	private hasDocument = false;

	constructor(
		private readonly streams: { out: TerminalStream; error: TerminalStream },
		flags: { json: boolean; quiet: boolean },
		now: () => number = Date.now,
	) {
		this.json = flags.json;
		this.quiet = flags.quiet;
		this.progressLine = flags.quiet ? undefined : new ProgressLine(streams.error, now);
	}

	/** A result. */
	print(text: string): void {
		if (!this.json) {
			this.progressLine?.clear();
			this.streams.out.write(`${plainLines(text)}\n`);
		}
	}

	/** A result that `--quiet` does without, because the exit status says as much. */
	note(text: string): void {
		if (!this.quiet) {
			this.print(text);
		}
	}

	/** A result as a table; `empty` says in words that there is none. */
	table(columns: readonly Column[], rows: readonly (readonly string[])[], empty: string): void {
		this.print(rows.length === 0 ? empty : tableText(columns, rows));
	}

	/** The result for programs. The first one counts: there is never a second. */
	document(value: object): void {
		if (this.json && !this.hasDocument) {
			this.hasDocument = true;
			this.progressLine?.clear();
			this.streams.out.write(`${terminalJson(value)}\n`);
		}
	}

	/**
	 * A piece of a result that is too long to be held, in its own format: with `json` that has to be JSON, and is the
	 * document. Resolves when whoever reads wants the next.
	 */
	piece(text: string): Promise<void> {
		this.hasDocument = true;
		this.progressLine?.clear();
		return new Promise((resolve) => void this.streams.out.write(text, resolve));
	}

	/** What a person should know even when the result is read by a program. */
	warn(text: string): void {
		this.progressLine?.clear();
		this.streams.error.write(`${plainLines(text)}\n`);
	}

	/**
	 * Where the work stands.
	 * @param step what it is about; a new one is told at once where there is no line to update
	 */
	progress(text: string, step: string): void {
		this.progressLine?.show(text, step);
	}

	/** Takes away the line that {@link progress} updates. */
	endProgress(): void {
		this.progressLine?.clear();
	}
}
