import { messageOf } from '../core/model/humanError';
import { EXIT } from './exitCode';
import { redactorOf, run } from './run';

// Whoever reads only the beginning (`pr-seeder query … | head`) ends the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	if (error.code !== 'EPIPE') {
		throw error;
	}
	process.exit();
});

// Node's own report of a crash shows an error with all that hangs on it: requests, and their headers.
process.on('uncaughtException', (error: unknown) => {
	const text = error instanceof Error ? (error.stack ?? error.message) : messageOf(error);
	process.stderr.write(`pr-seeder failed in a way that it should not: ${redactorOf(process.env).line(text)}\n`);
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
	process.exitCode = status;
});
