import assert from 'node:assert/strict';
import fc from 'fast-check';
import { HumanError } from '../../../src/core/model/humanError';
import { nameWithOwner, parseRepository, repositoryKey } from '../../../src/core/model/repository';

describe('parseRepository', () => {
	for (const [text, expected] of [
		['octo-org/hello-world', 'github.com/octo-org/hello-world'],
		['  octo/harbor.git ', 'github.com/octo/harbor'],
		['https://github.com/octo/harbor', 'github.com/octo/harbor'],
		['https://www.github.com/octo/harbor/pull/12/files?w=1#diff', 'github.com/octo/harbor'],
		['github.com/octo/harbor', 'github.com/octo/harbor'],
		['git@github.com:octo/harbor.git', 'github.com/octo/harbor'],
		['ssh://git@ghe.example.com:7999/octo/harbor.git', 'ghe.example.com/octo/harbor'],
		['https://GHE.example.com:8443/Octo/Harbor', 'ghe.example.com:8443/Octo/Harbor'],
		['http://127.0.0.1:3000/octo/harbor.git', '127.0.0.1:3000/octo/harbor'],
		['ssh://git@ssh.github.com:443/octo/harbor.git', 'github.com/octo/harbor'],
		['git@ssh.github.com:octo/harbor.git', 'github.com/octo/harbor'],
		['git@SSH.GitHub.com:443/octo/harbor.git', 'github.com/octo/harbor'],
		['ssh://git@ssh.octo.ghe.com:443/octo/harbor.git', 'octo.ghe.com/octo/harbor'],
		['https://ssh.github.com/octo/harbor', 'github.com/octo/harbor'],
		['https://api.github.com/repos/octo/harbor', 'github.com/octo/harbor'],
		['api.github.com/repos/octo/harbor/pulls/12', 'github.com/octo/harbor'],
		['https://api.octo.ghe.com/repos/octo/harbor/pulls', 'octo.ghe.com/octo/harbor'],
		['https://ghe.example.com/api/v3/repos/octo/harbor', 'ghe.example.com/octo/harbor'],
		['https://raw.githubusercontent.com/octo/harbor/main/README.md', 'github.com/octo/harbor'],
		['https://codeload.github.com/octo/harbor/zip/refs/heads/main', 'github.com/octo/harbor'],
		['https://ssh.example.com/octo/harbor', 'ssh.example.com/octo/harbor'],
		['github.com:octo/harbor', 'github.com/octo/harbor'],
		['github.com:octo/harbor.git', 'github.com/octo/harbor'],
		['github.com:/octo/harbor.git', 'github.com/octo/harbor'],
		['ssh.github.com:443/octo/harbor.git', 'github.com/octo/harbor'],
		['github.com-work:octo/harbor', 'github.com/octo/harbor'],
		['git@github.com-work:octo/harbor.git', 'github.com/octo/harbor'],
		['ssh://git@github.com-work/octo/harbor.git', 'github.com/octo/harbor'],
		['ghe.example.com:octo/harbor', 'ghe.example.com/octo/harbor'],
		['ghe.example.com:8443/octo/harbor', 'ghe.example.com:8443/octo/harbor'],
		['octo/.github', 'github.com/octo/.github'],
		['mona_acme/site', 'github.com/mona_acme/site'],
		['octo/harbor/', 'github.com/octo/harbor'],
		['octo/harbor.git/', 'github.com/octo/harbor'],
		['github.com/octo/harbor/', 'github.com/octo/harbor'],
		['https://github.com/octo/harbor/pull/12', 'github.com/octo/harbor'],
		['github.com/octo/harbor/pull/12#issuecomment-1', 'github.com/octo/harbor'],
		['octo-/harbor', 'github.com/octo-/harbor'],
		['-octo/harbor', 'github.com/-octo/harbor'],
		['_octo_/harbor', 'github.com/_octo_/harbor'],
		['https://github.com/-octo-/harbor/pull/1', 'github.com/-octo-/harbor'],
		['git@github.com:octo-/harbor.git', 'github.com/octo-/harbor'],
	] as const) {
		it(`reads ${text}`, () => {
			const ref = parseRepository(text);
			assert.equal(`${ref.host}/${nameWithOwner(ref)}`, expected);
		});
	}

	for (const [text, message] of [
		['', /owner\/name/],
		['harbor', /write owner\/name/],
		['octo/', /write owner\/name/],
		['a/b/c', /write owner\/name/],
		['octo/..', /can't be a repository name/],
		['octo/harbor//', /write owner\/name/],
		['octo//', /write owner\/name/],
		['/octo/harbor', /write owner\/name/],
		['oc.to/harbor', /can't be an owner/],
		['../harbor', /can't be an owner/],
		[`${'o'.repeat(101)}/harbor`, /can't be an owner/],
		['octo/har bor', /can't be a repository name/],
		['work:octo/harbor', /write owner\/name|can't be an owner/],
		['C:/octo/harbor', /write owner\/name|can't be an owner/],
		['https://github.com/octo', /names no repository/],
		['https://github.com/../../etc/passwd/..', /can't be|names no/],
		['https://api.github.com/repositories/42', /is no address of a repository: write it as https:\/\/github\.com\/owner\/name/],
		['https://api.github.com/users/octo', /is no address of a repository/],
		['https://gist.github.com/octo/0123456789', /is no address of a repository/],
		['git@gist.github.com:0123456789.git', /is no address of a repository/],
		['https://avatars.githubusercontent.com/u/1', /is no address of a repository/],
		['https://raw.githubusercontent.com/octo', /names no repository/],
	] as const) {
		it(`says what is wrong with "${text}"`, () => {
			assert.throws(() => parseRepository(text), (error) => error instanceof HumanError && message.test(error.message));
		});
	}

	it('asks for the server of a name that ssh knows', () => {
		const sshHost = (name: string) => ({ work: 'ghe.example.com', 'github.com-work': 'ssh.github.com', c: 'ghe.example.com' })[name] ?? name;
		const read = (text: string) => repositoryKey(parseRepository(text, undefined, sshHost));
		assert.equal(read('work:octo/harbor.git'), 'ghe.example.com/octo/harbor');
		assert.equal(read('git@work:octo/harbor'), 'ghe.example.com/octo/harbor');
		assert.equal(read('ssh://work/octo/harbor'), 'ghe.example.com/octo/harbor');
		assert.equal(read('github.com-work:octo/harbor'), 'github.com/octo/harbor');
		assert.equal(read('https://work.example.com/octo/harbor'), 'work.example.com/octo/harbor');
		assert.throws(() => read('c:octo/harbor'), HumanError);
	});

	it('never lets a part through that would leave its folder', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.tuple(fc.string(), fc.string()).map(([owner, name]) => `${owner}/${name}`)), (text) => {
				try {
					const { host, owner, name } = parseRepository(text);
					for (const part of [host, owner, name]) {
						assert.doesNotMatch(part, /[/\\\0]|^\.{0,2}$/);
					}
				} catch (error) {
					assert.ok(error instanceof HumanError, String(error));
				}
			}),
		);
	});

	it('knows a repository in any spelling', () => {
		assert.equal(repositoryKey(parseRepository('Octo/Harbor')), repositoryKey(parseRepository('https://GitHub.com/octo/harbor.git')));
	});
});
