import { parseArgs, type ParseArgsConfig } from 'node:util';
import { DEFAULT_STUCK_DAYS } from '../core/insights/turn';
import { DEFAULT_STALE_DAYS } from '../core/insights/workloadModel';
import { DEFAULT_ROLE, WORK_ROLES } from '../core/store/read/workParts';
import { messageOf } from '../core/model/humanError';
import { FILTER_OPTIONS } from './filterOptions';
import type { Option } from './option';
import { UsageError } from './usageError';

/** Every option of every command besides those of a filter; what each command takes is in its {@link Command.options}. */
export const OPTIONS = {
	project: { type: 'string', multiple: true, value: 'NAME', help: 'the repositories of a project; may be given several times' },
	'all-projects': { type: 'boolean', help: 'the repositories of every project' },
	projects: { type: 'string', value: 'FILE', help: 'where the projects are written; projects.json in the storage folder when absent' },
	'all-open': { type: 'boolean', help: 'besides these, every open pull request, whenever it was created' },
	'max-prs': { type: 'string', value: 'N', help: 'only the newest N pull requests; 0 takes all' },
	since: { type: 'string', value: 'YYYY-MM-DD', help: 'only those created on this day or later (UTC); in report changed: what was seen to change from this day on, the last 24 hours when absent' },
	until: { type: 'string', value: 'YYYY-MM-DD', help: 'only those created on this day or earlier (UTC)' },
	'days-back': { type: 'string', value: 'N', help: 'only those created in the last N days' },
	refresh: { type: 'boolean', help: 'fetch what is stored again (--max-prs 0: everything); what can not be read this time stays as it was' },
	'no-cache': { type: 'boolean', help: 'neither read nor write the cache: what this token may not read is not kept' },
	clear: { type: 'boolean', help: "drop the repository's rows from the database first" },
	all: { type: 'boolean', help: 'everything that is stored' },
	'stale-days': { type: 'string', value: 'N', help: `in a workload: stale is what had no update for N days; ${DEFAULT_STALE_DAYS} when absent` },
	by: { type: 'string', value: 'ROLE', help: `in report workload: whose work it is, by ${WORK_ROLES.join(', ')}; ${DEFAULT_ROLE} when absent` },
	'stuck-days': { type: 'string', value: 'N', help: `stuck is what has waited for the same for more than N days; ${DEFAULT_STUCK_DAYS} when absent` },
	me: { type: 'string', value: 'LOGIN', help: 'who asks: whose work report mine is, and who @me is in a filter; who signed in last when absent' },
	format: { type: 'string', value: 'csv|json', help: 'csv unless --output ends otherwise' },
	output: { type: 'string', value: 'FILE', help: 'where to write it; standard output when absent or -' },
	force: { type: 'boolean', help: 'replace the file when there is one' },
	'no-check-runs': { type: 'boolean', help: 'leave check runs alone' },
	'no-wait': { type: 'boolean', help: 'stop at a rate limit (exit status 3) instead of waiting for its reset' },
	log: { type: 'string', value: 'json', help: 'one line of JSON for each event on standard error, in place of words' },
	storage: { type: 'string', value: 'DIR', help: 'where the database and the cache are kept' },
	host: { type: 'string', value: 'HOST', help: 'a GitHub Enterprise Server, as in ghe.example.com' },
	'api-url': { type: 'string', value: 'URL', help: 'where the API answers, when it is not the usual place' },
	json: { type: 'boolean', help: 'one JSON document on standard output' },
	quiet: { type: 'boolean', short: 'q', help: 'no progress; results, warnings and errors only' },
	help: { type: 'boolean', short: 'h', help: 'show this text' },
	version: { type: 'boolean', help: 'show the version' },
} as const satisfies Record<string, Option>;

const ALL_OPTIONS: Readonly<Record<string, Option>> = { ...OPTIONS, ...FILTER_OPTIONS };

export type OptionName = keyof typeof OPTIONS;

/** What was typed, by name; absent when it was not. */
export type Options = { [Name in OptionName]?: Value<(typeof OPTIONS)[Name]> };

type Value<O extends Option> = O extends { multiple: true } ? string[] : O['type'] extends 'string' ? string : boolean;

/** Options that every command takes. */
export const COMMON_OPTIONS: readonly OptionName[] = ['storage', 'host', 'api-url', 'json', 'quiet', 'help', 'version'];

export interface Arguments {
	/** The first word that is no option. */
	command: string | undefined;
	words: string[];
	options: Options;
}

