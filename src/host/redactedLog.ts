import type * as vscode from 'vscode';
import type { Redactor } from '../core/model/redactor';

/** What writes to a log, with text first and whatever belongs to it after. */
const WRITERS: ReadonlySet<PropertyKey> = new Set(['trace', 'debug', 'info', 'warn', 'error', 'append', 'appendLine', 'replace']);

/**
 * The same log, which shows no token whoever writes: it is the only one that the extension has.
 * Everything becomes text first, since the editor would show an error with all that hangs on it.
 */
export function redactedLog<T extends Pick<vscode.LogOutputChannel, 'info'>>(log: T, redactor: Redactor): T {
	// Not a proxy of the log itself: that might not be changed, and then might not be shown changed either.
	return new Proxy({} as T, {
		get(_, name) {
			const value: unknown = Reflect.get(log, name, log);
			if (typeof value !== 'function') {
				return value;
			}
			const method = value as (...parameters: unknown[]) => unknown;
			if (!WRITERS.has(name)) {
				return method.bind(log);
			}
			return (...parameters: unknown[]) => method.apply(log, parameters.map((part) => redactor.line(textOf(part))));
		},
	});
}

function textOf(part: unknown): string {
	if (part instanceof Error) {
		return part.stack ?? part.message;
	}
	return typeof part === 'string' ? part : JSON.stringify(part);
}
