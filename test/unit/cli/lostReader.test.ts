import assert from 'node:assert/strict';
import { documentOf, Scene, smallRepository, type RunOptions } from './commandLine';

describe('pr-seeder, when nobody reads standard error any more', () => {
	let scene: Scene;
	/** Goes away at once, or after the first line. */
	const leaving: [when: string, onStart: NonNullable<RunOptions['onStart']>][] = [
		['from the beginning', ({ stderr }) => stderr?.destroy()],
		['after the first line', ({ stderr }) => stderr?.once('data', () => stderr.destroy())],
	];

	beforeEach(async () => {
		scene = await Scene.make([smallRepository(3), smallRepository(2, 'octo/lighthouse')]);
	});
	afterEach(() => scene.dispose());

	for (const [when, onStart] of leaving) {
		for (const more of [[], ['--log', 'json']]) {
			it(`${when}${more.length > 0 ? ', with an event log' : ''}: the work goes on, and ends with its own status`, async () => {
				const finished = await scene.run(['seed', 'octo/harbor', 'octo/lighthouse', '--json', ...more], { onStart });
				assert.equal(finished.status, 0);
				const { repositories } = documentOf<{ repositories: { nameWithOwner: string }[] }>(finished);
				assert.deepEqual(repositories.map(({ nameWithOwner }) => nameWithOwner), ['octo/harbor', 'octo/lighthouse']);
				const failing = await scene.run(['seed', 'octo/gone', 'octo/lighthouse', '--json', ...more], { onStart });
				assert.equal(failing.status, 1);
				assert.equal(documentOf<{ failures: unknown[] }>(failing).failures.length, 1);
			});
		}
	}
});

describe('pr-seeder, when nobody reads standard output any more', () => {
	let scene: Scene;
	const leave: NonNullable<RunOptions['onStart']> = ({ stdout }) => stdout?.destroy();

	before(async () => {
		scene = await Scene.make([smallRepository(3), smallRepository(2, 'octo/lighthouse')]);
	});
	after(() => scene.dispose());

	it('brings its work to an end, and ends as a shell says of any program that this happens to', async () => {
		const { status, stderr } = await scene.run(['seed', 'octo/harbor', 'octo/lighthouse', '--quiet', '--json'], { onStart: leave });
		assert.deepEqual([status, stderr], [141, '']);
		assert.deepEqual(await scene.rows('SELECT count(*) FROM pull_request'), [[5]]);
	});

	it('ends with its own status when something else went wrong as well', async () => {
		assert.equal((await scene.run(['seed', 'octo/gone', '--json'], { onStart: leave })).status, 1);
	});

	it('says nothing of it, whatever was to be written', async () => {
		await scene.must(['seed', 'octo/harbor']);
		const numbers = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000) SELECT i, hex(randomblob(50)) FROM n';
		for (const words of [['query', numbers], ['query', numbers, '--json'], ['export', 'pull-requests'], ['--help']]) {
			const { status, stderr } = await scene.run(words, { onStart: leave });
			assert.deepEqual([status, stderr], [141, ''], words.join(' '));
		}
	});
});
