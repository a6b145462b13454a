import { oneLine } from '../core/model/visibleText';
import { cutTo } from './terminalText';

/** What is needed of a standard stream. */
export interface TerminalStream {
	/** @param done called once the text is on its way, or with what kept it from getting there */
	write(text: string, done?: (error?: Error | null) => void): unknown;
	isTTY?: boolean | undefined;
	columns?: number | undefined;
}

const REDRAW_MS = 100;
/** Where lines can't be updated, a log should not fill up with them. */
const LINE_MS = 5_000;
const USUAL_COLUMNS = 80;
const ERASE_TO_END = '\x1b[K';

/** Shows how far the work is: one line that changes on a terminal, a line now and then elsewhere. */
export class ProgressLine {
	private readonly updates: boolean;
	private shownAt = -Infinity;
	private step: string | undefined;
	private isDrawn = false;

	constructor(
		private readonly stream: TerminalStream,
		private readonly now: () => number,
		{ dumb = false } = {},
	) {
		this.updates = stream.isTTY === true && !dumb;
	}

	show(text: string, step: string): void {
		const elapsed = this.now() - this.shownAt;
		if (step === this.step && elapsed < (this.updates ? REDRAW_MS : LINE_MS)) {
			return;
		}
		this.step = step;
		this.shownAt = this.now();
		const line = oneLine(text);
		if (this.updates) {
			// One column stays free, or some terminals begin a new line. A terminal that does not know its width says 0.
			const columns = this.stream.columns === undefined || this.stream.columns < 2 ? USUAL_COLUMNS : this.stream.columns;
			this.stream.write(`\r${cutTo(line, columns - 1)}${ERASE_TO_END}`);
			this.isDrawn = true;
		} else {
			this.stream.write(`${line}\n`);
		}
	}

	clear(): void {
		if (this.isDrawn) {
			this.stream.write(`\r${ERASE_TO_END}`);
			this.isDrawn = false;
			this.shownAt = -Infinity;
		}
	}
}
