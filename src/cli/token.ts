import { withoutLastSlashes } from '../core/github/apiAddress';
import { HumanError } from '../core/model/humanError';
import { GITHUB_HOST } from '../core/model/repository';
import { hostOfApi } from './apiHost';

/** There is no usable token to sign in with. */
export class MissingTokenError extends HumanError {
	override readonly name = 'MissingTokenError';
}

/** For github.com and what GitHub runs for enterprises on ghe.com, the first one first. https://cli.github.com/manual/gh_help_environment */
const GITHUB_VARIABLES = ['GH_TOKEN', 'GITHUB_TOKEN'];
/** For a server of one's own. */
const SERVER_VARIABLES = ['GH_ENTERPRISE_TOKEN', 'GITHUB_ENTERPRISE_TOKEN'];

/** Wherever a token may stand. */
export const TOKEN_VARIABLES: readonly string[] = [...GITHUB_VARIABLES, ...SERVER_VARIABLES];

/** Whose token is asked for. */
export interface TokenPlace {
	host: string;
	/** The command line itself names the host or its API, and not the environment alone. */
	isTyped: boolean;
}

/**
 * The token of the environment for a host. It comes from nowhere else: an argument would stand in the process list and in
 * the shell's history. One that is for servers is never github.com's. One that is for github.com is a server's only where
 * the command names that server: it would otherwise be sent there because of a variable (`GH_HOST`) that was set for
 * another program. In a workflow of GitHub Actions `GITHUB_TOKEN` is of the GitHub that the workflow runs on, and goes to no other.
 * @throws MissingTokenError that never quotes what it found
 */
export function tokenOf({ host, isTyped }: TokenPlace, env: NodeJS.ProcessEnv): string {
	const isServer = host !== GITHUB_HOST && !host.endsWith('.ghe.com');
	const ofActions = actionsHost(env);
	const isOfActions = host === ofActions;
	const usual = GITHUB_VARIABLES.filter((name) => isOfActions || ofActions === undefined || name !== 'GITHUB_TOKEN');
	const names = isServer ? [...SERVER_VARIABLES, ...(isTyped || isOfActions ? usual : [])] : usual;
	const variable = names.find((name) => (env[name] ?? '').trim() !== '');
	const token = variable === undefined ? '' : (env[variable] ?? '').trim();
	if (variable === undefined) {
		throw new MissingTokenError(`No token to sign in to ${host} with. ${adviceFor(host, isServer)}`);
	}
	// Anything else can't be sent in a header, and the platform's own message about it would quote the token.
	if (!/^[\x21-\x7e]+$/.test(token)) {
		throw new MissingTokenError(`${variable} holds something that is no token: it has spaces or special characters inside. ${adviceFor(host, isServer)}`);
	}
	return token;
}

/** The host of the GitHub whose workflow this runs in; `undefined` outside of one, and where it does not say. */
function actionsHost(env: NodeJS.ProcessEnv): string | undefined {
	const apiUrl = (env['GITHUB_API_URL'] ?? '').trim();
	return apiUrl !== '' && URL.canParse(apiUrl) ? hostOfApi(withoutLastSlashes(apiUrl)) : undefined;
}

function adviceFor(host: string, isServer: boolean): string {
	const [first, second] = isServer ? SERVER_VARIABLES : GITHUB_VARIABLES;
	const command = host === GITHUB_HOST ? 'gh auth token' : `gh auth token --hostname ${host}`;
	return `Put a token that may read the repository into the environment variable ${first} (or ${second}), for example the one that "${command}" prints.`;
}
