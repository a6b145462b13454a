import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isoSeconds } from '../../github-server/clock';
import { DAY_MS, documentOf, runCli, Scene, smallRepository } from './commandLine';

interface SeedDocument {
	repositories: { nameWithOwner: string; mode: string; pullRequests: number }[];
	failures: { nameWithOwner: string }[];
	exitStatus: number;
}

describe('pr-seeder, projects', () => {
	let scene: Scene;

	beforeEach(async () => {
		scene = await Scene.make([smallRepository(6), smallRepository(3, 'octo/lighthouse'), smallRepository(2, 'octo/pier')]);
		const { world } = scene;
		for (const name of ['octo/harbor', 'octo/lighthouse', 'octo/pier']) {
			world.createMilestone(name, { title: name === 'octo/pier' ? 'SPRING' : 'Spring', dueOn: isoSeconds(Date.now() + (name === 'octo/pier' ? 10 : 30) * DAY_MS) });
			world.setMilestone(name, 1, 1);
			world.addLabel(name, 1, 'bug');
			world.assign(name, 1, 'ada');
		}
		world.merge('octo/lighthouse', 1);
		await write({
			Port: { repositories: ['octo/harbor', 'https://github.com/octo/lighthouse'] },
			Small: { repositories: ['octo/harbor', 'octo/pier'], maxPullRequests: 2, checkRuns: false },
			Recent: { repositories: ['octo/harbor'], daysBack: 3 },
		});
	});

	afterEach(() => scene.dispose());

	async function write(projects: unknown): Promise<void> {
		await mkdir(scene.storage, { recursive: true });
		await writeFile(join(scene.storage, 'projects.json'), typeof projects === 'string' ? projects : JSON.stringify(projects));
	}

	const seed = async (...words: string[]) => {
		const { document, status, stderr } = await scene.json<SeedDocument>(['seed', ...words]);
		return { status, stderr, seeded: document.repositories.map(({ nameWithOwner, pullRequests }) => [nameWithOwner, pullRequests]), document };
	};

	it('are listed with what they are seeded with', async () => {
		const { stdout, status } = await scene.run(['projects']);
		assert.equal(status, 0);
		assert.match(stdout, /^Project +Repositories +Options$/m);
		assert.match(stdout, /^Port +octo\/harbor, octo\/lighthouse +–$/m);
		assert.match(stdout, /^Small +octo\/harbor, octo\/pier +--max-prs 2 --no-check-runs$/m);
		const { document } = await scene.json<{ projects: { name: string; repositories: unknown[]; options: object }[] }>(['projects']);
		assert.deepEqual(document.projects.map(({ name }) => name), ['Port', 'Small', 'Recent']);
		assert.deepEqual(document.projects[1], {
			name: 'Small',
			repositories: [{ host: 'github.com', nameWithOwner: 'octo/harbor' }, { host: 'github.com', nameWithOwner: 'octo/pier' }],
			options: { maxPullRequests: 2, checkRuns: false },
		});
		assert.equal(scene.server.requests.length, 0);
	});

	it('are seeded, each with its own options', async () => {
		assert.deepEqual((await seed('--project', 'Port')).seeded, [['octo/harbor', 6], ['octo/lighthouse', 3]]);
		assert.deepEqual((await seed('--project', 'Recent')).seeded, [['octo/harbor', 3]]);
	});

	it('are seeded several at a time, with repositories that are named beside them', async () => {
		const { seeded, status } = await seed('octo/pier', '--project', 'Recent', '--project', 'Small', '--project', 'Recent');
		assert.equal(status, 0);
		assert.deepEqual(seeded, [['octo/pier', 2], ['octo/harbor', 3], ['octo/harbor', 2], ['octo/pier', 2]]);
	});

	it('are seeded once where several ask for the same', async () => {
		await write({ One: { repositories: ['octo/harbor'] }, Two: { repositories: ['Octo/Harbor', 'octo/pier'] } });
		assert.deepEqual((await seed('octo/harbor', '--all-projects')).seeded, [['octo/harbor', 6], ['octo/pier', 2]]);
	});

	it('give way to what is typed', async () => {
		assert.deepEqual((await seed('--project', 'Small', '--max-prs', '4')).seeded, [['octo/harbor', 4], ['octo/pier', 2]]);
		assert.deepEqual((await seed('--project', 'Small', '--max-prs', '0')).seeded, [['octo/harbor', 6], ['octo/pier', 2]]);
		assert.deepEqual((await seed('--project', 'Recent', '--days-back', '2')).seeded, [['octo/harbor', 2]]);
		assert.deepEqual((await seed('--project', 'Recent', '--until', scene.world.pullRequest('octo/harbor', 2).createdAt.slice(0, 10))).seeded, [['octo/harbor', 2]]);
	});

	it('go on after one that fails', async () => {
		await write({ Port: { repositories: ['octo/gone', 'octo/pier'] }, Other: { repositories: ['octo/lighthouse'], maxPullRequests: 1 } });
		const { seeded, document, status, stderr } = await seed('--all-projects');
		assert.equal(status, 1);
		assert.deepEqual(seeded, [['octo/pier', 2], ['octo/lighthouse', 1]]);
		assert.deepEqual(document.failures.map(({ nameWithOwner }) => nameWithOwner), ['octo/gone']);
		assert.match(stderr, /1 of 3 repositories failed: octo\/gone\./);
	});

	it('end with an account that is refused', async () => {
		const finished = await runCli(['seed', '--all-projects', '--json', '--api-url', scene.server.url, '--storage', scene.storage], { env: { GITHUB_TOKEN: 'wrong-token' } });
		const { failures, notStarted } = documentOf<SeedDocument & { notStarted: string[] }>(finished);
		assert.equal(finished.status, 4);
		assert.deepEqual([failures.length, notStarted], [1, ['octo/lighthouse', 'octo/harbor', 'octo/pier', 'octo/harbor']]);
	});

	it('leave out what is on another host, and say how to get it', async () => {
		await write({ Port: { repositories: ['octo/pier', 'https://ghe.example.com/octo/quay'] }, Away: { repositories: ['https://ghe.example.com/octo/quay'] } });
		const { seeded, stderr, status } = await seed('--project', 'Port');
		assert.deepEqual([status, seeded], [0, [['octo/pier', 2]]]);
		assert.match(stderr, /Left out octo\/quay of project "Port": it is on ghe\.example\.com, but this command talks to github\.com\. Run it again with --host ghe\.example\.com\./);
		const away = await scene.run(['seed', '--project', 'Away']);
		assert.equal(away.status, 2);
		assert.match(away.stderr, /The repositories of project "Away" are on ghe\.example\.com, but this command talks to github\.com\. Add --host ghe\.example\.com/);
	});

	it('take another file', async () => {
		const path = join(scene.folder, 'my projects.json');
		await writeFile(path, '\ufeff{ "Mine": { "repositories": ["octo/pier"] } }');
		assert.deepEqual((await seed('--project', 'Mine', '--projects', path)).seeded, [['octo/pier', 2]]);
		assert.match((await scene.run(['projects', '--projects', path])).stdout, /^Mine +octo\/pier +–$/m);
	});

	it('show their milestones as one where they have the same title', async () => {
		await seed('--project', 'Port', 'octo/pier');
		await write({ Port: { repositories: ['octo/harbor', 'octo/lighthouse', 'octo/pier', 'octo/gone'] } });
		const { document, stderr, status } = await scene.json<{ milestones: Record<string, unknown>[] }>(['report', 'milestones', '--project', 'Port']);
		assert.equal(status, 0);
		assert.match(stderr, /Not stored yet, and not in the report: octo\/gone\. Seed it: pr-seeder seed --project "Port"/);
		assert.deepEqual(document.milestones.map(({ dueOn, ...rest }) => [String(dueOn).slice(0, 10), rest]), [
			[
				isoSeconds(Date.now() + 10 * DAY_MS).slice(0, 10),
				{ title: 'Spring', state: 'OPEN', open: 2, closed: 1, progress: 1 / 3, overdue: false, repositories: ['octo/harbor', 'octo/lighthouse', 'octo/pier'] },
			],
		]);
		assert.match((await scene.run(['report', 'milestones', '--project', 'Port'])).stdout, /^Spring +open +\d{4}-\d\d-\d\d +2 +1 +█{6}░{14} +33 % +3$/m);
	});

	it('show labels, assignees and workload of all their repositories', async () => {
		await seed('--project', 'Port', 'octo/pier');
		const report = async (name: string) => (await scene.json<Record<string, unknown[]>>(['report', name, '--project', 'Port'])).document[name];
		assert.deepEqual(await report('labels'), [
			{ name: 'bug', color: scene.world.repository('octo/harbor').labels[0]?.color, open: 1, total: 2 },
			{ name: null, color: null, open: 7, total: 7 },
		]);
		assert.deepEqual(await report('assignees'), [{ login: 'ada', open: 1, total: 2 }, { login: null, open: 7, total: 7 }]);
		assert.deepEqual(await report('workload'), [
			{ login: 'ada', open: 1, ready: 1, changesRequested: 0, draft: 0, stale: 0, reviewRequested: 0, merged: 1, alsoStale: 0 },
			{ login: null, open: 7, ready: 7, changesRequested: 0, draft: 0, stale: 0, reviewRequested: 0, merged: 0, alsoStale: 0 },
		]);
		assert.match((await scene.run(['report', 'labels', '--project', 'Port'])).stdout, /^bug +1 +2$/m);
	});

	it('say when nothing of them is stored', async () => {
		const { status, stderr } = await scene.run(['report', 'labels', '--project', 'Port']);
		assert.equal(status, 1);
		assert.match(stderr, /Nothing is stored of project "Port"\. Seed it: pr-seeder seed --project "Port"/);
	});

	const WRONG: [words: string[], content: unknown, message: RegExp][] = [
		[['seed', '--project', 'port'], undefined, /There is no project "port" in .*projects\.json\. There are Port, Small, Recent\./],
		[['seed', '--project', 'Port'], '{}', /There is no project "Port"\. There are no projects: .*projects\.json holds none\. Write them there, as in \{ "Editors": /],
		[['seed', '--all-projects'], '{}', /There are no projects: .*projects\.json holds none/],
		[['seed', '--project', 'Port'], '{ "Port": ', /projects\.json is not JSON: .* Write it as in \{ "Editors": /],
		[['projects'], '{ "Port": ', /projects\.json is not JSON/],
		[['projects'], [], /Projects are an object with a name for each/],
		[['seed', '--project', 'Port'], { Port: { repositories: ['harbor'] } }, /projects\.json: Project "Port", repository 1: "harbor" is not a repository/],
		[['seed', '--all-projects'], { Port: { repositories: ['octo/harbor'] }, Bad: {} }, /projects\.json: Project "Bad" names no repository/],
		[['report', 'labels', '--project', 'Port'], { Port: {} }, /Project "Port" names no repository/],
		[['report', 'labels', 'octo/harbor', '--project', 'Port'], undefined, /report takes a repository or --project NAME, not both/],
		[['seed', '--projects', 'nowhere.json', '--project', 'Port'], undefined, /There is no file .*nowhere\.json\. Write the projects there/],
		[['projects', '--projects', 'nowhere.json'], undefined, /There is no file .*nowhere\.json/],
		[['projects', '--projects', '.'], undefined, /The projects in .* can't be read: EISDIR/],
		[['projects', '--projects', ' '], undefined, /--projects needs the name of a file/],
		[['seed', 'octo/harbor', '--projects', 'mine.json'], undefined, /--projects names the file; which of its projects\? Add --project NAME/],
		[['status', '--project', 'Port'], undefined, /--project is not an option of status/],
	];
	for (const [words, content, message] of WRONG) {
		it(`are refused with status 2: ${words.join(' ')} ${content === undefined ? '' : JSON.stringify(content)}`, async () => {
			if (content !== undefined) await write(content);
			const { status, stderr } = await scene.json(words);
			assert.equal(status, 2, stderr);
			assert.match(stderr, message);
			assert.equal(scene.server.requests.length, 0);
		});
	}

	it('are listed and seeded beside one that can’t be used', async () => {
		await write({ Bad: { repositories: [7] }, Port: { repositories: ['octo/pier'] } });
		const { status, stderr, document } = await scene.json<{ projects: { name: string }[]; problems: { name: string }[] }>(['projects']);
		assert.equal(status, 2);
		assert.match(stderr, /Project "Bad", repository 1 is 7: write a text/);
		assert.deepEqual([document.projects.map(({ name }) => name), document.problems.map(({ name }) => name)], [['Port'], ['Bad']]);
		assert.deepEqual((await seed('--project', 'Port')).seeded, [['octo/pier', 2]]);
	});
});
