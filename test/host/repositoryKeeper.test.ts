import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { RateBudget } from '../../src/core/github/rateBudget';
import { systemClock } from '../../src/core/model/clock';
import type { SeedService } from '../../src/core/seedService';
import { RepositoryKeeper, type RepositoryKeeperOptions } from '../../src/host/background/repositoryKeeper';
import { Settings } from '../../src/host/settings';

const harbor = { host: 'github.com', owner: 'octo', name: 'harbor' };

describe('the keeper of repositories', () => {
	const settings = new Settings();
	const warnings: string[] = [];
	const keepers: RepositoryKeeper[] = [];

	const make = () => {
		const service = { seed: () => assert.fail('nothing is to be seeded'), budget: () => new RateBudget({ now: () => 0, steady: () => 0 }) } as unknown as SeedService;
		const keeper = new RepositoryKeeper({
			core: { lead: () => Promise.resolve(), storedState: () => Promise.resolve(undefined) },
			service: () => Promise.resolve(service),
			runner: { follow: () => undefined, noteEnd: () => undefined },
			sessions: { silent: () => Promise.resolve(undefined), onDidChange: new vscode.EventEmitter<void>().event },
			settings,
			clock: { ...systemClock, sleep: () => Promise.resolve() },
			log: { warn: (line: string) => warnings.push(line) } as unknown as RepositoryKeeperOptions['log'],
			onDidFail: (error) => assert.fail(String(error)),
		});
		keepers.push(keeper);
		return keeper;
	};

	afterEach(async () => {
		for (const keeper of keepers.splice(0)) await keeper.stop();
		await settings.setBackgroundRepositories([]);
	});

	after(() => settings.dispose());

	it('follows the settings at once, and complains of a wrong name once', async () => {
		const keeper = make();
		assert.deepEqual(keeper.status.plan, { repositories: [], intervalMs: 900_000, reserve: 500 });
		await settings.setBackgroundRepositories(['octo/harbor', 'foo//bar']);
		assert.deepEqual(keeper.status.plan.repositories, [harbor]);
		await settings.setBackgroundRepositories(['foo//bar', 'octo/pier']);
		assert.deepEqual(keeper.status.plan.repositories.map(({ name }) => name), ['pier']);
		assert.equal(warnings.length, 1);
		assert.match(warnings[0] ?? '', /prSeeder\.backgroundSync\.repositories: "foo\/\/bar" is not a repository/);
	});

	it('drops a repository from the settings, in whatever spelling, and leaves the rest', async () => {
		const keeper = make();
		await settings.setBackgroundRepositories(['Octo/Harbor', 'foo//bar', 'octo/pier']);
		assert.equal(keeper.isChosen(harbor), true);
		await keeper.drop([harbor]);
		assert.deepEqual([settings.backgroundRepositories, keeper.isChosen(harbor)], [['foo//bar', 'octo/pier'], false]);
	});
});
