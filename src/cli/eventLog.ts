import type { TerminalStream } from './progressLine';

export type EventLevel = 'info' | 'warn' | 'error';

export interface EventLogOptions {
	/** Where the lines go. */
	stream: TerminalStream;
	/** Takes tokens out of a text. */
	redact: (text: string) => string;
	/** The line as it is written, which means the same. */
	escape: (json: string) => string;
	/** Leaves out what is only good to know. */
	quiet: boolean;
	/** Milliseconds since the Unix epoch; the machine's clock when absent. */
	now?: () => number;
}

/** What happens, for programs that watch a job: a line of JSON an event, each with its time, its level and its name. */
export class EventLog {
	constructor(private readonly options: EventLogOptions) {}

	/** @param fields the event's own figures; what is `undefined` is left out */
	write(level: EventLevel, event: string, fields: object = {}): void {
		const { stream, redact, escape, quiet, now = Date.now } = this.options;
		if (quiet && level === 'info') {
			return;
		}
		// Text by text: within a line of JSON a pattern could take a quote for part of a token.
		const clean = (_: string, value: unknown) => (typeof value === 'string' ? redact(value) : value);
		const line = JSON.stringify({ time: new Date(now()).toISOString(), level, event, ...fields }, clean);
		stream.write(`${escape(line)}\n`);
	}
}

/** Whether the events are asked for; told without parsing, so that even a parse error is answered as asked. */
export function asksForEventLog(argv: readonly string[]): boolean {
	const end = argv.indexOf('--');
	const options = argv.slice(0, end === -1 ? undefined : end);
	return options.includes('--log=json') || options.some((word, i) => word === '--log' && options[i + 1] === 'json');
}
