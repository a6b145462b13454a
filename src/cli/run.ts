import { HumanError, messageOf } from '../core/model/humanError';
import { Redactor } from '../core/model/redactor';
import { version } from '../../package.json';
import { asksForJson, parseArguments, refuseForeignOptions } from './arguments';
import type { Command } from './command';
import { clearCommand } from './commands/clear';
import { demoCommand } from './commands/demo';
import { exportCommand } from './commands/export';
import { projectsCommand } from './commands/projects';
import { queryCommand } from './commands/query';
import { reportCommand } from './commands/report';
import { seedCommand } from './commands/seed';
import { statusCommand } from './commands/status';
import { verifyCommand } from './commands/verify';
import { asksForEventLog, EventLog, type EventLevel } from './eventLog';
import { EXIT, exitCodeOf, type ExitCode } from './exitCode';
import { commandHelp, generalHelp } from './help';
import { asciiJson, readsUtf8 } from './marks';
import { Output, UnreadError } from './output';
import type { TerminalStream } from './progressLine';
import { proxySecrets } from './proxy';
import { redacted } from './redactedStream';
import { escapedJson } from '../core/model/visibleText';
import { TOKEN_VARIABLES } from './token';
import { UsageError } from './usageError';

const COMMANDS: readonly Command[] = [
	seedCommand,
	statusCommand,
	verifyCommand,
	clearCommand,
	projectsCommand,
	reportCommand,
	queryCommand,
	exportCommand,
	demoCommand,
];

/** What the process is run with. */
export interface Surroundings {
	argv: readonly string[];
	env: NodeJS.ProcessEnv;
	out: TerminalStream;
	error: TerminalStream;
	scriptFolder: string;
}

/** Runs one command line to its end. Never rejects: whatever goes wrong is told, and is in the exit status. */
export async function run({ argv, env, out, error, scriptFolder }: Surroundings): Promise<ExitCode> {
	const startedAt = Date.now();
	const redactor = redactorOf(env);
	// Results are data, and stay what they are but for the token in use.
	const streams = { out: redacted(out, (text) => redactor.exact(text)), error: redacted(error, (text) => redactor.line(text)) };
	const redact = (text: string) => redactor.exact(text);
	const ascii = !readsUtf8(env);
	const dumb = env['TERM'] === 'dumb';
	const eventLog = (quiet: boolean) =>
		asksForEventLog(argv) ? new EventLog({ stream: error, redact: (text) => redactor.line(text), escape: ascii ? asciiJson : escapedJson, quiet }) : undefined;
	let output = new Output(streams, { json: asksForJson(argv), quiet: false, ascii, dumb, events: eventLog(false), redact });
	const finish = (status: ExitCode): ExitCode => {
		output.events?.write(levelOf(status), 'finished', { exitStatus: status, durationMs: Date.now() - startedAt });
		return status;
	};
	let command: Command | undefined;
	try {
		const { command: name, words, options } = parseArguments(argv);
		output = new Output(streams, { json: options.json === true, quiet: options.quiet === true, ascii, dumb, events: eventLog(options.quiet === true), redact });
		if (options.log !== undefined && options.log !== 'json') {
			throw new UsageError(`--log takes json, not "${options.log}".`);
		}
		command = COMMANDS.find((known) => known.name === name);
		if (options.version === true) {
			return finish(await tell(output, version, { version }));
		}
		if (options.help === true || name === 'help') {
			const asked = name === 'help' ? COMMANDS.find((known) => known.name === words[0]) : command;
			const help = asked === undefined ? generalHelp(COMMANDS.filter((known) => known.isOffered?.(scriptFolder) !== false)) : commandHelp(asked);
			return finish(await tell(output, help, { help }));
		}
		if (command === undefined) {
			throw unknownCommand(name);
		}
		refuseForeignOptions(command, options);
		refuseLostFolder();
		return finish(await command.run({ words, options, env, output, scriptFolder }));
	} catch (thrown) {
		return finish(await fail(thrown, output, command));
	}
}

/** Knows the tokens of an environment and the passwords of its proxies, used or not. */
export function redactorOf(env: NodeJS.ProcessEnv): Redactor {
	return new Redactor([...TOKEN_VARIABLES.map((name) => env[name]), ...proxySecrets(env)]);
}

/** Without it neither a relative path means anything nor does a thread start; Node itself would say it as a stack. */
function refuseLostFolder(): void {
	try {
		process.cwd();
	} catch (error) {
		throw new HumanError('The folder that this command was started in can\'t be used: it was removed, or may not be read. Change to another one (cd) and try again.', { cause: error });
	}
}

async function tell(output: Output, text: string, document: object): Promise<ExitCode> {
	output.print(text);
	await output.document(document);
	return EXIT.done;
}

function levelOf(status: ExitCode): EventLevel {
	return status === EXIT.done ? 'info' : status === EXIT.resumable ? 'warn' : 'error';
}

function unknownCommand(name: string | undefined): UsageError {
	const known = COMMANDS.map((command) => command.name).join(', ');
	return new UsageError(name === undefined ? `Which command? There are ${known}.` : `There is no command "${name}". There are ${known}.`);
}

async function fail(error: unknown, output: Output, command: Command | undefined): Promise<ExitCode> {
	const status = exitCodeOf(error);
	if (error instanceof UnreadError) {
		return status;
	}
	const message = messageOf(error);
	if (output.events) {
		output.events.write(status === EXIT.resumable ? 'warn' : 'error', 'failed', {
			class: error instanceof Error ? error.name : typeof error,
			message,
			resumable: status === EXIT.resumable,
			exitStatus: status,
			...(error instanceof HumanError ? {} : { stack: error instanceof Error ? error.stack : undefined }),
		});
	} else if (error instanceof UsageError) {
		output.warn(`${message}\nSee pr-seeder ${command === undefined ? '' : `${command.name} `}--help.`);
	} else if (error instanceof HumanError) {
		output.warn(message);
	} else {
		output.warn(`pr-seeder failed in a way that it should not: ${error instanceof Error ? (error.stack ?? message) : message}`);
	}
	await output.document({ ...command?.emptyDocument, error: { message, exitStatus: status }, exitStatus: status });
	return status;
}
