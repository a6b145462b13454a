import assert from 'node:assert/strict';
import { credentialsOf, endpointOf, endpointOfCommand } from '../../../src/cli/endpoint';
import { MissingTokenError } from '../../../src/cli/token';
import { UsageError } from '../../../src/cli/usageError';
import { runCli, Scene, smallRepository } from './commandLine';

const ALL = { GITHUB_TOKEN: 'second', GH_TOKEN: 'first', GITHUB_ENTERPRISE_TOKEN: 'server-second', GH_ENTERPRISE_TOKEN: 'server-first' };
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
	] as const) {
		it(`for ${JSON.stringify(given)} of ${Object.keys(env).join(', ')} is ${expected ?? 'missing'}`, () => {
			const token = () => credentialsOf(endpointOf(given), env).token;
			if (expected === undefined) assert.throws(token, MissingTokenError);
			else assert.equal(token(), expected);
		});
	}

	it('is asked for by the name that belongs to the host', () => {
		assert.throws(() => credentialsOf(endpointOf({}), {}), /sign in to github\.com with\. .* GH_TOKEN \(or GITHUB_TOKEN\), .* "gh auth token" prints/);
		assert.throws(() => credentialsOf(endpointOf({ host: 'ghe.example.com' }), {}), /GH_ENTERPRISE_TOKEN \(or GITHUB_ENTERPRISE_TOKEN\), .* "gh auth token --hostname ghe\.example\.com" prints/);
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
