import { addressProblem } from '../../core/github/apiAddress';

/**
 * The address when it is safe to hand to the system's browser: https, or http on this very machine
 * (a stand-in for GitHub in tests and demonstrations), without a user name or password inside.
 */
export function openableUrl(text: string): string | undefined {
	if (!URL.canParse(text)) {
		return undefined;
	}
	const url = new URL(text);
	return addressProblem(url) === undefined ? url.href : undefined;
}
