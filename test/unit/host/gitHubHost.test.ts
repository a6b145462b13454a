import assert from 'node:assert/strict';
import { HumanError } from '../../../src/core/model/humanError';
import { enterpriseHost } from '../../../src/host/auth/gitHubHost';
import { openableUrl } from '../../../src/host/format/openableUrl';
import { english } from './english';

const host = (uri: string | undefined) => enterpriseHost(uri, english);

describe('the GitHub Enterprise host', () => {
	it('is none while the setting is empty or names github.com', () => {
		for (const uri of [undefined, '', '  ', 'https://github.com', 'https://github.com/']) {
			assert.equal(host(uri), undefined);
		}
	});

	it('answers below /api/v3 of its address', () => {
		assert.deepEqual(host('https://GHE.example.com/'), {
			providerId: 'github-enterprise',
			host: 'ghe.example.com',
			apiUrl: 'https://ghe.example.com/api/v3',
		});
		assert.equal(host('https://ghe.example.com:8443')?.host, 'ghe.example.com:8443');
	});

	it('answers at api. where data residency is GitHub’s own service', () => {
		assert.equal(host('https://octo.ghe.com')?.apiUrl, 'https://api.octo.ghe.com');
	});

	it('may use plain http on this machine alone', () => {
		assert.equal(host('http://127.0.0.1:8080')?.apiUrl, 'http://127.0.0.1:8080/api/v3');
		assert.equal(host('http://localhost:8080')?.host, 'localhost:8080');
		assert.equal(host('http://[::1]:8080')?.host, '[::1]:8080');
		assert.throws(() => host('http://ghe.example.com'), HumanError);
		assert.throws(() => host('http://127.0.0.1.evil.example'), HumanError);
	});

	it('refuses what is no address, and one with a password', () => {
		assert.throws(() => host('ghe'), /not an address/);
		assert.throws(() => host('https://ada:secret@ghe.example.com'), (error) => error instanceof HumanError && !error.message.includes('secret'));
	});
});

describe('an address to open', () => {
	it('is https, or http on this machine', () => {
		assert.equal(openableUrl('https://github.com/octo/harbor/pull/1'), 'https://github.com/octo/harbor/pull/1');
		assert.equal(openableUrl('http://127.0.0.1:99/octo/harbor/pull/1'), 'http://127.0.0.1:99/octo/harbor/pull/1');
	});

	it('is nothing else', () => {
		for (const url of ['', 'x', 'http://github.com/', 'command:rm', 'file:///etc/passwd', 'vscode://a/b', 'javascript:alert(1)', 'https://a:b@github.com/']) {
			assert.equal(openableUrl(url), undefined, url);
		}
	});
});
