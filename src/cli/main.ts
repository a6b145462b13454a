import { messageOf } from '../core/model/humanError';
import { asksForEventLog, EventLog } from './eventLog';
import { EXIT } from './exitCode';
import { asciiJson } from './marks';
import { isUnread } from './output';
import { redactorOf, run } from './run';

// Whoever reads only the beginning (`pr-seeder query … | head`) ends the pipe. What was begun is brought to its end; the
// exit status is what a shell says of any program that this happens to, unless something else went wrong as well.
let isReadNoMore = false;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	if (!isUnread(error)) {
		throw error;
	}
	isReadNoMore = true;
	if (process.exitCode === EXIT.done) {
		process.exitCode = EXIT.unread;
	}
});

// Whoever reads what is told on the way may go as well (`… 2>&1 | head`, a log reader that restarts): the work goes on,
// and the exit status says how it ended. There is no other place to tell that this one is lost.
process.stderr.on('error', () => undefined);

// Node's own report of a crash shows an error with all that hangs on it: requests, and their headers.
process.on('uncaughtException', (error: unknown) => {
	const text = redactorOf(process.env).line(error instanceof Error ? (error.stack ?? error.message) : messageOf(error));
	if (asksForEventLog(process.argv)) {
		const log = new EventLog({ stream: process.stderr, redact: (part) => part, escape: asciiJson, quiet: false });
		log.write('error', 'failed', { class: error instanceof Error ? error.name : typeof error, message: text, resumable: false, exitStatus: EXIT.failed });
		log.write('error', 'finished', { exitStatus: EXIT.failed });
	} else {
		process.stderr.write(`pr-seeder failed in a way that it should not: ${text}\n`);
	}
	process.exit(EXIT.failed);
});

// The exit status is set, not forced: what is still on its way to a pipe gets there.
void run({
	argv: process.argv.slice(2),
	env: process.env,
	out: process.stdout,
	error: process.stderr,
	scriptFolder: __dirname,
}).then((status) => {
	process.exitCode = isReadNoMore && status === EXIT.done ? EXIT.unread : status;
});
