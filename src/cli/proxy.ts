import { BlockList, isIP } from 'node:net';
import { UsageError } from './usageError';

/** A proxy that the environment names. */
export interface Proxy {
	/** http or https, without user name and password. */
	url: URL;
	/** What the proxy gets as `proxy-authorization`; `undefined` where its address has no user name. */
	authorization: string | undefined;
}

/** Where the address of a proxy for https may stand, the first one first; as curl and git have it. */
const PROXY_VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'] as const;
const EXEMPTION_VARIABLES = ['no_proxy', 'NO_PROXY'] as const;

/**
 * The proxy through which an address is to be reached; `undefined` when it is reached directly.
 * Plain http is for this machine itself and carries a token: it goes through no proxy, whatever the environment says.
 * @throws UsageError for the address of a proxy that can't be used; its password is not quoted
 */
export function proxyOf(target: URL, env: NodeJS.ProcessEnv): Proxy | undefined {
	const found = firstOf(PROXY_VARIABLES, env);
	if (found === undefined || target.protocol !== 'https:' || isExempt(target, firstOf(EXEMPTION_VARIABLES, env)?.value ?? '')) {
		return undefined;
	}
	return readProxy(found.name, found.value);
}

/** What of the environment's proxies must not be shown. */
export function proxySecrets(env: NodeJS.ProcessEnv): string[] {
	const urls = PROXY_VARIABLES.flatMap((name) => urlOf(env[name]?.trim() ?? '') ?? []);
	return urls.flatMap(({ password }) => [password, decoded(password)]);
}

function readProxy(name: string, value: string): Proxy {
	const url = urlOf(value);
	if (url === undefined || url.hostname === '') {
		throw new UsageError(`${name} is not the address of a proxy: write it as http://proxy.example.com:3128.`);
	}
	if (url.protocol !== 'http:' && url.protocol !== 'https:') {
		throw new UsageError(`${name} names a proxy of the kind ${url.protocol.slice(0, -1)}, which is not supported: name one for http or https in HTTPS_PROXY, or write NO_PROXY=* to go without.`);
	}
	const { username, password } = url;
	const user = `${decoded(username)}:${decoded(password)}`;
	return { url: new URL(url.origin), authorization: username === '' ? undefined : `Basic ${Buffer.from(user).toString('base64')}` };
}

/** `proxy.example.com:3128` is an address for http. */
function urlOf(text: string): URL | undefined {
	const address = text.includes('://') ? text : `http://${text}`;
	return text !== '' && URL.canParse(address) ? new URL(address) : undefined;
}

/** As it was before it was put into an address; one that was not escaped stays as it is. */
function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

function firstOf(names: readonly string[], env: NodeJS.ProcessEnv): { name: string; value: string } | undefined {
	for (const name of names) {
		const value = env[name]?.trim() ?? '';
		if (value !== '') {
			return { name, value };
		}
	}
	return undefined;
}

/**
 * Whether NO_PROXY names a host: `*`, a domain with everything below it, an address, or a range of addresses; each but
 * the range with a port where it is for that alone.
 */
function isExempt(target: URL, list: string): boolean {
	const host = target.hostname.replace(/^\[|\]$/g, '').toLowerCase();
	const port = target.port === '' ? '443' : target.port;
	return list
		.toLowerCase()
		.split(/[\s,]+/)
		.filter((entry) => entry !== '')
		.some((entry) => {
			if (entry === '*') {
				return true;
			}
			if (entry.includes('/')) {
				return isInRange(host, entry);
			}
			const [, name = entry, only] = /^(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(entry) ?? [];
			const domain = name.replace(/^\[|\]$/g, '').replace(/^\*?\./, '');
			return (only === undefined || only === port) && (host === domain || (isIP(host) === 0 && host.endsWith(`.${domain}`)));
		});
}

/** `10.0.0.0/8`, `fd00::/8` */
function isInRange(host: string, entry: string): boolean {
	const [net = '', bits = ''] = entry.split('/');
	const version = isIP(net);
	if (version === 0 || version !== isIP(host) || !/^\d{1,3}$/.test(bits) || Number(bits) > (version === 4 ? 32 : 128)) {
		return false;
	}
	const family = version === 4 ? 'ipv4' : 'ipv6';
	const range = new BlockList();
	range.addSubnet(net, Number(bits), family);
	return range.check(host, family);
}
