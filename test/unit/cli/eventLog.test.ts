import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EventLog } from '../../../src/cli/eventLog';
import { asciiJson, asciiWords, readsUtf8 } from '../../../src/cli/marks';
import { tableText } from '../../../src/cli/table';
import { ASCII_MARKS } from '../../../src/cli/marks';
import { Redactor } from '../../../src/core/model/redactor';
import { documentOf, eventsOf, Scene, smallRepository, TOKEN, type LoggedEvent } from './commandLine';

describe('the event log', () => {
	it('hides a token in whatever text it stands, and stays JSON', () => {
		const token = 'gho_"quoted\\0123456789abcdefghij';
		const redactor = new Redactor([token]);
		let line = '';
		const log = new EventLog({ stream: { write: (text) => (line += text) }, redact: (text) => redactor.line(text), escape: asciiJson, quiet: false, now: () => 0 });
		log.write('error', 'failed', { message: `Authorization: "bearer ${token}" to ü`, nested: { list: [token, 'authorization: abc\\'] } });
		assert.doesNotMatch(line, /quoted|[^\n\x20-\x7e]/);
		const { message, ...rest } = JSON.parse(line) as LoggedEvent;
		assert.deepEqual(rest, { time: '1970-01-01T00:00:00.000Z', level: 'error', event: 'failed', nested: { list: ['[redacted]', 'authorization: [redacted]'] } });
		assert.match(String(message), /^Authorization: .* to ü$/);
	});
});

describe('a locale without UTF-8', () => {
	it('is one that names another character set', () => {
		for (const env of [{}, { LANG: 'en_US.UTF-8' }, { LC_ALL: 'C.utf8', LANG: 'C' }, { LC_ALL: '', LC_CTYPE: 'UTF-8' }]) assert.equal(readsUtf8(env), true, JSON.stringify(env));
		for (const env of [{ LC_ALL: 'C' }, { LANG: 'POSIX' }, { LC_CTYPE: 'de_DE.ISO-8859-1', LANG: 'de_DE.UTF-8' }, { LANG: 'en_US' }]) assert.equal(readsUtf8(env), false, JSON.stringify(env));
	});

	it('gets signs of ASCII, of the same width in a table', () => {
		assert.equal(asciiWords('12 PRs · “all” … it’s ─'), '12 PRs - "all" ... it\'s -');
		assert.equal(tableText([{ title: 'Title', max: 6 }, { title: 'N' }], [['A long title', '1']], ASCII_MARKS), 'Title   N\n------  -\nA lon~  1');
		assert.equal(JSON.parse(asciiJson(JSON.stringify('ü 🙅 \u202e'))), 'ü 🙅 \u202e');
	});
});

