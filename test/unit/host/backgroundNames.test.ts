import assert from 'node:assert/strict';
import { nameOf, namedRepositories, withoutRepositories } from '../../../src/host/background/backgroundNames';

describe('the names of repositories to keep up to date', () => {
	it('are those of github.com, or addresses', () => {
		const { repositories, wrong } = namedRepositories(['octo/harbor', 'https://ghe.example.com:8443/octo/pier/pulls', 'git@ghe.example.com:octo/quay.git']);
		assert.deepEqual(repositories.map((ref) => `${ref.host} ${ref.owner}/${ref.name}`), ['github.com octo/harbor', 'ghe.example.com:8443 octo/pier', 'ghe.example.com octo/quay']);
		assert.deepEqual(wrong, []);
	});

	it('count once in whatever spelling, and not when they are none', () => {
		const { repositories, wrong } = namedRepositories(['octo/harbor', 'Octo/Harbor', 'https://github.com/octo/harbor', 'foo//bar', '']);
		assert.deepEqual(repositories.map(nameOf), ['octo/harbor']);
		assert.deepEqual(wrong.map(({ name }) => name), ['foo//bar', '']);
		assert.match(String(wrong[0]?.error), /is not a repository: write owner\/name/);
	});

	it('are written so that they are read again', () => {
		for (const host of ['github.com', 'ghe.example.com', '127.0.0.1:8080']) {
			const ref = { host, owner: 'octo', name: 'harbor' };
			assert.deepEqual(namedRepositories([nameOf(ref)]).repositories, [ref]);
		}
	});

	it('lose one repository in all its spellings, and nothing else', () => {
		const harbor = { host: 'github.com', owner: 'octo', name: 'harbor' };
		assert.deepEqual(withoutRepositories(['octo/harbor', 'foo//bar', 'https://github.com/Octo/Harbor', 'https://ghe.example.com/octo/harbor'], [harbor]), ['foo//bar', 'https://ghe.example.com/octo/harbor']);
	});
});
