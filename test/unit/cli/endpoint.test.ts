import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { endpointOf, repositoriesOf } from '../../../src/cli/endpoint';
import { storageFolder } from '../../../src/cli/storageFolder';
import { UsageError } from '../../../src/cli/usageError';

describe('endpointOf', () => {
	const cases: [given: { host?: string; apiUrl?: string }, host: string, apiUrl: string][] = [
		[{}, 'github.com', 'https://api.github.com'],
		[{ host: 'GitHub.com' }, 'github.com', 'https://api.github.com'],
		[{ host: 'GHE.example.com' }, 'ghe.example.com', 'https://ghe.example.com/api/v3'],
		[{ host: 'ghe.example.com:8443' }, 'ghe.example.com:8443', 'https://ghe.example.com:8443/api/v3'],
		[{ host: 'octo.ghe.com' }, 'octo.ghe.com', 'https://api.octo.ghe.com'],
		[{ host: 'ssh.github.com' }, 'github.com', 'https://api.github.com'],
		[{ host: 'API.github.com' }, 'github.com', 'https://api.github.com'],
		[{ host: 'ssh.octo.ghe.com' }, 'octo.ghe.com', 'https://api.octo.ghe.com'],
		[{ apiUrl: 'https://api.octo.ghe.com' }, 'octo.ghe.com', 'https://api.octo.ghe.com'],
		[{ apiUrl: 'http://127.0.0.1:4000' }, 'github.com', 'http://127.0.0.1:4000'],
		[{ apiUrl: 'http://localhost:4000/' }, 'github.com', 'http://localhost:4000'],
		[{ apiUrl: 'http://[::1]:4000' }, 'github.com', 'http://[::1]:4000'],
		[{ apiUrl: 'http://127.0.0.1:4000/api/v3/' }, '127.0.0.1:4000', 'http://127.0.0.1:4000/api/v3'],
		[{ apiUrl: 'https://ghe.example.com/api/v3' }, 'ghe.example.com', 'https://ghe.example.com/api/v3'],
		[{ apiUrl: 'https://proxy.example.com/github' }, 'github.com', 'https://proxy.example.com/github'],
		[{ host: 'ghe.example.com', apiUrl: 'http://127.0.0.1:4000/api/v3' }, 'ghe.example.com', 'http://127.0.0.1:4000/api/v3'],
	];
	for (const [given, host, apiUrl] of cases) {
		it(`${JSON.stringify(given)} → ${host} at ${apiUrl}`, () => {
			const endpoint = endpointOf(given);
			assert.deepEqual([endpoint.host, endpoint.apiUrl], [host, apiUrl]);
		});
	}

	for (const apiUrl of ['http://ghe.example.com/api/v3', 'http://127.0.0.1.example.com', 'http://localhost.example.com', 'ftp://localhost']) {
		it(`sends no token to ${apiUrl}`, () => assert.throws(() => endpointOf({ apiUrl }), UsageError));
	}

	it('takes no repository of another host along', () => {
		const endpoint = endpointOf({});
		assert.equal(repositoriesOf(['octo/harbor', 'https://github.com/Octo/Harbor'], endpoint).length, 1);
		assert.throws(() => repositoriesOf(['https://evil.example.com/octo/harbor'], endpoint), UsageError);
	});

	it('takes any address of a repository for the site that it belongs to, and advises no --host for another', () => {
		const endpoint = endpointOf({});
		const addresses = ['ssh://git@ssh.github.com:443/octo/harbor.git', 'https://api.github.com/repos/octo/harbor', 'https://raw.githubusercontent.com/octo/harbor/main/a.txt'];
		assert.deepEqual(repositoriesOf(addresses, endpoint), [{ host: 'github.com', owner: 'octo', name: 'harbor' }]);
		assert.throws(() => repositoriesOf(['https://gist.github.com/octo/0123'], endpoint), (error) => error instanceof UsageError && !error.message.includes('--host'));
	});
});

describe('storageFolder', () => {
	it('is the one asked for, absolute', () => assert.equal(storageFolder('some/where', {}), resolve('some/where')));

	it('says what to do when the environment has no home', () => {
		for (const [env, platform] of [[{}, 'linux'], [{ HOME: '' }, 'linux'], [{ HOME: 'relative' }, 'darwin'], [{}, 'win32']] as const) {
			assert.throws(() => storageFolder(undefined, env, platform), (error) => error instanceof UsageError && /Name a folder with --storage DIR/.test(error.message));
		}
	});

	it('follows the platform', () => {
		const data = resolve('/data');
		const home = resolve('/home/ada');
		assert.equal(storageFolder(undefined, { XDG_DATA_HOME: data }, 'linux'), join(data, 'pr-seeder'));
		assert.equal(storageFolder(undefined, { XDG_DATA_HOME: 'relative', HOME: home }, 'linux'), join(home, '.local', 'share', 'pr-seeder'));
		assert.equal(storageFolder(undefined, { HOME: home }, 'darwin'), join(home, 'Library', 'Application Support', 'pr-seeder'));
		assert.equal(storageFolder(undefined, { LOCALAPPDATA: data }, 'win32'), join(data, 'pr-seeder'));
		assert.equal(storageFolder(undefined, { USERPROFILE: home }, 'win32'), join(home, 'AppData', 'Local', 'pr-seeder'));
	});
});
