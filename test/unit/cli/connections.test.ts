import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { EXPIRED, OTHER_HOST, SELF_SIGNED } from '../github/certificates';
import { documentOf, eventsOf, runCli, Scene, smallRepository, type Finished } from './commandLine';
import { TlsFront } from './tlsFront';

/** A connection that fails says why, in words and to programs. */
describe('a connection that fails', () => {
	let scene: Scene;
	let front: TlsFront | undefined;

	beforeEach(async () => (scene = await Scene.make([smallRepository()])));
	afterEach(async () => {
		await front?.stop();
		front = undefined;
		await scene.dispose();
	});

	const seed = (url: string, env: NodeJS.ProcessEnv = {}, words: readonly string[] = []): Promise<Finished> =>
		runCli(['seed', 'octo/harbor', '--api-url', url, '--storage', scene.storage, ...words], { env });
	const failedOf = (finished: Finished) => eventsOf(finished).find(({ event }) => event === 'failed') ?? assert.fail(finished.stderr);

	/** Trusts one certificate, as a company's machine does. */
	async function trusting(certificate: string): Promise<NodeJS.ProcessEnv> {
		const file = join(scene.folder, 'root.pem');
		await writeFile(file, certificate);
		return { NODE_EXTRA_CA_CERTS: file };
	}

	it('at a certificate that nobody trusts says so, tries once, and is no case for the next hour', async () => {
		front = await TlsFront.start(scene.server.url, SELF_SIGNED);
		const finished = await seed(front.url, {}, ['--json']);
		assert.equal(finished.status, 1, finished.stderr);
		assert.match(finished.stderr, /This machine does not trust the certificate of github\.com \(DEPTH_ZERO_SELF_SIGNED_CERT\)\. .* NODE_EXTRA_CA_CERTS\. \(The API address is https:\/\/localhost:\d+\.\)/);
		const { failures } = documentOf<{ failures: { kind: string; cause: string; resumable: boolean; exitStatus: number }[] }>(finished);
		const [{ kind, cause, resumable, exitStatus } = assert.fail()] = failures;
		assert.deepEqual([kind, cause, resumable, exitStatus], ['CertificateError', 'DEPTH_ZERO_SELF_SIGNED_CERT', false, 1]);
		assert.deepEqual([front.connections, scene.server.requests.length], [1, 0]);
	});

	it('is one no longer with NODE_EXTRA_CA_CERTS', async () => {
		front = await TlsFront.start(scene.server.url, SELF_SIGNED);
		const finished = await seed(front.url, await trusting(SELF_SIGNED));
		assert.equal(finished.status, 0, finished.stderr);
		assert.match(finished.stdout, /octo\/harbor: 3 pull requests/);
	});

	for (const [certificate, cause, words] of [
		[EXPIRED, 'CERT_HAS_EXPIRED', /The certificate of github\.com is not valid today \(CERT_HAS_EXPIRED\)\. Check the date/],
		[OTHER_HOST, 'ERR_TLS_CERT_ALTNAME_INVALID', /The certificate of github\.com is for another host \(ERR_TLS_CERT_ALTNAME_INVALID\)/],
	] as const) {
		it(`tells a program of ${cause}`, async () => {
			front = await TlsFront.start(scene.server.url, certificate);
			const finished = await seed(front.url, await trusting(certificate), ['--log', 'json']);
			assert.equal(finished.status, 1, finished.stderr);
			const failed = failedOf(finished);
			assert.deepEqual([failed['class'], failed['cause'], failed['resumable'], failed['exitStatus']], ['CertificateError', cause, false, 1]);
			assert.match(String(failed['message']), words);
			assert.equal(front.connections, 1);
		});
	}

	it('because nobody listens can go on later', async () => {
		front = await TlsFront.start(scene.server.url, SELF_SIGNED);
		const { port } = front;
		await front.stop();
		front = undefined;
		const failed = failedOf(await seed(`https://127.0.0.1:${port}`, {}, ['--log', 'json']));
		assert.deepEqual([failed['class'], failed['cause'], failed['resumable'], failed['exitStatus']], ['TransientError', 'ECONNREFUSED', true, 3]);
		assert.match(String(failed['message']), new RegExp(`Can't reach github\\.com: nothing answers at 127\\.0\\.0\\.1:${port} \\(ECONNREFUSED\\)`));
	});

	it('because a proxy wants a sign-in says so', async () => {
		const proxy = createServer((_, response) => response.writeHead(407, { 'proxy-authenticate': 'Basic' }).end());
		await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
		try {
			const finished = await seed(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, {}, ['--log', 'json']);
			assert.equal(finished.status, 3);
			const failed = failedOf(finished);
			assert.equal(failed['cause'], 'HTTP_407');
			assert.match(String(failed['message']), /Can't reach github\.com: your proxy wants a sign-in \(HTTP 407\)/);
		} finally {
			proxy.close();
		}
	});
});
