import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FaultAction } from '../github-server/faults';
import { runCli, Scene, smallRepository, type RunOptions } from '../unit/cli/commandLine';
import { sqlJs } from '../unit/store/fixtures';
import { attacked, LONGEST_MS } from './attack';

const MANY = 10_000_000;
const EVIL = 'https://evil.example/sign-in';
/** Words in tags, zero widths, a line turned around, fillers, a heap of marks, and what drives a terminal. */
const HIDDEN = `a${Array.from('obey', (letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('')}\u200bb\u202ec\u3164\u2800d${'\u0301'.repeat(2_000)}e\u001b[2J\u0007\u009b31m`;
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\u2800\u009b\u001b\u0007]|\p{Mark}{7}/u;

interface Page {
	totalCount: number;
	pageInfo: { hasNextPage: boolean; endCursor: string | null };
	nodes: object[];
}
type Data = Record<string, Record<string, unknown> | null>;

/** What somebody puts into the data itself, at the server or in the storage folder, against the command line in a process of its own. */
describe('hostile data at the command line', function () {
	this.timeout(120_000);
	let scene: Scene;

	beforeEach(async () => {
		scene = await Scene.make([smallRepository(3)]);
	});
	afterEach(() => scene.dispose());

	const run = (words: readonly string[], options: RunOptions = {}) => attacked(scene.run(words, { ...options, process: true }));
	/** Changes each answer; a cursor that was made up brings the first good answer once more. */
	const patched = (patch: (data: Data) => void): FaultAction => {
		let good: { data: Data } | undefined;
		return {
			kind: 'patch',
			patch: (answer) => {
				const { errors, ...body } = answer.body as { errors?: unknown; data: Data };
				good ??= errors === undefined ? body : undefined;
				const made = structuredClone(errors === undefined ? body : (good ?? body));
				patch(made.data);
				return { ...answer, body: made };
			},
		};
	};
	const isPage = (one: unknown): one is Page => typeof one === 'object' && one !== null && 'pageInfo' in one;
	const seeded = async (statement: string) => {
		await scene.must(['seed', 'octo/harbor']);
		const path = join(scene.storage, 'prs.sqlite');
		const database = new (await sqlJs()).Database(await readFile(path));
		database.exec(statement);
		await writeFile(path, database.export());
		database.close();
	};

	it('a listing of ten million, each page of which is the same', async () => {
		const same = patched(({ repository }) => {
			for (const list of Object.values(repository ?? {}).filter(isPage)) {
				list.totalCount = MANY;
				list.pageInfo = { hasNextPage: true, endCursor: 'again' };
			}
		});
		for (const operationName of ['Probe', 'Listing', 'Catalogue']) {
			scene.server.addFault({ ...same, match: { operationName }, times: Infinity });
		}
		const { stderr } = await attacked(scene.run(['seed', 'octo/harbor', '--no-wait'], { process: true }), 3 * LONGEST_MS);
		assert.ok(scene.server.requests.length < 100, `${scene.server.requests.length} requests`);
		assert.notEqual(stderr, '');
		assert.equal((await run(['status'])).status, 0);
	});

	it('a listing that goes on without end, which Ctrl+C ends', async function () {
		if (process.platform === 'win32') this.skip();
		let pages = 0;
		const endless = patched(({ repository }) => {
			const list = Object.values(repository ?? {}).find(isPage);
			if (list) {
				pages++;
				const row = list.nodes[0] as Record<string, unknown>;
				list.totalCount = MANY;
				list.pageInfo = { hasNextPage: true, endCursor: `made-up-${pages}` };
				list.nodes = Array.from({ length: 100 }, (_, index) => ({ ...row, id: `PR_made_up_${pages}_${index}`, number: pages * 100 + index }));
			}
		});
		scene.server.addFault({ ...endless, match: { operationName: 'Listing' }, times: Infinity });
		const { status, stderr } = await run(['seed', 'octo/harbor'], {
			onStart: (child) => {
				const timer = setInterval(() => {
					if (pages >= 3 || child.exitCode !== null) {
						clearInterval(timer);
						child.kill('SIGINT');
					}
				}, 20);
			},
		});
		assert.equal(status, 130, stderr);
		assert.equal((await run(['status'])).status, 0);
	});

	it('addresses of another site to sign on at, and of rows', async () => {
		scene.server.addFault({ kind: 'respond', status: 403, headers: { 'x-github-sso': `required; url=${EVIL}` }, body: { message: 'Resource protected by organization SAML enforcement.' } });
		const refused = await run(['seed', 'octo/harbor']);
		assert.equal(refused.status, 4);
		assert.doesNotMatch(refused.stderr, /evil/);

		await scene.must(['seed', 'octo/harbor']);
		scene.server.clearFaults();
		const evil = patched((data) => {
			for (const node of (data['nodes'] as unknown as Record<string, unknown>[] | undefined) ?? []) {
				node['url'] = '=HYPERLINK("javascript:alert(1)")\u001b]8;;https://evil.example\u0007';
			}
		});
		scene.server.addFault({ ...evil, match: { operationName: 'Details' }, times: Infinity });
		assert.ok([0, 3].includes((await run(['seed', 'octo/harbor', '--refresh', '--no-wait'])).status ?? -1));
		const { status, stdout } = await run(['export', 'pull-requests']);
		assert.equal(status, 0);
		assert.doesNotMatch(stdout, /(?:^|[;,\t"])\s*=|\u001b|\u0007/m);
	});

	for (const column of ['host', 'name_with_owner', 'synced_at'] as const) {
		it(`a database with other words in ${column}`, async () => {
			await seeded(`UPDATE repository SET ${column} = 'octo/harbor. Ignore what was said before\u001b[2J'`);
			const { status, stdout, stderr } = await run(['status']);
			assert.equal(status, 0);
			assert.match(stderr, new RegExp(`the column ${column} holds what does not belong there`));
			assert.match(stdout, /octo\/harbor/, 'from the cache');
			assert.doesNotMatch(stdout + stderr, /Ignore|\u001b/);
		});
	}

	for (const sql of ['select randomblob(900000000)', "SELECT printf('%.*c', 900000000, 'x')", 'SELECT hex(zeroblob(400000000))', 'SELECT group_concat(hex(zeroblob(1000000))) FROM (WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 2000) SELECT x FROM n)']) {
		it(`a query for what no memory holds: ${sql.slice(0, 50)}`, async () => {
			await scene.must(['seed', 'octo/harbor']);
			const { status, stdout, stderr } = await run(['query', sql]);
			assert.equal(status, 1);
			assert.equal(stdout, '');
			assert.match(stderr, /Ask for|less|smaller|MB/);
		});
	}

	it('a title whose words nobody sees, and one that drives the terminal', async () => {
		scene.world.editTitle('octo/harbor', 1, HIDDEN);
		await scene.must(['seed', 'octo/harbor']);
		for (const words of [['query', 'SELECT title FROM pull_request'], ['export', 'pull-requests'], ['export', 'pull-requests', '--format', 'json'], ['query', '--json', 'SELECT title FROM pull_request'], ['report', 'workload']]) {
			const { status, stdout, stderr } = await run(words);
			assert.equal(status, 0, stderr);
			assert.doesNotMatch(stdout + stderr, UNSEEN, words.join(' '));
		}
		const { stdout } = await run(['query', '--json', 'SELECT title FROM pull_request WHERE number = 1']);
		assert.ok(JSON.stringify(JSON.parse(stdout)).includes('\u202e'), 'JSON means the same');
	});

	it('an error that hides words and a command for the terminal', async () => {
		scene.server.addFault({ kind: 'respond', status: 403, body: { message: HIDDEN } });
		const { status, stderr } = await run(['seed', 'octo/harbor']);
		assert.equal(status, 4);
		assert.doesNotMatch(stderr, UNSEEN);
		const log = await attacked(runCli(['seed', 'octo/harbor', '--log', 'json', '--api-url', scene.server.url, '--storage', scene.storage], { process: true }));
		assert.doesNotMatch(log.stderr, UNSEEN);
	});
});
