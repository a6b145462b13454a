import { parseArgs } from 'node:util';
import { endpointOf, repositoriesOf, type Endpoint } from '../../src/cli/endpoint';
import { UsageError } from '../../src/cli/usageError';
import { messageOf } from '../../src/core/model/humanError';
import type { RepositoryRef } from '../../src/core/model/repository';

export const USAGE = `Usage: npm run check:github -- OWNER/REPO [options]

Settles what CONTRIBUTING.md lists as believed of GitHub, with at most 30 requests that only read,
and prints what each query costs. The token comes from the environment, as for the command line.

  --pr N          a pull request to look at in any case
  --compare FILE  compares with what an earlier run left in FILE, and leaves this run's there
  --host HOST     a GitHub Enterprise Server, as in ghe.example.com
  --api-url URL   where the API answers, when it is not the usual place
  --help          shows this text
`;

export interface CheckArguments {
	readonly endpoint: Endpoint;
	readonly ref: RepositoryRef;
	readonly pullRequest: number | undefined;
	readonly compareFile: string | undefined;
}

/** @returns `undefined` when only the usage is wanted @throws UsageError */
export function checkArguments(argv: readonly string[], env: NodeJS.ProcessEnv): CheckArguments | undefined {
	const { values, positionals } = parsed(argv);
	if (values.help) return undefined;
	const endpoint = endpointOf({ host: values.host, apiUrl: values['api-url'], defaultHost: env['GH_HOST'] });
	const [ref] = positionals.length === 1 ? repositoriesOf(positionals, endpoint) : [];
	if (!ref) throw new UsageError('Name one repository, as OWNER/REPO.');
	if (values.compare === '') throw new UsageError('--compare takes the name of a file.');
	return { endpoint, ref, pullRequest: values.pr === undefined ? undefined : pullRequestNumber(values.pr), compareFile: values.compare };
}

function parsed(argv: readonly string[]) {
	const text = { type: 'string' } as const;
	try {
		return parseArgs({
			args: [...argv], allowPositionals: true, strict: true,
			options: { pr: text, compare: text, host: text, 'api-url': text, help: { type: 'boolean', short: 'h' } },
		});
	} catch (error) {
		throw new UsageError(messageOf(error).replace(/ To specify a positional argument.*$/s, ''), { cause: error });
	}
}

function pullRequestNumber(text: string): number {
	if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`--pr takes the number of a pull request, not "${text}".`);
	return Number(text);
}
