import assert from 'node:assert/strict';
import { credentialsOf, endpointOf, endpointOfCommand } from '../../../src/cli/endpoint';
import { MissingTokenError } from '../../../src/cli/token';
import { UsageError } from '../../../src/cli/usageError';
import { runCli, Scene, smallRepository } from './commandLine';

const ALL = { GITHUB_TOKEN: 'second', GH_TOKEN: 'first', GITHUB_ENTERPRISE_TOKEN: 'server-second', GH_ENTERPRISE_TOKEN: 'server-first' };
const ON_SERVER = { GITHUB_API_URL: 'https://ghe.example.com/api/v3' };
const without = (...names: (keyof typeof ALL)[]) => Object.fromEntries(Object.entries(ALL).filter(([name]) => !names.includes(name as keyof typeof ALL)));

describe('the token', () => {
	for (const [given, env, expected] of [
		[{}, ALL, 'first'],
		[{}, without('GH_TOKEN'), 'second'],
		[{}, { GH_TOKEN: ' ', GITHUB_TOKEN: ' second ' }, 'second'],
		[{}, without('GH_TOKEN', 'GITHUB_TOKEN'), undefined],
		[{ host: 'octo.ghe.com' }, ALL, 'first'],
		[{ host: 'octo.ghe.com' }, without('GH_TOKEN', 'GITHUB_TOKEN'), undefined],
		[{ host: 'ghe.example.com' }, ALL, 'server-first'],
		[{ host: 'ghe.example.com' }, without('GH_ENTERPRISE_TOKEN'), 'server-second'],
		[{ host: 'ghe.example.com' }, without('GH_ENTERPRISE_TOKEN', 'GITHUB_ENTERPRISE_TOKEN'), 'first'],
		[{ apiUrl: 'http://127.0.0.1:4000/api/v3' }, ALL, 'server-first'],
		[{ apiUrl: 'http://127.0.0.1:4000/api/v3' }, { GITHUB_TOKEN: 'second' }, 'second'],
		[{ apiUrl: 'http://127.0.0.1:4000' }, ALL, 'first'],
		[{ defaultHost: 'ghe.example.com' }, ALL, 'server-first'],
		// Set for github.com, and nobody has named the server to this command.
		[{ defaultHost: 'ghe.example.com' }, without('GH_ENTERPRISE_TOKEN', 'GITHUB_ENTERPRISE_TOKEN'), undefined],
		[{ defaultHost: 'ghe.example.com', host: 'github.com' }, ALL, 'first'],
		// In a workflow of GitHub Actions on a server GITHUB_TOKEN is that server's, and on github.com it is github.com's.
		...([
			[{}, { GITHUB_TOKEN: 'of-the-server', ...ON_SERVER }, 'of-the-server'],
			[{}, { GH_TOKEN: 'of-the-server', ...ON_SERVER }, 'of-the-server'],
			[{}, { ...ALL, ...ON_SERVER }, 'server-first'],
			[{ host: 'github.com' }, { GITHUB_TOKEN: 'of-the-server', ...ON_SERVER }, undefined],
			[{ host: 'github.com' }, { ...ALL, ...ON_SERVER }, 'first'],
			[{ host: 'other.example.com' }, { GITHUB_TOKEN: 'of-the-server', ...ON_SERVER }, undefined],
			[{ apiUrl: 'http://127.0.0.1:4000' }, { GITHUB_TOKEN: 'of-the-server', ...ON_SERVER }, undefined],
			[{}, { GITHUB_TOKEN: 'second', GITHUB_API_URL: 'https://api.github.com' }, 'second'],
			[{ host: 'ghe.example.com' }, { GITHUB_TOKEN: 'second', GITHUB_API_URL: 'https://api.github.com' }, undefined],
			[{ defaultHost: 'other.example.com' }, { ...ALL, ...ON_SERVER }, 'server-first'],
		] as const),
	] as const) {
		it(`for ${JSON.stringify(given)} of ${Object.keys(env).join(', ')} is ${expected ?? 'missing'}`, () => {
			const token = () => credentialsOf(endpointOf({ ...given, defaultApiUrl: 'GITHUB_API_URL' in env ? env.GITHUB_API_URL : undefined }), env).token;
			if (expected === undefined) assert.throws(token, MissingTokenError);
			else assert.equal(token(), expected);
		});
	}

	it('is asked for by the name that belongs to the host', () => {
		assert.throws(() => credentialsOf(endpointOf({}), {}), /sign in to github\.com with\. .* GH_TOKEN \(or GITHUB_TOKEN\), .* "gh auth token" prints/);
		assert.throws(() => credentialsOf(endpointOf({ host: 'ghe.example.com' }), {}), /GH_ENTERPRISE_TOKEN \(or GITHUB_ENTERPRISE_TOKEN\), .* "gh auth token --hostname ghe\.example\.com" prints/);
	});
});

