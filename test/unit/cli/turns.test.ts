import assert from 'node:assert/strict';
import { Repository } from '../../github-server/repository';
import { oauthToken } from '../../github-server/tokens';
import { Scene } from './commandLine';

const HARBOR = 'octo/harbor';

interface Line {
	number: number;
	nameWithOwner: string;
	lane?: string;
	waitsFor: string;
	who: string[];
	reason: string;
	since: string | null;
}

describe('pr-seeder report turn and mine', () => {
	let scene: Scene;

	before(async () => {
		scene = await Scene.make([new Repository(HARBOR)]);
		const { world } = scene;
		const open = (author: string, values: object = {}) => world.createPullRequest(HARBOR, { author, ...values }).number;
		open('ada', { isDraft: true });
		world.requestReview(HARBOR, open('ada'), 'bo');
		world.addReview(HARBOR, open('ada'), 'bo', 'CHANGES_REQUESTED');
		world.addReview(HARBOR, open('cy'), 'bo', 'APPROVED');
		world.addReview(HARBOR, open('cy'), 'dependabot[bot]', 'APPROVED');
		world.addCheck(HARBOR, open('bo'), { name: 'build', conclusion: 'FAILURE' });
		world.merge(HARBOR, open('ada'));
		const { status, stderr } = await scene.run(['seed', HARBOR]);
		assert.equal(status, 0, stderr);
	});

	after(() => scene.dispose());

	it('lists every open one once, with whom it waits for, why and since when', async () => {
		const { document, status } = await scene.json<{ turn: Line[] }>(['report', 'turn']);
		assert.equal(status, 0);
		const lines = document.turn.sort((one, other) => one.number - other.number);
		assert.deepEqual(lines.map(({ number, waitsFor, who, reason }) => [number, waitsFor, who, reason]), [
			[1, 'author', ['ada'], 'draft'],
			[2, 'reviewers', ['bo'], 'review requested'],
			[3, 'author', ['ada'], 'changes requested'],
			[4, 'maintainers', [], 'approved'],
			[5, 'maintainers', [], 'nobody is asked for a review'],
			[6, 'author', ['bo'], 'failing checks'],
		]);
		assert.ok(lines.every(({ nameWithOwner }) => nameWithOwner === HARBOR));
		assert.match(lines[2]?.since ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
	});

	it('shows them as a table, narrowed by a filter', async () => {
		const { stdout } = await scene.run(['report', 'turn', HARBOR, '--author', 'ADA', '--no-draft']);
		assert.match(stdout, /^ *# +Title +Waits for +Reason +Since\n/);
		assert.deepEqual(stdout.match(/^ *\d+ /gm)?.map(Number).sort(), [2, 3]);
		assert.match(stdout, /^ *3 .+ author: ada +changes requested +\d{4}-\d\d-\d\d$/m);
	});

	it('tells somebody what is theirs, lane by lane', async () => {
		const mine = async (login: string) => (await scene.json<{ mine: Line[] }>(['report', 'mine', '--me', login])).document.mine.map(({ lane, number }) => [lane, number]);
		assert.deepEqual(await mine('@Ada'), [['toActOn', 3], ['toActOn', 1], ['waiting', 2]]);
		assert.deepEqual(await mine('bo'), [['reviewRequested', 2], ['toActOn', 6]]);
		assert.deepEqual(await mine('nobody'), []);
		assert.equal((await scene.run(['report', 'mine', '--me', 'nobody'])).stdout, 'No open pull requests of theirs.\n');
	});

	it('takes @me in a filter for who is named', async () => {
		const turns = async (login: string) => (await scene.json<{ turn: Line[] }>(['report', 'turn', '--author', '@me', '--me', login])).document.turn.map(({ number }) => number).sort();
		const plain = async (login: string) => (await scene.json<{ turn: Line[] }>(['report', 'turn', '--author', login])).document.turn.map(({ number }) => number).sort();
		assert.deepEqual(await turns('ada'), await plain('ada'));
		assert.ok((await turns('ada')).length > 0);
		assert.deepEqual(await turns('nobody'), []);
	});

	it('says what is missing, or too much', async () => {
		for (const [words, said] of [
			[['report', 'mine', '--me', ' '], /Whose\?/],
			[['report', 'turn', '--me', 'ada'], /--me says who @me is/],
			[['report', 'turn', '--state', 'merged'], /This report is about open pull requests: it takes no --state\./],
			[['report', 'mine', '--me', 'ada', '--stuck-days', '0'], /--stuck-days takes a whole number of at least 1/],
		] as const) {
			const { status, stderr } = await scene.run([...words]);
			assert.equal(status, 2);
			assert.match(stderr, said);
		}
	});
});

describe('pr-seeder report mine of somebody in a team', () => {
	let scene: Scene;
	before(async () => {
		scene = await Scene.make([new Repository(HARBOR)], { tokens: [oauthToken({ value: 'test-token', scopes: ['repo', 'read:org'] })] });
	});
	after(() => scene.dispose());

	it('has what is asked of the team, of whoever signed in last where nobody is named', async () => {
		const { world } = scene;
		world.joinTeam('octo/crew', 'octo-viewer');
		world.requestReview(HARBOR, world.createPullRequest(HARBOR, { author: 'ada' }).number, 'octo/crew');
		world.requestReview(HARBOR, world.createPullRequest(HARBOR, { author: 'ada' }).number, 'octo/dock');
		assert.equal((await scene.run(['seed', HARBOR])).status, 0);
		const { document } = await scene.json<{ mine: Line[] }>(['report', 'mine']);
		assert.deepEqual(document.mine.map(({ lane, number }) => [lane, number]), [['reviewRequested', 1]]);
	});
});
