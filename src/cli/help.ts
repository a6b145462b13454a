import { COMMON_OPTIONS, OPTIONS, optionsOf } from './arguments';
import type { Command } from './command';
import type { Option } from './option';

/** The text of `pr-seeder --help`. */
export function generalHelp(commands: readonly Command[]): string {
	return [
		'pr-seeder COMMAND [OPTIONS]',
		'Keeps the pull requests of GitHub repositories in a SQLite database on this machine, within your hourly budget.',
		'',
		'Commands',
		...aligned(commands.map(({ name, synopsis, summary }) => [`${name} ${synopsis}`.trim(), summary])),
		'',
		'Everywhere',
		...aligned(COMMON_OPTIONS.map((name) => optionLine([name, OPTIONS[name]]))),
		'',
		'The token comes from the environment variable GH_TOKEN or GITHUB_TOKEN, for a server of your own from',
		'GH_ENTERPRISE_TOKEN or GITHUB_ENTERPRISE_TOKEN first. GH_HOST names the host where --host does not, and where that is',
		'not set either, GITHUB_API_URL, as in a workflow of GitHub Actions.',
		'Behind a proxy: HTTPS_PROXY and NO_PROXY. Own certificates: NODE_EXTRA_CA_CERTS.',
		'Exit status: 0 done, 1 failed, 2 wrong usage, 3 stopped early (run it again to go on), 4 not authorised, 130 cancelled,',
		'141 nobody reads standard output any more (as with | head).',
	].join('\n');
}

/** The text of `pr-seeder COMMAND --help`. */
export function commandHelp(command: Command): string {
	const { name, synopsis, summary } = command;
	return [
		`pr-seeder ${name} ${synopsis} [OPTIONS]`.replace('  ', ' '),
		`${summary.slice(0, 1).toUpperCase()}${summary.slice(1)}.`,
		'',
		'Options',
		...aligned(optionsOf(command).map(optionLine)),
	].join('\n');
}

function optionLine([name, option]: [string, Option]): [string, string] {
	return [`--${name}${option.value === undefined ? '' : ` ${option.value}`}${option.short === undefined ? '' : `, -${option.short}`}`, option.help];
}

function aligned(lines: readonly (readonly [string, string])[]): string[] {
	const width = Math.min(34, Math.max(...lines.map(([left]) => left.length)));
	return lines.map(([left, right]) => (left.length > width ? `  ${left}\n  ${' '.repeat(width)}  ${right}` : `  ${left.padEnd(width)}  ${right}`));
}
