import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Settings } from '../../src/host/settings';

describe('the settings', () => {
	const settings = new Settings();
	after(() => settings.dispose());

	it('have their defaults from the manifest', () => {
		assert.deepEqual(settings.seedOptions(), { checkRuns: true, waitForReset: true, maxWaitMs: 3_600_000 });
		assert.equal(settings.warnBelow, 100);
		assert.equal(settings.staleDays, 7);
		assert.deepEqual([settings.backgroundRepositories, settings.backgroundIntervalMs, settings.budgetReserve], [[], 900_000, 500]);
	});

	it('take an interval that is too short for the shortest, and 0 for off', async () => {
		const minutes = (value: number | undefined) => vscode.workspace.getConfiguration('prSeeder').update('backgroundSync.intervalMinutes', value, vscode.ConfigurationTarget.Global);
		try {
			for (const [value, ms] of [[0, 0], [1, 300_000], [30, 1_800_000]] as const) {
				await minutes(value);
				assert.equal(settings.backgroundIntervalMs, ms);
			}
		} finally {
			await minutes(undefined);
		}
	});

	it('hold projects, which take what they leave out from the others', async () => {
		assert.deepEqual(settings.projects(), { projects: [], problems: [] });
		const configuration = vscode.workspace.getConfiguration('prSeeder');
		try {
			await configuration.update('projects', { Port: { repositories: ['octo/harbor'], checkRuns: false }, Bad: 7 }, vscode.ConfigurationTarget.Global);
			const { projects, problems } = settings.projects();
			assert.deepEqual(projects, [
				{ name: 'Port', repositories: [{ host: 'github.com', owner: 'octo', name: 'harbor' }], options: { checkRuns: false, waitForReset: true, maxWaitMs: 3_600_000 } },
			]);
			assert.match(problems.map(({ error }) => error.message).join(), /^Project "Bad" is not an object/);
		} finally {
			await configuration.update('projects', undefined, vscode.ConfigurationTarget.Global);
		}
	});

	it('can’t be set by a workspace', () => {
		const manifest = vscode.extensions.getExtension('pr-seeder.pr-seeder')?.packageJSON as {
			contributes: { configuration: { properties: Record<string, { scope?: string; markdownDescription?: string; order?: number }> } };
		};
		for (const [name, { scope, markdownDescription, order }] of Object.entries(manifest.contributes.configuration.properties)) {
			assert.equal(scope, 'application', name);
			assert.ok(markdownDescription && !markdownDescription.startsWith('%'), name);
			assert.equal(typeof order, 'number', name);
		}
	});
});

describe('the commands without an argument', () => {
	it('that belong to a row do nothing', async () => {
		for (const command of ['openPullRequest', 'copyPullRequestLink', 'seedRepository', 'showMore']) {
			assert.equal(await vscode.commands.executeCommand(`prSeeder.${command}`), undefined);
		}
	});
});
