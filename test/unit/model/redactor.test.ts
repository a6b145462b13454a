import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Redactor } from '../../../src/core/model/redactor';

describe('the redactor', () => {
	const plain = new Redactor();

	for (const [text, expected] of [
		['token ghp_abcdefghijklmnopqrstuvwxyz0123456789 was refused', 'token [redacted] was refused'],
		['gho_16C7e42F292c6912E7710c838347Ae178B4a', '[redacted]'],
		['ghu_16C7e42F292c6912E7710c838347Ae178B4a,ghs_16C7e42F292c6912E7710c838347Ae178B4a', '[redacted],[redacted]'],
		['github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz', '[redacted]'],
		['v1.1f699f1069f60xxx 1', 'v1.1f699f1069f60xxx 1'],
		['{"authorization":"bearer abcdef"}', '{"authorization":"bearer [redacted]"}'],
		['Authorization: token abc', 'Authorization: token [redacted]'],
		['https://x-access-token:abc@github.com/octo/harbor', 'https://[redacted]@github.com/octo/harbor'],
		['https://github.com/octo/harbor/pull/1 by a@b.example', 'https://github.com/octo/harbor/pull/1 by a@b.example'],
		['commit 0123456789abcdef0123456789abcdef01234567 of @octo', 'commit 0123456789abcdef0123456789abcdef01234567 of @octo'],
	] as const) {
		it(`makes of ${text}`, () => assert.equal(plain.line(text), expected));
	}

	it('knows a token in use that looks like nothing', () => {
		const redactor = new Redactor(['0123456789abcdef0123456789abcdef01234567', undefined, ' ', 'abc']);
		redactor.add('p@ss/word+1');
		assert.equal(redactor.line('x0123456789abcdef0123456789abcdef01234567y p@ss/word+1 p%40ss%2Fword%2B1 abc'), 'x[redacted]y [redacted] [redacted] abc');
		assert.equal(redactor.exact('bearer something1234 p@ss/word+1'), 'bearer something1234 [redacted]');
	});

	it('lets no token through, whatever stands around it', () => {
		const token = fc.string({ minLength: 8, maxLength: 60, unit: fc.constantFrom('a', 'Z', '0', '_', '-', '.', '$', '&', '`', "'") });
		fc.assert(
			fc.property(token, fc.string(), fc.string(), (secret, before, after) => {
				assert.ok(!new Redactor([secret]).line(before + secret + after).includes(secret));
			}),
		);
	});

	it('takes no time over a long line', () => {
		const startedAt = performance.now();
		plain.line('authorization: '.repeat(20_000) + 'gho_'.repeat(50_000) + 'http://'.repeat(20_000) + 'a'.repeat(200_000));
		assert.ok(performance.now() - startedAt < 2_000);
	});
});
