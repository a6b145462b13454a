import assert from 'node:assert/strict';
import { EXIT, exitCodeOf, exitCodeOfReport } from '../../../src/cli/exitCode';
import { ageText, counted, durationText, sizeText } from '../../../src/cli/measures';
import { Output, type OutputOptions } from '../../../src/cli/output';
import { repositoryText } from '../../../src/cli/seedText';
import { tableText } from '../../../src/cli/table';
import { cutTo, widthOf } from '../../../src/cli/terminalText';
import { ForbiddenError, RateLimitedError, RepositoryNotFoundError, SamlError, TransientError, UnauthorizedError } from '../../../src/core/github/errors';
import { CancelledError } from '../../../src/core/model/humanError';
import { sentence } from '../../../src/core/model/sentence';
import { escapedJson, oneLine } from '../../../src/core/model/visibleText';
import type { RepositoryReport, SeedReport } from '../../../src/core/sync/seedReport';

const minute = 60_000;

function report(changes: Partial<RepositoryReport> = {}): RepositoryReport {
	return {
		nameWithOwner: 'octo/harbor', mode: 'full', pullRequests: 303, totalCount: null, added: 303, updated: 0, removed: 0, partial: [], pending: [], unreadable: [], mended: [], withheld: 0, compared: null,
		requests: { graphql: 22, rest: 0, notModified: 0 }, points: 58, waitedMs: 0, durationMs: 3_100, notes: [], ...changes,
	};
}

describe('the exit status', () => {
	const failing = (...errors: Error[]): SeedReport => ({
		repositories: [report()],
		failures: errors.map((error) => ({ nameWithOwner: 'octo/other', error, resumable: false })),
		rateLimit: { graphql: null, rest: null },
	});
	const unauthorized = new UnauthorizedError('github.com');
	const missing = new RepositoryNotFoundError('octo/other', 'github.com');
	const limited = new RateLimitedError('graphql', undefined);

	it('of an error', () => {
		assert.equal(exitCodeOf(unauthorized), 4);
		assert.equal(exitCodeOf(new ForbiddenError('github.com', 'no', { organization: 'octo', nameWithOwner: 'octo/harbor' })), 4);
		assert.equal(exitCodeOf(new SamlError('octo', undefined, 'github.com')), 4);
		assert.equal(exitCodeOf(limited), 3);
		assert.equal(exitCodeOf(new TransientError('github.com', 'server', 502)), 3);
		assert.equal(exitCodeOf(missing), 1);
		assert.equal(exitCodeOf(new Error('a defect')), 1);
		assert.equal(exitCodeOf(new CancelledError()), 130);
	});

	it('of a run is the worst of its repositories', () => {
		assert.equal(exitCodeOfReport(failing()), EXIT.done);
		assert.equal(exitCodeOfReport({ ...failing(), repositories: [report({ partial: [4], pending: [4] }), report()] }), EXIT.resumable);
		assert.equal(exitCodeOfReport({ ...failing(), repositories: [report({ partial: [4] })] }), EXIT.done, 'another run would bring no more');
		assert.equal(exitCodeOfReport(failing(limited)), EXIT.resumable);
		assert.equal(exitCodeOfReport(failing(limited, missing)), EXIT.failed);
		assert.equal(exitCodeOfReport(failing(missing, unauthorized, limited)), EXIT.notAuthorized);
		assert.equal(exitCodeOfReport(failing(missing, new CancelledError())), EXIT.cancelled);
	});
});

