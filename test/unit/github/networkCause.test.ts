import assert from 'node:assert/strict';
import { postponementOf } from '../../../src/core/background/postponement';
import { CertificateError, networkCode, TransientError } from '../../../src/core/github/errors';
import { networkCause } from '../../../src/core/github/networkCause';
import { clientOf, rejection } from './rudeServer';

/** An error as Node makes them. */
const systemError = (code: string, more: object = {}) => Object.assign(new Error(`something about ${code}`), { code, ...more });
/** What the platform's fetch makes of it. */
const fetchFailed = (cause: unknown) => new TypeError('fetch failed', { cause });

/** What a client says when its fetch fails with this. */
async function said(thrown: unknown): Promise<Error> {
	const client = clientOf('https://ghe.example.com/api/v3', { fetch: () => Promise.reject(fetchFailed(thrown)) });
	return rejection(client.graphql({ operation: 'P', query: 'query P { viewer { login } }', variables: {}, isUsable: () => true }));
}

describe('why a host can not be reached', () => {
	for (const [thrown, code, words] of [
		[systemError('ENOTFOUND', { hostname: 'ghe.exmaple.com' }), 'ENOTFOUND', /there is no host ghe\.exmaple\.com \(ENOTFOUND\)\. Check the spelling/],
		[systemError('EAI_AGAIN', { hostname: 'ghe.example.com' }), 'EAI_AGAIN', /ghe\.example\.com can't be looked up right now \(EAI_AGAIN\)/],
		[systemError('ECONNREFUSED', { address: '::1', port: 8443 }), 'ECONNREFUSED', /nothing answers at \[::1\]:8443 \(ECONNREFUSED\)/],
		[Object.assign(new AggregateError([systemError('ECONNREFUSED'), systemError('ECONNREFUSED')]), { code: 'ECONNREFUSED' }), 'ECONNREFUSED', /nothing answers at ghe\.example\.com/],
		[new AggregateError([systemError('ETIMEDOUT'), systemError('ENETUNREACH')]), 'ETIMEDOUT', /no connection could be made \(ETIMEDOUT\)/],
		[systemError('UND_ERR_CONNECT_TIMEOUT'), 'UND_ERR_CONNECT_TIMEOUT', /no connection could be made/],
		[systemError('ECONNRESET'), 'ECONNRESET', /the connection broke off \(ECONNRESET\)/],
		[new Error('', { cause: systemError('UND_ERR_SOCKET') }), 'UND_ERR_SOCKET', /the connection broke off/],
		[Object.assign(new Error('Proxy response (407) !== 200 when HTTP Tunneling'), { code: 'UND_ERR_ABORTED' }), 'HTTP_407', /your proxy wants a sign-in \(HTTP 407\)/],
		[new Error('Proxy response (502) !== 200 when HTTP Tunneling'), 'HTTP_502', /your proxy refused the connection \(HTTP 502\)/],
		[systemError('EPROTO'), 'EPROTO', /Can't reach ghe\.example\.com \(EPROTO\)\. Check your network connection/],
		[new Error('bad port'), undefined, /Can't reach ghe\.example\.com\. Check your network connection/],
	] as const) {
		it(`is said of ${code ?? thrown.message}`, async () => {
			const error = await said(thrown);
			assert.ok(error instanceof TransientError && error.reason === 'network', String(error));
			assert.equal(networkCode(error), code);
			assert.match(error.message, words);
		});
	}

	for (const [code, words] of [
		['DEPTH_ZERO_SELF_SIGNED_CERT', /does not trust .* NODE_EXTRA_CA_CERTS/],
		['SELF_SIGNED_CERT_IN_CHAIN', /does not trust/],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /does not trust/],
		['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', /does not trust/],
		['CERT_UNTRUSTED', /does not trust/],
		['CERT_HAS_EXPIRED', /is not valid today/],
		['CERT_NOT_YET_VALID', /is not valid today/],
		['ERR_TLS_CERT_ALTNAME_INVALID', /is for another host/],
	] as const) {
		it(`is the certificate at ${code}, which does not pass by itself`, async () => {
			const error = await said(systemError(code));
			assert.ok(error instanceof CertificateError, String(error));
			assert.equal(networkCode(error), code);
			assert.match(error.message, words);
			assert.deepEqual(postponementOf(error, 1000), { of: 'host', ms: 1000, reason: 'offline' });
			assert.match(error.message, new RegExp(`ghe\\.example\\.com.*\\(${code}\\)`));
		});
	}

	it('is not looked for without end', () => {
		const round = new Error('round');
		round.cause = round;
		assert.equal(networkCause(round), undefined);
		assert.equal(networkCause('text'), undefined);
		assert.equal(networkCause(systemError('not a code at all')), undefined);
		assert.equal(networkCause(new DOMException('aborted', 'AbortError')), undefined);
	});
});
