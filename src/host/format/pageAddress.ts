import { addressProblem, isPageOf } from '../../core/github/apiAddress';

/**
 * The address of a pull request's page when it is safe to hand to the system's browser: on the repository's own host,
 * over https (or http where that host is this very machine, as in tests and demonstrations).
 * @param host the repository's
 */
export function ownPage(address: string, host: string): string | undefined {
	const url = parsed(address);
	return url && isPageOf(url, host) ? url.href : undefined;
}

/**
 * The address of a check's page, which is on any host: of the repository's own as {@link ownPage}, of others over https
 * alone, and with the host that is to be shown beside it.
 */
export function checkPage(address: string, host: string): { url: string; foreignHost?: string } | undefined {
	const url = parsed(address);
	if (url === undefined || isPageOf(url, host)) {
		return url && { url: url.href };
	}
	return url.protocol === 'https:' && addressProblem(url) === undefined ? { url: url.href, foreignHost: url.host } : undefined;
}

function parsed(address: string): URL | undefined {
	return URL.canParse(address) ? new URL(address) : undefined;
}
