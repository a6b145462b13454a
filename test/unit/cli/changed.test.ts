import assert from 'node:assert/strict';
import { Repository } from '../../github-server/repository';
import { Scene } from './commandLine';

const HARBOR = 'octo/harbor';
const SINCE = ['--since', '2020-01-01'];

interface Line {
	number: number;
	nameWithOwner: string;
	text: string;
	changes: { kind: string; before: unknown; after: unknown }[];
}

describe('pr-seeder report changed', () => {
	let scene: Scene;

	before(async () => {
		scene = await Scene.make([new Repository(HARBOR)]);
		const { world } = scene;
		const open = (values: object = {}) => world.createPullRequest(HARBOR, { author: 'ada', ...values }).number;
		const [first, second] = [open(), open(), open()];
		const seed = async () => {
			const { status, stderr } = await scene.run(['seed', HARBOR]);
			assert.equal(status, 0, stderr);
		};
		await seed();
		world.merge(HARBOR, first);
		world.addReview(HARBOR, second, 'bo', 'APPROVED');
		await seed();
	});
	after(() => scene.dispose());

	it('lists what syncs saw change, and says what', async () => {
		const { document, status } = await scene.json<{ changed: Line[] }>(['report', 'changed', ...SINCE]);
		assert.equal(status, 0);
		const lines = document.changed.sort((one, other) => one.number - other.number);
		assert.deepEqual(lines.map(({ number, nameWithOwner, text }) => [number, nameWithOwner, text]), [[1, HARBOR, 'merged'], [2, HARBOR, 'approved by bo']]);
		assert.deepEqual(lines[0]?.changes, [{ kind: 'state', before: 'OPEN', after: 'MERGED' }]);
	});

	it('shows them as a table, narrowed by a filter', async () => {
		const { stdout } = await scene.run(['report', 'changed', HARBOR, ...SINCE, '--state', 'open']);
		assert.match(stdout, /^ *# +Title +What changed +Seen\n/);
		assert.match(stdout, /^ *2 .+ approved by bo +\d{4}-\d\d-\d\d \d\d:\d\d$/m);
		assert.doesNotMatch(stdout, /merged/);
	});

	it('looks no further back than it is told', async () => {
		assert.match((await scene.run(['report', 'changed', '--since', '2999-01-01'])).stdout, /No changes were seen\./);
		const wrong = await scene.run(['report', 'changed', '--since', 'yesterday']);
		assert.deepEqual([wrong.status, /YYYY-MM-DD/.test(wrong.stderr)], [2, true]);
		assert.equal((await scene.run(['report', 'turn', '--since', '2026-01-01'])).status, 2);
	});
});
