import { sentence, type Sentence } from '../model/sentence';

/** What kept a request from an answer, by the platform's own name for it. */
export interface NetworkCause {
	/** As Node has it, such as `ENOTFOUND` or `DEPTH_ZERO_SELF_SIGNED_CERT`; `HTTP_407` for the answer of a proxy. */
	code: string;
	/** The name that was looked up or the address that was tried, where the platform tells: it may be a proxy's. */
	at: string | undefined;
	/** The server's certificate was refused: that does not pass by itself. */
	isCertificate: boolean;
}

/** So far an error's causes are followed: what the platform nests is three deep. */
const MAX_DEPTH = 6;

/** Certificates out of their time. */
const OUT_OF_TIME = ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'];
const OTHER_NAME = 'ERR_TLS_CERT_ALTNAME_INVALID';
/**
 * What else is said of certificates; OpenSSL's names without `X509_V_ERR_`.
 * https://nodejs.org/docs/latest-v20.x/api/tls.html#x509-certificate-error-codes
 */
const CERTIFICATE = /^(?:(?:DEPTH_ZERO_)?SELF_SIGNED_CERT|UNABLE_TO_(?:GET_ISSUER|VERIFY_LEAF)|CERT_|INVALID_(?:CA|PURPOSE)$|HOSTNAME_MISMATCH$|ERROR_IN_CERT|CRL_)/;

const PROXY_SIGN_IN: NetworkCause = { code: 'HTTP_407', at: undefined, isCertificate: false };

/** Finds the platform's name for what went wrong, among an error's causes; `undefined` when none of them has one. */
export function networkCause(thrown: unknown): NetworkCause | undefined {
	let error = thrown;
	for (let depth = 0; depth < MAX_DEPTH && error instanceof Error; depth++) {
		const found = causeOf(error);
		if (found) {
			return found;
		}
		if (depth > 0 && error.message === '' && error.cause === undefined && !(error instanceof AggregateError)) {
			// Of an answer 407 the platform's fetch makes an error without a word; nothing else that is asked here ends in one.
			// https://fetch.spec.whatwg.org/#http-network-or-cache-fetch
			return PROXY_SIGN_IN;
		}
		// Several addresses were tried, and all of them failed: one is as good as another.
		error = error.cause ?? (error instanceof AggregateError ? (error.errors as unknown[])[0] : undefined);
	}
	return undefined;
}

function causeOf(error: Error): NetworkCause | undefined {
	// The proxy's answer to CONNECT stands in undici's words alone.
	const proxy = /^Proxy response \((\d{3})\)/.exec(error.message)?.[1];
	if (proxy !== undefined) {
		return { code: `HTTP_${proxy}`, at: undefined, isCertificate: false };
	}
	const code = fieldOf(error, 'code');
	// Names of that kind alone: DOMException has numbers there.
	if (code === undefined || !/^[A-Z][A-Z0-9_]{2,60}$/.test(code)) {
		return undefined;
	}
	const isCertificate = code === OTHER_NAME || CERTIFICATE.test(code);
	return { code, at: fieldOf(error, 'hostname') ?? addressOf(error), isCertificate };
}

/** `127.0.0.1:4000` */
function addressOf(error: Error): string | undefined {
	const address = fieldOf(error, 'address');
	const port = fieldOf(error, 'port');
	return address === undefined || port === undefined ? address : `${address.includes(':') ? `[${address}]` : address}:${port}`;
}

function fieldOf(error: Error, name: string): string | undefined {
	const value = (error as Error & Record<string, unknown>)[name];
	return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** Why a host can't be reached, and what to do about it. */
export function networkSentence(host: string, cause: NetworkCause | undefined): Sentence {
	if (cause === undefined) {
		return sentence('Can\'t reach {0}. Check your network connection.', host);
	}
	const { code, at = host } = cause;
	switch (code) {
		case 'ENOTFOUND':
			return sentence('Can\'t reach {0}: there is no host {1} ({2}). Check the spelling and your network connection.', host, at, code);
		case 'EAI_AGAIN':
			return sentence('Can\'t reach {0}: {1} can\'t be looked up right now ({2}). Check your network connection.', host, at, code);
		case 'ECONNREFUSED':
			return sentence('Can\'t reach {0}: nothing answers at {1} ({2}). Check the address, and the proxy if you use one.', host, at, code);
		case 'ECONNRESET':
		case 'EPIPE':
		case 'UND_ERR_SOCKET':
			return sentence('Can\'t reach {0}: the connection broke off ({1}). Check your network connection, and the proxy if you use one.', host, code);
		case 'ETIMEDOUT':
		case 'UND_ERR_CONNECT_TIMEOUT':
		case 'ENETUNREACH':
		case 'EHOSTUNREACH':
			return sentence('Can\'t reach {0}: no connection could be made ({1}). Check your network connection, and whether you need a proxy.', host, code);
		case 'HTTP_407':
			return sentence('Can\'t reach {0}: your proxy wants a sign-in (HTTP 407). Put the user name and password into the proxy\'s address, as in http://USER:PASSWORD@proxy.example.com:3128.', host);
		default:
			return code.startsWith('HTTP_')
				? sentence('Can\'t reach {0}: your proxy refused the connection (HTTP {1}). Ask whoever runs the proxy.', host, code.slice('HTTP_'.length))
				: sentence('Can\'t reach {0} ({1}). Check your network connection.', host, code);
	}
}

/** What is wrong with a host's certificate, and what to do about it. */
export function certificateSentence(host: string, { code }: NetworkCause): Sentence {
	if (OUT_OF_TIME.includes(code)) {
		return sentence('The certificate of {0} is not valid today ({1}). Check the date of this machine; if it is right, whoever runs the server has to renew the certificate.', host, code);
	}
	if (code === OTHER_NAME || code === 'HOSTNAME_MISMATCH') {
		return sentence('The certificate of {0} is for another host ({1}). Check the spelling of the address.', host, code);
	}
	return sentence(
		'This machine does not trust the certificate of {0} ({1}). If your organization uses certificates of its own, install its root certificate; for the command line, name the file in the environment variable NODE_EXTRA_CA_CERTS.',
		host,
		code,
	);
}