/** Keeps a word from being taken for an option. No argument of a process can hold it. */
const GUARD = '\0';

/**
 * Tells options from other words. A word whose name would hold a space or a slash is no option: it is a query that
 * begins with a comment (`-- open ones …`), or an owner that begins with a hyphen (`-octo/harbor`). Neither is one of
 * several lines whose name no option has, or one of a filter alone, which asks for nothing of several lines (`--state=OPEN …`).
 * @throws UsageError in Node's own words, which name the option
 */
export function parseArguments(argv: readonly string[]): Arguments {
	try {
		const args = argv.map((word) => (isNoOption(word) ? GUARD + word : word));
		const config = { args, options: ALL_OPTIONS, allowPositionals: true, strict: true } satisfies ParseArgsConfig;
		const { values, positionals } = parseArgs(config);
		const [command, ...words] = positionals.map(unguarded);
		const options: Options = Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, unguardedValue(value)]])));
		return { command, words, options };
	} catch (error) {
		throw new UsageError(parseErrorText(messageOf(error)), { cause: error });
	}
}

/** Node's words, in one line. */
function parseErrorText(text: string): string {
	const [, name, how] = /^Option '(?:-\w, )?--([\w-]+)(?: <value>)?' argument (is ambiguous|missing)/.exec(text) ?? [];
	if (name === undefined) {
		return text.replace(/ To specify a positional argument.*$/s, '');
	}
	return how === 'missing' ? `--${name} needs a value.` : `--${name} needs a value. One that begins with a dash is written --${name}=-value.`;
}

function isNoOption(word: string): boolean {
	const name = /^--([^=]*)/.exec(word)?.[1];
	return /^-[^=]*[\s/]/.test(word) || (name !== undefined && word.includes('\n') && !Object.hasOwn(OPTIONS, name));
}

function unguarded(word: string): string {
	return word.startsWith(GUARD) ? word.slice(GUARD.length) : word;
}

function unguardedValue(value: string | boolean | (string | boolean)[]): string | boolean | (string | boolean)[] {
	return typeof value === 'string' ? unguarded(value) : Array.isArray(value) ? value.map((one) => (typeof one === 'string' ? unguarded(one) : one)) : value;
}

/**
 * Whether a program reads the answer; told without parsing, so that even a parse error is answered as asked.
 * What follows `--` is no option.
 */
export function asksForJson(argv: readonly string[]): boolean {
	const end = argv.indexOf('--');
	return argv.slice(0, end === -1 ? undefined : end).includes('--json');
}

/** Which options a command takes besides those that all take. */
export interface CommandOptions {
	options: readonly OptionName[];
	/** It takes a filter: those of {@link FILTER_OPTIONS} too. */
	takesFilter?: true;
}

/** The options that a command takes, each with its name. */
export function optionsOf({ options, takesFilter }: CommandOptions): [string, Option][] {
	const own = [...options, ...COMMON_OPTIONS].map((name): [string, Option] => [name, OPTIONS[name]]);
	return [...(takesFilter ? Object.entries(FILTER_OPTIONS) : []), ...own];
}

/** @throws UsageError when an option was typed that the command would ignore */
export function refuseForeignOptions(command: CommandOptions & { name: string }, options: Options): void {
	const known = optionsOf(command).map(([name]) => name);
	const foreign = Object.keys(options).find((name) => !known.includes(name));
	if (foreign !== undefined) {
		throw new UsageError(`--${foreign} is not an option of ${command.name}.`);
	}
}

/** The whole number of an option; `undefined` when it was not typed. @throws UsageError */
export function numberOption(name: 'days-back' | 'stale-days' | 'stuck-days', options: Options): number | undefined {
	const text = options[name];
	return text === undefined ? undefined : wholeNumber(name, text);
}

/** @throws UsageError unless the text is a whole number of at least 1 */
export function wholeNumber(option: OptionName, text: string): number {
	const value = numberIn(text);
	if (value === undefined || value < 1) {
		throw new UsageError(`--${option} takes a whole number of at least 1, not "${text}".`);
	}
	return value;
}

/** As in a project and in the settings, 0 is no maximum. @throws UsageError unless the text is a whole number */
export function maximum(option: OptionName, text: string): number | undefined {
	const value = numberIn(text);
	if (value === undefined) {
		throw new UsageError(`--${option} takes a whole number (0 for all), not "${text}".`);
	}
	return value === 0 ? undefined : value;
}

function numberIn(text: string): number | undefined {
	return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
