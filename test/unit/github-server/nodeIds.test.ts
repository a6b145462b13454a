import assert from 'node:assert/strict';
import { ManualClock } from '../../github-server/clock';
import { GithubServer, type GithubServerOptions } from '../../github-server/githubServer';
import { legacyNodeId, readLegacyNodeId } from '../../github-server/nodeIdForms';
import { World } from '../../github-server/world';
import { rest } from './call';

const repo = 'octo-sample/aged';
const renewal = { 'x-github-next-global-id': '1' };

interface Body {
	data: { repository: { id: string; databaseId: number; old: { id: string; author: { id: string }; commits: { nodes: { commit: { id: string } }[] } }; young: { id: string } } };
}

describe('The stand-in\'s node ids', () => {
	let clock: ManualClock;
	let world: World;
	let server: GithubServer | undefined;

	beforeEach(() => {
		clock = new ManualClock('2021-01-01T00:00:00Z');
		world = new World(clock);
		world.createRepository(repo);
		world.createPullRequest(repo);
		clock.set('2026-01-01T00:00:00Z');
		world.createPullRequest(repo);
	});
	afterEach(async () => {
		await server?.stop();
		server = undefined;
	});

	async function post<T>(query: string, variables: object = {}, headers: Record<string, string> = {}): Promise<T> {
		const response = await fetch(`${server?.url}/graphql`, { method: 'POST', headers: { authorization: 'bearer test-token', ...headers }, body: JSON.stringify({ query, variables }) });
		return (await response.json()) as T;
	}

	async function start(options: Partial<GithubServerOptions>): Promise<void> {
		server = await GithubServer.start({ world, ...options });
	}

	const query = `{ repository(owner: "octo-sample", name: "aged") { id databaseId
		old: pullRequest(number: 1) { id author { ... on User { id } } commits(first: 1) { nodes { commit { id } } } } young: pullRequest(number: 2) { id } } }`;
	const text = (id: string): string => Buffer.from(id, 'base64').toString();

	it('have the new form everywhere unless told', async () => {
		await start({});
		const { data: { repository } } = await post<Body>(query);
		assert.deepEqual([repository.id, repository.old.id], [world.repository(repo).id, world.pullRequest(repo, 1).id]);
	});

	it('have the former form for what was made before, unless the header asks for the new one', async () => {
		await start({ legacyIdsBefore: '2024-01-01T00:00:00Z' });
		const { data: { repository } } = await post<Body>(query);
		const one = world.pullRequest(repo, 1);
		assert.equal(text(repository.id), `010:Repository${world.repository(repo).databaseId}`);
		assert.equal(text(repository.old.id), `011:PullRequest${one.databaseId}`);
		assert.equal(text(repository.old.author.id), `04:User${one.author?.databaseId}`);
		assert.equal(text(repository.old.commits.nodes[0]!.commit.id), `06:Commit${world.repository(repo).databaseId}:${one.headRefOid}`);
		assert.equal(repository.young.id, world.pullRequest(repo, 2).id);
		const renewed = (await post<Body>(query, {}, renewal)).data.repository;
		assert.deepEqual([renewed.id, renewed.old.id, renewed.databaseId], [world.repository(repo).id, one.id, repository.databaseId]);
	});

	it('of both forms find the same node, and the former is warned of', async () => {
		await start({ legacyIdsBefore: 'all' });
		const one = world.pullRequest(repo, 2);
		const legacy = legacyNodeId(one.id) ?? '';
		const commit = legacyNodeId((await post<Body>(query, {}, renewal)).data.repository.old.commits.nodes[0]!.commit.id) ?? '';
		const ids = [one.id, legacy, legacyNodeId(world.repository(repo).id), legacyNodeId(one.author?.id ?? ''), commit, 'MDExOlB1bGxSZXF1ZXN0MQ=='];
		const body = await post<{ data: { nodes: ({ __typename: string; id: string } | null)[] }; errors: { path: unknown; message: string }[]; extensions: { warnings: object[] } }>(
			'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', { ids }, renewal,
		);
		assert.deepEqual(body.data.nodes.map((node) => node?.__typename), ['PullRequest', 'PullRequest', 'Repository', 'User', 'Commit', undefined]);
		assert.deepEqual([body.data.nodes[0]?.id, body.data.nodes[1]?.id], [one.id, one.id]);
		assert.deepEqual(body.errors.map(({ path, message }) => ({ path, message })), [{ path: ['nodes', 5], message: "Could not resolve to a node with the global id of 'MDExOlB1bGxSZXF1ZXN0MQ=='" }]);
		assert.deepEqual(body.extensions.warnings[0], {
			type: 'DEPRECATION', message: `The id ${legacy} is deprecated. Update your cache to use the next_global_id from the data payload.`,
			data: { legacy_global_id: legacy, next_global_id: one.id }, link: 'https://docs.github.com',
		});
		assert.equal((await post<typeof body>('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: [legacy] })).data.nodes[0]?.id, legacy);
	});

	it('have the same form in REST, beside the number that never changes', async () => {
		await start({ legacyIdsBefore: 'all' });
		const shown = async (headers = {}): Promise<{ id: number; node_id: string }> => (await (await rest(server!, `/repos/${repo}`, headers)).json()) as { id: number; node_id: string };
		const { id, databaseId } = world.repository(repo);
		assert.deepEqual([text((await shown()).node_id), (await shown()).id], [`010:Repository${databaseId}`, databaseId]);
		assert.deepEqual([(await shown(renewal)).node_id, (await shown(renewal)).id], [id, databaseId]);
	});

	it('are read back from what people recorded', () => {
		assert.deepEqual(readLegacyNodeId('MDQ6VXNlcjI0MzIz'), { type: 'User', own: '24323' });
		assert.deepEqual(readLegacyNodeId('MDExOlB1bGxSZXF1ZXN0NTY4NDMxMTE4'), { type: 'PullRequest', own: '568431118' });
		assert.equal(readLegacyNodeId('PR_kwDOABCD'), undefined);
		assert.equal(legacyNodeId('MDQ6VXNlcjI0MzIz'), undefined);
	});
});
