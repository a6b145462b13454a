import type { TerminalStream } from './progressLine';

/** The same stream, whose text goes through `redact` first. */
export function redacted(stream: TerminalStream, redact: (text: string) => string): TerminalStream {
	return {
		write: (text, done) => stream.write(redact(text), done),
		get isTTY() {
			return stream.isTTY;
		},
		get columns() {
			return stream.columns;
		},
	};
}
