import { GITHUB_HOST } from '../model/repository';

/*
 * Which addresses a token may be sent to. The editor and the command line ask here, and the client asks
 * again before it sends anything. And which of an answer's addresses are the site's own.
 */

/** Why an address must not get a token; `undefined` when it may. */
export function addressProblem(url: URL): 'credentials' | 'unprotected' | undefined {
	if (url.username !== '' || url.password !== '') {
		return 'credentials';
	}
	const isProtected = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
	return isProtected ? undefined : 'unprotected';
}

/** Whether an address from an answer is one of a site's own, protected as {@link addressProblem} asks. @param host with its port, as in a `RepositoryRef` */
export function isPageOf(url: URL, host: string): boolean {
	return url.host === host && addressProblem(url) === undefined;
}

/** Whether a URL's host name is this machine itself: nothing sent there crosses a network. */
function isLoopback(hostname: string): boolean {
	return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/**
 * Where the REST API of a host answers.
 * @param site the address of its web pages
 */
export function apiUrlOf(site: URL): string {
	if (site.host === GITHUB_HOST) {
		return 'https://api.github.com';
	}
	// GitHub Enterprise Cloud with data residency answers like github.com does:
	// https://docs.github.com/en/enterprise-cloud@latest/admin/data-residency/feature-overview-for-github-enterprise-cloud-with-data-residency
	return site.hostname.endsWith('.ghe.com') ? `${site.protocol}//api.${site.host}` : `${site.origin}/api/v3`;
}

/** An address as it is compared and kept: with no slash at its end. */
export function withoutLastSlashes(address: string): string {
	let end = address.length;
	while (address[end - 1] === '/') {
		end--;
	}
	return address.slice(0, end);
}