describe('the line of a repository', () => {
	it('says what changed and what it cost', () => {
		assert.equal(repositoryText(report()), 'octo/harbor: 303 pull requests, 303 new (full) · 58 points, 22 requests · 3.1 s');
		assert.equal(
			repositoryText(report({ mode: 'unchanged', added: 0, points: 1, requests: { graphql: 1, rest: 0, notModified: 0 }, durationMs: 240 })),
			'octo/harbor: 303 pull requests · unchanged, 1 request · 0.2 s',
		);
		assert.equal(
			repositoryText(report({ mode: 'incremental', added: 1, updated: 2, removed: 3, points: 0, waitedMs: 12 * minute, durationMs: 13 * minute })),
			'octo/harbor: 303 pull requests, 1 new, 2 updated, 3 removed (incremental) · 22 requests · waited 12 min 0 s · 13 min 0 s',
		);
	});

	it('says what was compared, and what came of it', () => {
		const compared = { mode: 'unchanged', added: 0, points: 4, requests: { graphql: 4, rest: 0, notModified: 0 }, durationMs: 900, compared: 303 } as const;
		assert.equal(repositoryText(report(compared)), 'octo/harbor: 303 pull requests compared with GitHub, all as stored · 4 points, 4 requests · 0.9 s');
		assert.equal(
			repositoryText(report({ ...compared, mode: 'incremental', updated: 2, removed: 1 })),
			'octo/harbor: 303 pull requests compared with GitHub, 2 updated, 1 removed · 4 points, 4 requests · 0.9 s',
		);
		assert.match(repositoryText(report({ ...compared, mended: [7] })), /compared with GitHub, 1 restored in the database · /);
	});

	it('never hides what is missing', () => {
		assert.match(repositoryText(report({ pullRequests: 0, added: 0, unreadable: [1, 2, 3], withheld: 2 })), /^octo\/harbor: 0 pull requests, 5 could not be read \(full\) · /);
		const partial = Array.from({ length: 22 }, (_, i) => i + 1);
		const [, incomplete, note] = repositoryText(report({ partial, pending: partial, notes: [{ said: sentence('Check runs were skipped.') }] })).split('\n');
		assert.match(incomplete!, /^ {2}incomplete: #1, #2, .*#20 and 2 more; the next run asks for the rest again$/);
		assert.equal(note, '  Check runs were skipped.');
	});
});

describe('numbers as a person reads them', () => {
	it('count, last, age and size', () => {
		assert.deepEqual([counted(1, 'request'), counted(1234, 'request'), counted(0, 'repository', 'repositories')], ['1 request', '1,234 requests', '0 repositories']);
		assert.deepEqual([90, 12_400, 125_000, 70 * minute].map(durationText), ['0.1 s', '12 s', '2 min 5 s', '1 h 10 min']);
		assert.deepEqual([-5, 5 * minute, 47 * 60 * minute, 72 * 60 * minute].map(ageText), ['just now', '5 min ago', '47 h ago', '3 days ago']);
		assert.deepEqual([0, 999, 1_000, 3_400_000, 2e12].map(sizeText), ['0 B', '999 B', '1.0 kB', '3.4 MB', '2000.0 GB']);
	});
});

describe('a table', () => {
	it('keeps its columns straight for wide and combined characters', () => {
		assert.equal(
			tableText([{ title: 'Label' }, { title: 'Open', align: 'right' }], [['バグ修正', '3'], ['🚢 ship', '12'], ['e\u0301te\u0301', '1']]),
			['Label     Open', '────────  ────', 'バグ修正     3', '🚢 ship     12', 'e\u0301te\u0301          1'].join('\n'),
		);
	});

	it('cuts what is too long, between characters', () => {
		assert.equal(cutTo('abcdef', 6), 'abcdef');
		assert.equal(cutTo('abcdefg', 6), 'abcde…');
		assert.equal(widthOf(cutTo('バグ修正', 6)), 5);
		assert.equal(cutTo('👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 5), '👩‍👩‍👧👩‍👩‍👧…');
	});

	it('as long as they come, in pieces that cut no character', () => {
		const family = '👩‍👩‍👧';
		for (const [unit, columns] of [['a', 1], ['バ', 2], [family, 2], [`a${family}`, 3], ['e\u0301', 1], [`ab${family} 修`, 7]] as const) {
			for (const count of [100, 255, 256, 257, 1_000]) assert.equal(widthOf(unit.repeat(count)), columns * count, `${unit} ${count}`);
		}
		assert.equal(cutTo(family.repeat(1_000), 101), `${family.repeat(50)}…`);
		assert.equal(cutTo(`${'a'.repeat(255)}${family}b`, 258), `${'a'.repeat(255)}${family}b`);
	});

	it('hands no long text to the segmenter, which takes longer for each character of one', () => {
		// eslint-disable-next-line @typescript-eslint/unbound-method -- called with the segmenter
		const { segment } = Intl.Segmenter.prototype;
		const lengths: number[] = [];
		Intl.Segmenter.prototype.segment = function (text) {
			lengths.push(text.length);
			return segment.call(this, text);
		};
		try {
			for (const text of ['é'.repeat(100_000), 'aé '.repeat(50_000), 'x'.repeat(1_000_000)]) {
				widthOf(text);
				cutTo(text, 1_000);
			}
		} finally {
			Intl.Segmenter.prototype.segment = segment;
		}
		assert.ok(lengths.length > 10 && Math.max(...lengths) <= 4_096);
	});
});

describe('text from elsewhere', () => {
	it('can do nothing to the terminal', () => {
		assert.equal(oneLine('a\u001b[2Jb\r\n\tc\u009b1md\u202ee'), 'a [2Jb c 1md e');
		const json = escapedJson(JSON.stringify({ title: 'a\u001b\u009b\u202e' }, null, 2));
		assert.doesNotMatch(json, /[\u001b\u009b\u202e]/);
		assert.deepEqual(JSON.parse(json), { title: 'a\u001b\u009b\u202e' });
	});
});

describe('Output', () => {
	let out: string;
	let error: string;
	let time: number;
	let pieces: number;
	const make = (flags: Partial<OutputOptions>, isTTY = false, columns = 20) => {
		const write = (text: string, done?: () => void) => {
			pieces++;
			out += text;
			done?.();
		};
		return new Output({ out: { write }, error: { write: (text) => (error += text), isTTY, columns } }, { json: false, quiet: false, ...flags }, () => time);
	};

	it('takes a token out of a table and of progress before it cuts them', async () => {
		const redact = (text: string) => text.replaceAll('secret-token', '[redacted]');
		await make({ redact }).table([{ title: 'Label', max: 16 }], [['label secret-token']], '');
		const output = make({ redact }, true);
		output.progress('Reading secret-token', 'step');
		for (const text of [out, error]) assert.ok(text.includes('[red') && !text.includes('secret'), text);
	});

	beforeEach(() => {
		[out, error, time, pieces] = ['', '', 0, 0];
	});

	it('keeps standard output for the one document with --json', async () => {
		const output = make({ json: true });
		output.print('text');
		output.note('text');
		await output.table([{ title: 'A' }], [['1']], 'none');
		await output.document({ first: true });
		await output.document({ second: true });
		assert.equal(out, '{\n  "first": true\n}\n');
	});

	it('prints no document without --json', async () => {
		await make({}).document({ first: true });
		assert.equal(out, '');
	});

	it('writes a document in pieces, and none differs from what it would be as a whole', async () => {
		const documents = [
			{},
			{ none: undefined, empty: [], nothing: {}, list: [1, null, undefined, 'a\n"b"', [[]], { deep: [{ deeper: [1, 2] }] }], 'a "name"': { of: ['one'] }, date: new Date(0) },
			{ rows: Array.from({ length: 3_000 }, (_, i) => [i, `row ${i}`.repeat(10)]), truncated: false },
		];
		for (const document of documents) {
			[out, pieces] = ['', 0];
			await make({ json: true }).document(document);
			assert.equal(out, `${JSON.stringify(document, null, 2)}\n`);
		}
		assert.ok(pieces >= 5 && pieces < 20, `${pieces} pieces`);
	});

	it('writes a table in pieces', async () => {
		await make({}).table([{ title: 'Row' }], Array.from({ length: 3_000 }, (_, i) => [`row ${i} `.repeat(10)]), 'none');
		assert.equal(out.split('\n').length, 3_003);
		assert.ok(pieces >= 3 && pieces < 20, `${pieces} pieces`);
	});

	it('stops when nobody reads any more', async () => {
		let writes = 0;
		const gone = { write: (_text: string, done?: (error?: Error) => void) => (writes++, done?.(Object.assign(new Error('broken pipe'), { code: 'EPIPE' }))) };
		const output = new Output({ out: gone, error: { write: () => undefined } }, { json: true, quiet: false });
		await output.document({ rows: Array.from({ length: 3_000 }, () => 'x'.repeat(100)) });
		assert.equal(writes, 1);
		await assert.rejects(output.piece('more'), (thrown) => exitCodeOf(thrown) === EXIT.unread);
	});

	it('warns even when quiet', () => {
		const output = make({ quiet: true });
		output.progress('busy', 'a');
		output.note('done');
		output.warn('careful');
		output.print('result');
		assert.deepEqual([out, error], ['result\n', 'careful\n']);
	});

	it('tells the progress now and then where a line can not be updated', () => {
		const output = make({});
		for (const [text, step] of [['a 1', 'a'], ['a 2', 'a'], ['b 1', 'b'], ['b 2', 'b']] as const) output.progress(text, step);
		time = 6_000;
		output.progress('b 3', 'b');
		assert.equal(error, 'a 1\nb 1\nb 3\n');
	});

	it('takes a terminal that does not know its width for one of the usual width', () => {
		for (const columns of [0, 1]) {
			error = '';
			make({}, true, columns).progress('x'.repeat(100), 'a');
			assert.equal(error, `\r${'x'.repeat(78)}…\u001b[K`);
		}
	});

	it('moves no cursor on a terminal that can’t', () => {
		const output = make({ dumb: true }, true);
		output.progress('octo/harbor: reading details', 'a');
		output.progress('too soon', 'a');
		output.warn('careful');
		assert.equal(error, 'octo/harbor: reading details\ncareful\n');
	});

	it('updates one line on a terminal, within its width, and takes it away for others', () => {
		const output = make({}, true);
		output.progress('octo/harbor: reading details', 'a');
		output.progress('too soon', 'a');
		time = 200;
		output.progress('shorter', 'a');
		output.warn('careful');
		output.endProgress();
		assert.equal(error, '\rocto/harbor: readi…\u001b[K\rshorter\u001b[K\r\u001b[Kcareful\n');
	});
});
