import * as vscode from 'vscode';
import { messageOf } from '../../core/model/humanError';
import type { RepositoryRef } from '../../core/model/repository';
import { sshHostName } from '../../core/model/sshConfig';
import { remoteRepositories } from './remoteRepositories';
import { readSshConfig } from './sshConfigFile';
import { followRepositories, gitApi, type GitApi } from './gitExtension';

/**
 * The repositories that the open folders' git remotes name, by the editor's own Git extension.
 * Without it, or while it is switched off, there are none.
 */
export class GitRemotes {
	constructor(private readonly log: vscode.LogOutputChannel) {}

	/**
	 * Tells the repositories now, and again whenever another folder's repository has been opened,
	 * until the returned subscription ends.
	 */
	watch(hosts: string[], listener: (repositories: RepositoryRef[]) => void): vscode.Disposable {
		const subscriptions: vscode.Disposable[] = [];
		let ended = false;
		void Promise.all([this.api(), readSshConfig()]).then(([api, ssh]) => {
			if (!api || ended) {
				return;
			}
			const tell = () => {
				const remotes = api.repositories.flatMap(({ state }) => state.remotes);
				listener(remoteRepositories(remotes, hosts, (name) => sshHostName(ssh, name)));
			};
			subscriptions.push(api.onDidChangeState(tell), followRepositories(api, tell));
			tell();
		});
		return new vscode.Disposable(() => {
			ended = true;
			vscode.Disposable.from(...subscriptions).dispose();
		});
	}

	private async api(): Promise<GitApi | undefined> {
		try {
			return await gitApi();
		} catch (error) {
			this.log.info(`The Git extension is not available: ${messageOf(error)}`);
			return undefined;
		}
	}
}
