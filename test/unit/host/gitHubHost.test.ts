import assert from 'node:assert/strict';
import { HumanError } from '../../../src/core/model/humanError';
import { enterpriseHost } from '../../../src/host/auth/gitHubHost';
import { checkPage, ownPage } from '../../../src/host/format/pageAddress';
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

describe('an address of a server to open', () => {
	it('of a pull request is on the repository’s host', () => {
		assert.equal(ownPage('https://github.com/octo/harbor/pull/1', 'github.com'), 'https://github.com/octo/harbor/pull/1');
		assert.equal(ownPage('https://GHE.example.com:8443/octo/harbor/pull/1', 'ghe.example.com:8443'), 'https://ghe.example.com:8443/octo/harbor/pull/1');
		assert.equal(ownPage('http://127.0.0.1:99/octo/harbor/pull/1', '127.0.0.1:99'), 'http://127.0.0.1:99/octo/harbor/pull/1');
		for (const url of [
			...['https://evil.example/octo/harbor/pull/1', 'https://github.com.evil.example/', 'https://evil.example/github.com', 'https://github.com:444/', 'https://gіthub.com/', 'https://github.com@evil.example/'],
			...['', 'x', 'http://github.com/', 'command:rm', 'file:///etc/passwd', 'vscode://a/b', 'javascript:alert(1)', 'https://a:b@github.com/', 'http://127.0.0.1:99/'],
		]) {
			assert.equal(ownPage(url, 'github.com'), undefined, url);
		}
		assert.equal(ownPage('http://127.0.0.1:98/', '127.0.0.1:99'), undefined);
	});

	it('of a check is on any host over https, which is named where it is another', () => {
		assert.deepEqual(checkPage('https://github.com/octo/harbor/runs/1', 'github.com'), { url: 'https://github.com/octo/harbor/runs/1' });
		assert.deepEqual(checkPage('http://127.0.0.1:99/runs/1', '127.0.0.1:99'), { url: 'http://127.0.0.1:99/runs/1' });
		assert.deepEqual(checkPage('https://ci.example.com/1', 'github.com'), { url: 'https://ci.example.com/1', foreignHost: 'ci.example.com' });
		assert.deepEqual(checkPage('https://gіthub.com/1', 'github.com')?.foreignHost, 'xn--gthub-n2e.com');
		for (const url of ['', 'http://ci.example.com/1', 'http://127.0.0.1:99/1', 'https://github.com@evil.example/', 'javascript:alert(1)', 'command:rm', 'file:///x']) {
			assert.equal(checkPage(url, 'github.com'), undefined, url);
		}
	});
});