describe('pr-seeder seed --log json', () => {
	let scene: Scene;

	beforeEach(async () => {
		scene = await Scene.make([smallRepository(5), smallRepository(2, 'octo/lighthouse')]);
	});
	afterEach(() => scene.dispose());

	it('tells what happens, a line each, beside the one document', async () => {
		const finished = await scene.run(['seed', 'octo/harbor', 'octo/nowhere', 'octo/lighthouse', '--log', 'json', '--json']);
		assert.equal(finished.status, 1);
		const events = eventsOf(finished);
		assert.ok(events.every(({ time, level }) => !Number.isNaN(Date.parse(time)) && ['info', 'warn', 'error'].includes(level)));
		const { time, pid, ...started } = events[0]!;
		assert.ok(time && pid);
		assert.deepEqual(started, { level: 'info', event: 'started', repositories: ['octo/harbor', 'octo/nowhere', 'octo/lighthouse'], host: 'github.com', storage: scene.storage });
		const phases = events.filter(({ event, repository }) => event === 'progress' && repository === 'octo/harbor').map(({ phase }) => phase);
		assert.deepEqual([...new Set(phases)], ['probing', 'listing', 'details']);
		assert.ok(events.some(({ event, pointsLeft }) => event === 'progress' && typeof pointsLeft === 'number'));
		assert.deepEqual(events.filter(({ event }) => event !== 'progress').map(({ event, level, repository }) => [event, level, repository]), [
			['started', 'info', undefined],
			['done', 'info', 'octo/harbor'],
			['failed', 'error', 'octo/nowhere'],
			['done', 'info', 'octo/lighthouse'],
			['finished', 'error', undefined],
		]);
		const failed = events.find(({ event }) => event === 'failed');
		assert.deepEqual([failed?.['class'], failed?.['resumable'], failed?.['exitStatus']], ['RepositoryNotFoundError', false, 1]);
		assert.match(String(failed?.['message']), /There is no repository octo\/nowhere/);
		const { repositories } = documentOf<{ repositories: Record<string, unknown>[] }>(finished);
		const done = events.find(({ event }) => event === 'done')!;
		assert.deepEqual([done['pullRequests'], done['added'], done['mode'], done['points']], [5, 5, 'full', repositories[0]?.['points']]);
		assert.equal(events.at(-1)?.['exitStatus'], 1);
	});

	it('warns when the budget of the hour falls under the threshold, in words otherwise', async () => {
		scene.server.setBudget(TOKEN, { graphqlRemaining: 101, resetInSeconds: 1_800 });
		const events = eventsOf(await scene.run(['seed', 'octo/harbor', '--log', 'json', '--quiet']));
		assert.deepEqual(
			events.map(({ level, event, resource, remaining, limit, threshold }) => [level, event, resource, Number(remaining) < 100, limit, threshold]),
			[['warn', 'budget', 'graphql', true, 5_000, 100]],
		);
		scene.server.setBudget(TOKEN, { graphqlRemaining: 100, resetInSeconds: 1_800 });
		const { stderr } = await scene.run(['seed', 'octo/lighthouse', '--quiet']);
		assert.match(stderr, /^Fewer than 100 points are left of the 5,000 that GraphQL has an hour: \d\d points\. The budget is whole again at [\d:]+\.\n$/);
	});

	it('says nothing with --quiet when all is well, and what is not otherwise', async () => {
		const { stdout, stderr, status } = await scene.run(['seed', 'octo/harbor', '--log', 'json', '--quiet']);
		assert.deepEqual([status, stdout, stderr], [0, '', '']);
		const failed = await scene.run(['seed', 'octo/nowhere', '--log', 'json', '--quiet']);
		assert.deepEqual(eventsOf(failed).map(({ event, level }) => [event, level]), [['failed', 'error'], ['finished', 'error']]);
	});

	it('says until when it waits', async () => {
		scene.server.setBudget('test-token', { graphqlRemaining: 1, resetInSeconds: 3 });
		const finished = await scene.run(['seed', 'octo/harbor', '--log', 'json']);
		assert.equal(finished.status, 0, finished.stderr);
		const waiting = eventsOf(finished).find(({ event }) => event === 'waiting');
		assert.equal(waiting?.['reason'], 'rate limit');
		const until = Date.parse(String(waiting['until'])) - Date.parse(waiting.time);
		assert.ok(until > 0 && until < 6_000, `${until} ms`);
		assert.ok(Math.abs(Number(waiting['waitMs']) - until) < 100);
	});

	it('tells even what it dies of, without the token', async () => {
		const crash = join(scene.folder, 'crash.cjs');
		await writeFile(crash, "setTimeout(() => { throw new TypeError('no such thing: ' + process.env.GITHUB_TOKEN + ' ü'); }, 100);");
		scene.server.setLatency({ baseMs: 400, perNodeMs: 0 });
		const finished = await scene.run(['seed', 'octo/harbor', '--log', 'json'], { node: ['--require', crash], env: { GITHUB_TOKEN: 'gho_thatNobodyShallSee0123456789' } });
		assert.equal(finished.status, 1);
		assert.doesNotMatch(finished.stderr, /thatNobodyShallSee/);
		const [failed, ended] = eventsOf(finished).slice(-2);
		assert.deepEqual([failed?.event, failed?.['class'], ended?.event, ended?.['exitStatus']], ['failed', 'TypeError', 'finished', 1]);
		assert.match(String(failed?.['message']), /no such thing: .* ü/);
	});

	it('answers wrong usage, a missing token and a refused one in the same way', async () => {
		for (const [words, env, expected, status] of [
			[['seed'], {}, 'UsageError', 2],
			[['seed', 'octo/harbor', '--nonsense'], {}, 'UsageError', 2],
			[['seed', 'octo/harbor'], { GITHUB_TOKEN: '' }, 'MissingTokenError', 4],
			[['seed', 'octo/harbor', 'octo/lighthouse'], { GITHUB_TOKEN: 'ghp_wrong' }, 'UnauthorizedError', 4],
		] as const) {
			const finished = await scene.run([...words, '--log=json'], { env });
			const events = eventsOf(finished);
			const failed = events.find(({ event }) => event === 'failed');
			assert.deepEqual([finished.status, failed?.['class'], failed?.['exitStatus'], events.at(-1)?.event, events.at(-1)?.['exitStatus']], [status, expected, status, 'finished', status]);
			if (expected === 'UnauthorizedError') assert.deepEqual(events.filter(({ event }) => event === 'skipped').map(({ repository }) => repository), ['octo/lighthouse']);
		}
	});
});
