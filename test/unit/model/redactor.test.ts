import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Redactor } from '../../../src/core/model/redactor';
import { oneLine } from '../../../src/core/model/visibleText';

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
		["https://ada:it's@github.com/octo", 'https://[redacted]@github.com/octo'],
		['{"url":"https:\\/\\/ada:secret@github.com\\/octo"}', '{"url":"https:\\/\\/[redacted]@github.com\\/octo"}'],
		['?to=https%3A%2F%2Fada%3Asecret%40github.com%2Focto', '?to=https%3A%2F%2F[redacted]%40github.com%2Focto'],
		['Authorization: Basic dXNlcjpwYXNz', 'Authorization: Basic [redacted]'],
		['proxy-authorization: basic dXNlcjpwYXNzd29yZA==', 'proxy-authorization: basic [redacted]'],
		['"Authorization": ["Basic dXNlcjpwYXNz"]', '"Authorization": ["Basic [redacted]"]'],
		['Authorization%3A%20Basic%20dXNlcjpwYXNz%3D%3D', 'Authorization%3A%20Basic%20[redacted]'],
		['{\\"authorization\\":\\"bearer abcdef\\"}', '{\\"authorization\\":\\"bearer [redacted]\\"}'],
		['?client_id=x&client_secret=0123456789abcdef0123456789abcdef01234567&code=1', '?client_id=x&client_secret=[redacted]&code=1'],
		['access_token=0123456789abcdef0123456789abcdef01234567&scope=repo', 'access_token=[redacted]&scope=repo'],
		['{"refresh_token":"0123456789abcdef"}', '{"refresh_token":"[redacted]"}'],
		['client_secret: 0123456789abcdef', 'client_secret: [redacted]'],
		["{'access_token': '0123456789abcdef'}", "{'access_token': '[redacted]'}"],
		['{\\"access_token\\":\\"0123456789abcdef\\"}', '{\\"access_token\\":\\"[redacted]\\"}'],
		['tokenv1.1f699f1069f60abc1f699f1069f60abc1f699f10', 'token[redacted]'],
		['https://ada:p%40ss/word@github.com/octo', 'https://[redacted]@github.com/octo'],
		['https://localhost:8080/@types/node and https://registry.example/@types', 'https://localhost:8080/@types/node and https://registry.example/@types'],
		['https://ada:secret@github.com/octo/@scope', 'https://[redacted]@github.com/octo/@scope'],
		['{"refresh_token":"1\\/\\/0123456789abcdef"}', '{"refresh_token":"[redacted]"}'],
		['the access token: it is refused, and the password is wrong', 'the access token: it is refused, and the password is wrong'],
		['commit 0123456789abcdef0123456789abcdef01234567 of @octo', 'commit 0123456789abcdef0123456789abcdef01234567 of @octo'],
	] as const) {
		it(`makes of ${text}`, () => assert.equal(plain.line(text), expected));
	}

	// Made up for this test, in the forms that GitHub documents.
	const letters = '16C7e42F292c6912E7710c838347Ae178B4a';
	const jwt = `eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJpYXQiOjE3NjQwMDAwMDAsImlzcyI6IjEyMzQ1In0.${'Ab-_0'.repeat(68)}`;
	const forms: [string, string][] = [
		['classic', `ghp_${letters}`],
		['OAuth app', `gho_${letters}`],
		['App, for a user', `ghu_${letters}`],
		['App installation', `ghs_${letters}`],
		['App installation, the longer form', `ghs_123456_${jwt}`],
		['App, for a user, in that form', `ghu_123456_${jwt}`],
		['OAuth app, in that form', `gho_${jwt}`],
		['refresh', `ghr_${letters}${letters}`],
		['fine-grained', `github_pat_11ABCDEFG0${letters}_${letters}abcdefghijklmnopqrstuvw`],
		['App, of old', 'v1.1f699f1069f60abc1f699f1069f60abc1f699f10'],
		['App itself', jwt],
		...['{\n  ', '{\n\t', '{\r\n', '{ ', '{  ', '{\t', '{\n'].map((begin): [string, string] => [
			`App itself, whose header begins with ${JSON.stringify(begin)}`,
			`${Buffer.from(`${begin}"alg":"RS256"}`).toString('base64url')}${jwt.slice(jwt.indexOf('.'))}`,
		]),
	];

	for (const [kind, token] of forms) {
		it(`leaves nothing of a token of the kind "${kind}"`, () => {
			for (const [text, expected] of [
				[token, '[redacted]'],
				[`Bad token ${token}. Try again`, 'Bad token [redacted]. Try again'],
				[`{"token":"${token}"}`, '{"token":"[redacted]"}'],
				[`/user?access_token=${token}&page=1`, '/user?access_token=[redacted]&page=1'],
				[`%3Faccess_token%3D${token}%26page`, '%3Faccess_token%3D[redacted]%26page'],
				[`${token},${token}\n${token}`, '[redacted],[redacted]\n[redacted]'],
				[JSON.stringify(`a line\n${token}`), '"a line\\n[redacted]"'],
				[`--token=-${token}`, '--token=-[redacted]'],
				[`é${token}…`, 'é[redacted]…'],
			] as const) {
				assert.equal(plain.line(text), expected);
			}
		});
	}

	it('leaves nothing of a token that stands right behind a word', () => {
		for (const token of [`ghp_${letters}`, `github_pat_11ABCDEFG0${letters.slice(0, 12)}_${letters}${letters.slice(0, 23)}`, jwt, `ghs_123456_${jwt}`]) {
			for (const [before, after] of [['token', '.'], ['5', ' '], ['\\u003d', '\\u0022']] as const) {
				assert.equal(plain.line(`${before}${token}${after}`).replace(/(?:gh[a-z]_\d+_)?\[redacted\]/, '<>'), `${before}<>${after}`);
			}
		}
	});

	it('leaves what only looks a little like a token', () => {
		for (const text of ['ghs_short', 'eyJhbGciOiJSUzI1NiJ9', 'eyJhbGciOiJSUzI1NiJ9.payload', 'it laughs_at_everything_that_is_said', 'v1.20.3', 'https://github.com/octo/harbor', 'release v1.0.0-rc.1', 'renewoperations-1.example.com']) {
			assert.equal(plain.line(text), text);
		}
	});

	it('leaves nothing of a password with an @ in an address', () => {
		assert.equal(plain.line('http://ada:p@ss@proxy.example.com:3128 refused'), 'http://[redacted]@proxy.example.com:3128 refused');
	});

	it('leaves nothing of a token that begins as another one does', () => {
		for (const tokens of [['secret-0123', 'secret-0123-and-more'], ['secret-0123-and-more', 'secret-0123']]) {
			assert.equal(new Redactor(tokens).exact('secret-0123-and-more, secret-0123'), '[redacted], [redacted]');
		}
	});

	it('knows a token in use that looks like nothing', () => {
		const redactor = new Redactor(['0123456789abcdef0123456789abcdef01234567', undefined, ' ', 'abc']);
		redactor.add('p@ss/word+1');
		assert.equal(redactor.line('x0123456789abcdef0123456789abcdef01234567y p@ss/word+1 p%40ss%2Fword%2B1 abc'), 'x[redacted]y [redacted] [redacted] abc');
		assert.equal(redactor.exact('bearer something1234 p@ss/word+1'), 'bearer something1234 [redacted]');
	});

	const known = 'ghs_123456789-abc.~def';
	for (const between of [' ', '\n', '\t', '\u0001', '\u001b', '\u007f', '\u0085', '\u00a0', '\u00ad', '\u115f', '\u200b', '\u2028', '\u202e', '\u2800', '\u3000', '\u3164', '\ufeff', '\uffff', '\u{e0041}', ' \u200b\n', '%20', '%00', '%25252520', '\\n', '\\\\n', '\\u200b', '\\u0001', '\\u0020', '\\\\u2800']) {
		it(`finds a token in use with ${JSON.stringify(between)} between its signs`, () => {
			const redactor = new Redactor([known]);
			const spread = Array.from(known).join(between);
			assert.equal(redactor.line(`a ${spread}, b ${spread}!`), 'a [redacted], b [redacted]!');
			assert.equal(new Redactor(['other-token', known]).line(oneLine(`a ${spread}.`)), 'a [redacted].');
		});
	}

	for (const between of ['\n', ' ', '\u200b', '%20', '\\n', ' \t\n']) {
		it(`finds a token that nobody uses here with ${JSON.stringify(between)} between its signs`, () => {
			const pat = `github_pat_11ABCDEFG0${letters.slice(0, 12)}_${letters}${letters.slice(0, 23)}`;
			for (const token of [`ghp_${letters}`, `gho_${letters}`, `ghr_${letters}${letters}abcd`, pat, 'v1.1f699f1069f60abc1f699f1069f60abc1f699f10']) {
				for (const spread of [Array.from(token).join(between), token.replace(/(?<=^.{9})/, between), token.replace(/(?<=^.{30})/, between)]) {
					assert.equal(plain.line(`Bad token ${spread}. Try it again, ada`), 'Bad token [redacted]. Try it again, ada');
					assert.equal(plain.line(`${spread} and ${spread}`), '[redacted] and [redacted]');
				}
			}
		});
	}

	it('leaves words behind what only begins like a token', () => {
		for (const text of ['ghs_short was not accepted because it is too old and nobody knows why', 'it laughs_at every thing 2 that is said to it by anybody in here', 'v1. deadbeef and then some words that follow on it']) {
			assert.equal(plain.line(text), text);
		}
	});

	it('finds a token in use whose signs are written as addresses and JSON write them', () => {
		for (const write of [
			(hex: string) => `%${hex}`,
			(hex: string) => `%${hex.toUpperCase()}`,
			(hex: string) => `%25${hex}`,
			(hex: string) => `%2525${hex} `,
			(hex: string) => `\\u00${hex}`,
			(hex: string) => `\\\\u00${hex.toUpperCase()}\u200b`,
		]) {
			const hexOf = (sign: string) => sign.charCodeAt(0).toString(16);
			for (const signs of [/[_.~-]/g, /[^]/g]) {
				const written = known.replace(signs, (sign) => write(hexOf(sign)));
				assert.equal(new Redactor([known]).line(`=${written};`).replace('] ;', '];').replace(']\u200b;', '];'), '=[redacted];', written);
			}
		}
		assert.equal(new Redactor(['p%40s\\new "word"']).line('p%40s\\new "word" p%2540s\\new "w\u200bord"'), '[redacted] [redacted]');
	});

	it('leaves text around what it knows, with all that is in it', () => {
		const redactor = new Redactor([known, '😀'.repeat(9)]);
		for (const text of ['C:\\new\\u005f 100%20 %5F \u200b\n', Array.from(known.slice(1)).join(' '), '😀😀']) {
			assert.equal(redactor.line(text), text);
		}
		assert.equal(redactor.line(`x😀 ${'😀'.repeat(9)}`), 'x😀 [redacted]');
		assert.equal(redactor.exact(Array.from(known).join(' ')), Array.from(known).join(' '), 'data stays what it is');
	});

	it('lets no token through, whatever stands around it', () => {
		const token = fc.string({ minLength: 8, maxLength: 60, unit: fc.constantFrom('a', 'Z', '0', '_', '-', '.', '$', '&', '`', "'") });
		fc.assert(
			fc.property(token, fc.string(), fc.string(), (secret, before, after) => {
				assert.ok(!new Redactor([secret]).line(before + secret + after).includes(secret));
			}),
		);
	});

	it('takes time in proportion to a line, whatever it is', () => {
		const parts = ['https%3A%2F%2F', '%40', '%', '%2F', 'access_token=', 'access_token', 'access_token"', 'access_token: ', 'access_token:\\', 'authorization:[', 'authorization="', '\\', '\'', 'a.b', 'eyJ.', 'authorization: ', 'authorization', 'gho_', 'ghs_', 'ghs_.', 'ghs_-', 'github_pat_', 'v1.', 'http://', '://', '://@', '://a:b', '://a:/', 'a.', 'a-', 'a', '.', ' ', '_', '%3DeyJ', 'eyJ', 'eyJaaaaaaaa.', '.eyJaaaaaaaa', 'bearer ', '@', '/'];
		const texts = [...parts.map((part) => part.repeat(200_000 / part.length)), ...parts.map((part) => `ghs_${part.repeat(200_000 / part.length)}`), ...parts.map((part) => `${part}${'a'.repeat(100_000)}${part.repeat(100_000 / part.length)}`)];
		for (const text of texts) {
			const startedAt = performance.now();
			plain.line(text);
			const ms = performance.now() - startedAt;
			// A pattern that is not in proportion takes 20 s and more; a busy machine takes half a second.
			assert.ok(ms < 5_000, `${text.slice(0, 30)}…: ${Math.round(ms)} ms`);
		}
	});

	it('looks for a token in use in time in proportion to a line too', () => {
		const redactor = new Redactor(['aaaaaaaaaaaaaaaaaaaab']);
		for (const part of ['a', 'a ', '%25', '%', '%20', '\\', '\\\\u', '\\u200b', '\u200b', 'aaaaaaaaaaaaaaaaaaaa%']) {
			const startedAt = performance.now();
			redactor.line(part.repeat(200_000 / part.length));
			assert.ok(performance.now() - startedAt < 5_000, part);
		}
	});
});
