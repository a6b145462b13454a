import { run } from './run';

// Whoever reads only the beginning (`pr-seeder query … | head`) ends the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	if (error.code !== 'EPIPE') {
		throw error;
	}
	process.exit();
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
