import assert from 'node:assert/strict';
import { parseSshConfig, sshHostName } from '../../../src/core/model/sshConfig';

describe('the configuration of ssh', () => {
	const config = parseSshConfig(
		[
			'# Host commented', '  User git', 'Host github.com-work gh?', '\tHostName github.com', '  IdentityFile ~/.ssh/work', '',
			'host=work *.corp !legacy.corp', 'HOSTNAME = "ghe.example.com"', 'Host work', '  HostName too.late.example.com',
			'Host short', 'HostName %h.example.com', 'Match host conditional exec "true"', '  HostName matched.example.com', 'Host nothing', '  Port 443',
		].join('\r\n'),
	);

	for (const [name, server] of [
		['github.com-work', 'github.com'],
		['GitHub.com-Work', 'github.com'],
		['ghx', 'github.com'],
		['gh', 'gh'],
		['work', 'ghe.example.com'],
		['code.corp', 'ghe.example.com'],
		['legacy.corp', 'legacy.corp'],
		['codeXcorp', 'codeXcorp'],
		['short', 'short.example.com'],
		['conditional', 'conditional'],
		['nothing', 'nothing'],
		['commented', 'commented'],
	] as const) {
		it(`${name} leads to ${server}`, () => assert.equal(sshHostName(config, name), server));
	}

	it('takes in what it includes, where that is said of all hosts', () => {
		const files: Record<string, string[]> = { 'config.d/*': ['Host one\nHostName one.example.com', 'Host two\nHostName two.example.com'] };
		const included = (pattern: string) => files[pattern] ?? [];
		assert.equal(sshHostName(parseSshConfig('Include config.d/*\nHost two\nHostName late.example.com', included), 'two'), 'two.example.com');
		assert.equal(sshHostName(parseSshConfig('Host elsewhere\nInclude config.d/*', included), 'two'), 'two');
	});

	it('is no trap for a pattern that is long', () => {
		const started = performance.now();
		sshHostName(parseSshConfig(`Host ${'*a'.repeat(12)}b\nHostName x`), 'a'.repeat(200));
		assert.ok(performance.now() - started < 2_000);
	});
});
