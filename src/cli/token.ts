import { HumanError } from '../core/model/humanError';

/** There is no usable token to sign in with. */
export class MissingTokenError extends HumanError {
	override readonly name = 'MissingTokenError';
}

/** Where a token may stand, the first one first. */
export const TOKEN_VARIABLES = ['GITHUB_TOKEN', 'GH_TOKEN'] as const;
const ADVICE =
	'Put a token that may read the repository into the environment variable GITHUB_TOKEN (or GH_TOKEN), for example the one that "gh auth token" prints.';

/**
 * The token of the environment. It comes from nowhere else: an argument would stand in the process list and in the shell's history.
 * @throws MissingTokenError that never quotes what it found
 */
export function tokenOf(env: NodeJS.ProcessEnv): string {
	const variable = TOKEN_VARIABLES.find((name) => (env[name] ?? '').trim() !== '');
	const token = variable === undefined ? '' : (env[variable] ?? '').trim();
	if (variable === undefined) {
		throw new MissingTokenError(`No token to sign in with. ${ADVICE}`);
	}
	// Anything else can't be sent in a header, and the platform's own message about it would quote the token.
	if (!/^[\x21-\x7e]+$/.test(token)) {
		throw new MissingTokenError(`${variable} holds something that is no token: it has spaces or special characters inside. ${ADVICE}`);
	}
	return token;
}