describe('GITHUB_API_URL', () => {
	const at = (env: NodeJS.ProcessEnv, options: object = {}) => {
		const { host, apiUrl, isCustom } = endpointOfCommand({ options, env });
		return [host, apiUrl, isCustom];
	};

	it('names the GitHub of a workflow where neither the command nor GH_HOST does', () => {
		const env = { GITHUB_API_URL: 'https://ghe.example.com/api/v3' };
		assert.deepEqual(at(env), ['ghe.example.com', 'https://ghe.example.com/api/v3', false]);
		assert.deepEqual(at({ GITHUB_API_URL: 'https://api.github.com' }), ['github.com', 'https://api.github.com', false]);
		assert.deepEqual(at({ GITHUB_API_URL: 'https://api.octo.ghe.com/' }), ['octo.ghe.com', 'https://api.octo.ghe.com', false]);
		assert.deepEqual(at({ GITHUB_API_URL: ' ' }), ['github.com', 'https://api.github.com', false]);
		assert.deepEqual(at({ ...env, GH_HOST: 'github.com' }), ['github.com', 'https://api.github.com', false]);
		assert.deepEqual(at(env, { host: 'octo.ghe.com' }), ['octo.ghe.com', 'https://api.octo.ghe.com', false]);
		assert.deepEqual(at(env, { 'api-url': 'http://127.0.0.1:4000' }), ['github.com', 'http://127.0.0.1:4000', true]);
	});

	it('is refused in its own name where a token must not go', () => {
		for (const GITHUB_API_URL of ['http://ghe.example.com/api/v3', 'ghe.example.com', 'https://octo:secret@ghe.example.com/api/v3']) {
			assert.throws(() => at({ GITHUB_API_URL }), (error) => error instanceof UsageError && error.message.includes('GITHUB_API_URL') && !error.message.includes('--api-url'));
		}
	});
});

describe('GH_HOST', () => {
	const host = (GH_HOST: string, options: object = {}) => endpointOfCommand({ options, env: { GH_HOST } });

	it('names the host where nothing was typed', () => {
		assert.deepEqual([host('GHE.example.com').host, host('GHE.example.com').apiUrl], ['ghe.example.com', 'https://ghe.example.com/api/v3']);
		assert.equal(host('').host, 'github.com');
		assert.equal(host('ssh.github.com').host, 'github.com');
		assert.equal(host('ghe.example.com', { host: 'octo.ghe.com' }).host, 'octo.ghe.com');
		assert.equal(host('ghe.example.com', { 'api-url': 'http://127.0.0.1:4000' }).host, 'github.com');
		assert.throws(() => host('https://ghe.example.com'), (error) => error instanceof UsageError && /GH_HOST takes the host alone/.test(error.message));
	});

	it('counts for every command, and github.com’s token stays', async () => {
		const scene = await Scene.make([smallRepository()]);
		try {
			const env = { GH_HOST: 'ghe.invalid' };
			const seed = await runCli(['seed', 'octo/harbor', '--storage', scene.storage], { env });
			assert.equal(seed.status, 4);
			assert.match(seed.stderr, /No token to sign in to ghe\.invalid with\./);
			const report = await runCli(['report', 'milestones', 'octo/harbor', '--storage', scene.storage], { env });
			assert.match(report.stderr, /pr-seeder seed octo\/harbor --host ghe\.invalid/);
		} finally {
			await scene.dispose();
		}
	});
});
