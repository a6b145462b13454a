import { parseRepository, repositoryKey, type RepositoryRef } from '../../core/model/repository';

/** A git remote, as far as its addresses go. */
export interface RemoteAddresses {
	readonly name: string;
	readonly fetchUrl?: string;
	readonly pushUrl?: string;
}

/**
 * The repositories that remotes name on the hosts one can sign in to, each once; `upstream` before
 * `origin` before the rest, because a fork's pull requests are mostly upstream's.
 * @param sshHost as {@link parseRepository} takes it
 */
export function remoteRepositories(remotes: readonly RemoteAddresses[], hosts: readonly string[], sshHost?: (name: string) => string): RepositoryRef[] {
	const found = new Map<string, RepositoryRef>();
	for (const remote of [...remotes].sort((a, b) => rank(a.name) - rank(b.name))) {
		for (const address of [remote.fetchUrl, remote.pushUrl]) {
			const ref = address === undefined ? undefined : repositoryAt(address, hosts, sshHost);
			if (ref && !found.has(repositoryKey(ref))) {
				found.set(repositoryKey(ref), ref);
			}
		}
	}
	return [...found.values()];
}

function repositoryAt(address: string, hosts: readonly string[], sshHost: ((name: string) => string) | undefined): RepositoryRef | undefined {
	// A path on this machine (`../harbor`, `/srv/git/harbor`, `C:\git\harbor`) is no address.
	if (!/^(?:[a-z][a-z0-9+]*:\/\/|[\w.-]+@|[\w.-]{2,}:)/i.test(address) || /^file:/i.test(address)) {
		return undefined;
	}
	try {
		const ref = parseRepository(address, undefined, sshHost);
		// An ssh address does not name the port of the web server.
		const host = hosts.find((known) => known === ref.host) ?? hosts.find((known) => hostnameOf(known) === ref.host);
		return host === undefined ? undefined : { ...ref, host };
	} catch {
		return undefined;
	}
}

function hostnameOf(host: string): string {
	return host.replace(/:\d+$/, '');
}

function rank(name: string): number {
	return name === 'upstream' ? 0 : name === 'origin' ? 1 : 2;
}
