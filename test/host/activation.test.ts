import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('activation', () => {
	it('finds the extension and activates it', async () => {
		const extension = vscode.extensions.getExtension('pr-seeder.pr-seeder');
		assert.ok(extension, 'pr-seeder.pr-seeder is not installed');
		await extension.activate();
		assert.equal(extension.isActive, true);
	});

	it('registers every command that the manifest contributes', async () => {
		const extension = vscode.extensions.getExtension('pr-seeder.pr-seeder');
		const manifest = extension?.packageJSON as { contributes: { commands: { command: string }[] } };
		const contributed = manifest.contributes.commands.map(({ command }) => command);
		assert.ok(contributed.includes('prSeeder.seed'));
		await extension?.activate();
		const registered = new Set(await vscode.commands.getCommands(true));
		assert.deepEqual(contributed.filter((command) => !registered.has(command)), []);
	});
});
