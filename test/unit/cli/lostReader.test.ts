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
