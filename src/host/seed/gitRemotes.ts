import * as vscode from 'vscode';
import { messageOf } from '../../core/model/humanError';
import type { RepositoryRef } from '../../core/model/repository';
import { sshHostName } from '../../core/model/sshConfig';
import { remoteRepositories } from './remoteRepositories';
import { readSshConfig } from './sshConfigFile';
import type { GitApi, GitExtension } from './gitExtension';

/** A branch that is checked out, and the repositories that its folder's remotes name. */
export interface CheckedOut {
	branch: string;
	remotes: RepositoryRef[];
}

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
		const ssh = readSshConfig();
		return this.follow((api) => {
			const remotes = api.repositories.flatMap(({ state }) => state.remotes);
			void ssh.then((config) => listener(remoteRepositories(remotes, hosts, (name) => sshHostName(config, name))));
		});
	}

	/** What is checked out in the open folders, as far as it is a branch. @param hosts that one can sign in to */
	async checkedOut(hosts: string[]): Promise<CheckedOut[]> {
		const [api, ssh] = await Promise.all([this.api(), readSshConfig()]);
		return (api?.repositories ?? []).flatMap(({ state }) => {
			const branch = state.HEAD?.name;
			return branch === undefined ? [] : [{ branch, remotes: remoteRepositories(state.remotes, hosts, (name) => sshHostName(ssh, name)) }];
		});
	}

	/** Tells whenever another branch is checked out in an open folder from now on, until the returned subscription ends. */
	watchBranches(listener: () => void): vscode.Disposable {
		let told: string | undefined;
		return this.follow((api) => {
			const branches = JSON.stringify(api.repositories.map(({ state }) => [state.HEAD?.name, state.remotes.map(({ fetchUrl }) => fetchUrl)]));
			if (told !== undefined && branches !== told) {
				listener();
			}
			told = branches;
		});
	}

	/** Tells now and whenever something of a repository, or which are open, has changed. */
	private follow(tell: (api: GitApi) => void): vscode.Disposable {
		const subscriptions: vscode.Disposable[] = [];
		let ended = false;
		void this.api().then((api) => {
			if (!api || ended) {
				return;
			}
			// A repository is announced before its remotes are read.
			const followOne = (repository: GitApi['repositories'][number]) => subscriptions.push(repository.state.onDidChange(() => tell(api)));
			api.repositories.forEach(followOne);
			subscriptions.push(
				api.onDidChangeState(() => tell(api)),
				api.onDidOpenRepository((repository) => {
					followOne(repository);
					tell(api);
				}),
			);
			tell(api);
		});
		return new vscode.Disposable(() => {
			ended = true;
			vscode.Disposable.from(...subscriptions).dispose();
		});
	}

	private async api(): Promise<GitApi | undefined> {
		try {
			const git = vscode.extensions.getExtension<GitExtension>('vscode.git');
			const exported = git?.isActive === true ? git.exports : await git?.activate();
			return exported?.enabled === true ? exported.getAPI(1) : undefined;
		} catch (error) {
			this.log.info(`The Git extension is not available: ${messageOf(error)}`);
			return undefined;
		}
	}
}
