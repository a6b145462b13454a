import assert from 'node:assert/strict';
import { parseArguments } from '../../../src/cli/arguments';
import { UsageError } from '../../../src/cli/usageError';

describe('the words of a command line', () => {
	it('are options only where they look like one', () => {
		const query = '-- open ones\nselect 1 -- a=b';
		assert.deepEqual(parseArguments(['query', query, '--json']), { command: 'query', words: [query], options: { json: true } });
		assert.deepEqual(parseArguments(['query', '--done\nselect 1']).words, ['--done\nselect 1']);
		for (const comment of ['--state=OPEN only', '--a=b', '--=', '--state= open']) {
			assert.deepEqual(parseArguments(['query', `${comment}\nselect 1`, '-q']), { command: 'query', words: [`${comment}\nselect 1`], options: { quiet: true } });
		}
		assert.deepEqual(parseArguments(['query', '--', query, '--json']), { command: 'query', words: [query, '--json'], options: {} });
		assert.deepEqual(parseArguments(['seed', '-octo/harbor', '-q']), { command: 'seed', words: ['-octo/harbor'], options: { quiet: true } });
	});

	it('are options also with spaces and slashes in their value', () => {
		assert.deepEqual(parseArguments(['export', '--output=my files/a b.csv', '--storage=/some where']).options, { output: 'my files/a b.csv', storage: '/some where' });
		assert.deepEqual(parseArguments(['export', '--output=two\nlines']).options, { output: 'two\nlines' });
		assert.deepEqual(parseArguments(['seed', '--project', '- my project', '--project=b c', '--storage', '-odd/place']).options, { project: ['- my project', 'b c'], storage: '-odd/place' });
	});

	it('are told in one line where a value is missing', () => {
		for (const [word, said] of [
			[['--author', '-x'], '--author needs a value. One that begins with a dash is written --author=-value.'],
			[['--author', '--draft'], '--author needs a value. One that begins with a dash is written --author=-value.'],
			[['--author'], '--author needs a value.'],
		] as const) assert.throws(() => parseArguments(['export', ...word]), (error) => error instanceof UsageError && error.message === said);
		assert.equal((parseArguments(['export', '--author=-x']).options as { author?: string }).author, '-x');
	});

	it('are refused by name where they are no option that there is', () => {
		for (const word of ['--token', '--token=a b', '-x']) {
			assert.throws(() => parseArguments(['seed', word]), (error) => error instanceof UsageError && error.message.includes(word.split('=')[0] ?? ''), word);
		}
	});
});
