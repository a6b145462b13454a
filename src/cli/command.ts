import type { CommandOptions, Options } from './arguments';
import type { ExitCode } from './exitCode';
import type { Output } from './output';

/** What a command is run with. */
export interface Invocation {
	/** What was typed after the command's name and is no option. */
	words: readonly string[];
	options: Options;
	env: NodeJS.ProcessEnv;
	output: Output;
	/** The folder of the running script; `sql-wasm.wasm` lies there. */
	scriptFolder: string;
}

export interface Command extends CommandOptions {
	name: string;
	/** What follows the name, as in a manual: `OWNER/REPO…`. */
	synopsis: string;
	/** One line for the list of commands. */
	summary: string;
	/** Whether it can run where the script lies; everywhere when absent. */
	isOffered?(scriptFolder: string): boolean;
	/** What programs find in the document when the command fails before it has a result. */
	emptyDocument?: object;
	/**
	 * Does the work and tells the result.
	 * @throws what kept it from a result; the caller tells it and chooses the exit status
	 */
	run(invocation: Invocation): Promise<ExitCode>;
}
