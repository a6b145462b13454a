/*
 * One GitHub has several servers: the site that people look at, and beside it those for its API, for SSH over port 443
 * and for single files. A repository belongs to the site, whichever of them an address names.
 */

/** A host that is a server of github.com or of an enterprise's own address there (`octo.ghe.com`), and of which kind. */
const SERVER = /^(api|ssh|uploads)\.(github\.com|[a-z0-9-]+\.ghe\.com)$/;
/** Other servers of github.com on which nothing is a repository, such as `gist.github.com` and `docs.github.com`. */
const OTHER = /\.(?:github\.com|githubusercontent\.com)$/;

/** What people with several accounts call github.com in their configuration of ssh; no top-level domain begins with `com-`. */
const ALIAS = /^github\.com-[a-z0-9._-]+$/;

/**
 * The site that a host belongs to: `github.com` for `ssh.github.com` and `api.github.com`, and for an alias such as
 * `github.com-work`; else the host itself.
 * https://docs.github.com/en/authentication/troubleshooting-ssh/using-ssh-over-the-https-port
 */
export function siteHost(host: string): string {
	const name = host.toLowerCase().replace(/^www\./, '');
	return SERVER.exec(name)?.[2] ?? (ALIAS.test(name) ? 'github.com' : name);
}

/** Where on which site a repository's page is; `undefined` for an address of GitHub's that belongs to no repository. */
export function sitePath({ host, path }: { host: string; path: string }): { host: string; path: string } | undefined {
	const name = host.toLowerCase();
	const [, kind] = SERVER.exec(name) ?? [];
	if (kind === 'ssh') {
		// In the short form a port is taken for the beginning of the path, by people and by Git.
		return { host: siteHost(name), path: path.replace(/^\/?443\/(?=[^/]+\/[^/]+)/, '') };
	}
	// https://docs.github.com/en/rest/repos/repos; on a server of one's own the same stands under /api/v3.
	const ofApi = /^\/(?:api\/v3\/)?repos(\/[^/]+\/[^/]+)/.exec(path)?.[1];
	if (kind !== undefined) {
		return ofApi === undefined ? undefined : { host: siteHost(name), path: ofApi };
	}
	if (name === 'raw.githubusercontent.com' || name === 'codeload.github.com') {
		return { host: 'github.com', path };
	}
	if (OTHER.test(name) && name !== 'www.github.com') {
		return undefined;
	}
	return { host: siteHost(name), path: path.startsWith('/api/v3/') && ofApi !== undefined ? ofApi : path };
}
