import { HumanError } from './humanError';
import { sentence } from './sentence';
import { sitePath } from './siteHost';

/** Names a repository on a host, as a person would: `github.com`, `octo`, `harbor`. */
export interface RepositoryRef {
	/** Lower case, with the port when it is not the scheme's own: `ghe.example.com:8443`. */
	host: string;
	owner: string;
	name: string;
}

export const GITHUB_HOST = 'github.com';

export function nameWithOwner(ref: RepositoryRef): string {
	return `${ref.owner}/${ref.name}`;
}

/** Whether something is an owner and a name as {@link nameWithOwner} puts them together. */
export function isNameWithOwner(value: unknown): value is string {
	const [owner, name, ...rest] = typeof value === 'string' ? value.split('/') : [];
	return owner !== undefined && OWNER.test(owner) && name !== undefined && NAME.test(name) && rest.length === 0;
}

/** Whether something is a host as {@link repositoryRef} takes it. */
export function isHost(value: unknown): value is string {
	return typeof value === 'string' && HOST.test(value) && !value.includes('..');
}

/** One key a repository, the same for every spelling of it: GitHub ignores case in names. */
export function repositoryKey(ref: RepositoryRef): string {
	return `${ref.host}/${ref.owner}/${ref.name}`.toLowerCase();
}

/** The same of one that is stored, by its name as GitHub has it. */
export function storedKey({ host, nameWithOwner: name }: { host: string; nameWithOwner: string }): string {
	return `${host}/${name}`.toLowerCase();
}

// Owners: letters, digits and hyphens, at most 39 (Enterprise Managed Users add `_shortcode`). New ones have hyphens
// inside only, older ones also at the ends; which there are is for the server to say. What counts here is a safe path.
// Names: letters, digits, `.`, `-`, `_`, at most 100, but neither `.` nor `..`.
const OWNER = /^[A-Za-z0-9_-]{1,100}$/;
const NAME = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/;
// DNS has no longer names than 253 characters, and one part of a path may take 255 bytes.
const HOST = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::\d{1,5})?$/;

/**
 * A validated reference. Every part is safe as one part of a file path.
 * @throws HumanError that names the part that is wrong
 */
export function repositoryRef(host: string, owner: string, name: string): RepositoryRef {
	const lowerHost = host.toLowerCase();
	if (!isHost(lowerHost)) {
		throw new HumanError(sentence('"{0}" is not a host name.', host));
	}
	if (!OWNER.test(owner)) {
		throw new HumanError(sentence('"{0}" can\'t be an owner: use letters, digits and hyphens, as in octo-org/hello-world.', owner));
	}
	if (!NAME.test(name)) {
		throw new HumanError(
			sentence('"{0}" can\'t be a repository name: use letters, digits, ".", "-" and "_", as in octo-org/hello-world.', name),
		);
	}
	return { host: lowerHost, owner, name };
}

/**
 * Reads what a person types or pastes: `owner/repo` (also with a slash at its end), an https or ssh address, a clone address, or the address of any
 * page of a repository (`https://github.com/octo/harbor/pull/12`), of its API or of one of its files.
 * @param defaultHost the host of a bare `owner/repo`
 * @param sshHost the server that a name leads ssh to, where a person's configuration gives it another name
 * @throws HumanError that says what is wrong and how it should look
 */
export function parseRepository(text: string, defaultHost: string = GITHUB_HOST, sshHost: (name: string) => string = (name) => name): RepositoryRef {
	const input = text.trim();
	if (input === '') {
		throw new HumanError(sentence('Type a repository as owner/name, or paste its address.'));
	}
	const address = parseAddress(input, sshHost);
	if (address) {
		const site = sitePath(address);
		if (site === undefined) {
			throw new HumanError(sentence('"{0}" is no address of a repository: write it as https://github.com/owner/name.', input));
		}
		const [owner, name] = site.path.split('/').filter((part) => part !== '');
		if (owner === undefined || name === undefined) {
			throw new HumanError(sentence('"{0}" names no repository: the address should continue with /owner/name.', input));
		}
		return repositoryRef(site.host, owner, withoutGitSuffix(name));
	}
	// Shells complete a folder of the same name with a slash at its end.
	const parts = input.replace(/(?<!\/)\/$/, '').split('/');
	const [owner, name] = parts;
	if (parts.length !== 2 || owner === undefined || name === undefined || owner === '' || name === '') {
		throw new HumanError(sentence('"{0}" is not a repository: write owner/name, as in octo-org/hello-world.', input));
	}
	return repositoryRef(defaultHost, owner, withoutGitSuffix(name));
}

function parseAddress(input: string, sshHost: (name: string) => string): { host: string; path: string } | undefined {
	const withScheme = /^[a-z][a-z0-9+]*:\/\//i.test(input) ? input : undefined;
	// github.com/octo/harbor without a scheme: three parts, the first with a dot.
	const bare = withScheme === undefined && /^[\w-]+(\.[\w-]+)+(:\d+)?\/[^/]+\/[^/]+/.test(input) ? `https://${input}` : undefined;
	const candidate = withScheme ?? bare;
	if (candidate === undefined) {
		return scpAddress(input, sshHost);
	}
	if (!URL.canParse(candidate)) {
		return undefined;
	}
	const url = new URL(candidate);
	// An ssh port says nothing about where the API answers.
	const host = url.protocol.startsWith('http') ? url.host : sshHost(url.hostname);
	return { host, path: url.pathname };
}

/** `git@github.com:octo/harbor.git`, `github.com:octo/harbor`, and `work:octo/harbor` where ssh knows what `work` is. */
function scpAddress(input: string, sshHost: (name: string) => string): { host: string; path: string } | undefined {
	const [, user, name, path] = /^([\w.-]+@)?([\w.-]+):(?!\/\/)([^\\]+)$/.exec(input) ?? [];
	if (name === undefined || path === undefined) {
		return undefined;
	}
	const host = sshHost(name);
	// A letter before a colon is a drive of Windows.
	const isHost = user !== undefined || (name.length > 1 && (name.includes('.') || host !== name));
	return isHost ? { host, path } : undefined;
}

function withoutGitSuffix(name: string): string {
	return name.replace(/\.git$/, '');
}

/** A repository as no other can be: by its host and GraphQL node id. */
export interface RepositoryIdentity {
	host: string;
	nodeId: string;
}
