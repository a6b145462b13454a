import * as vscode from 'vscode';
import { repositoryKey } from '../../core/model/repository';
import { followRepositories, gitApi, type GitApi } from './gitExtension';
import { remoteRepositories } from './remoteRepositories';

/** A branch that is checked out, and the remotes of its repository. */
export interface CheckedOut {
	branch: string;
	/** See {@link repositoryKey}. */
	remotes: readonly string[];
}

/** The branches that are checked out in the open folders, by the editor's own Git extension; none without it. Asks for nothing before it is asked. */
export class CheckedOutBranches implements vscode.Disposable {
	private readonly changed = new vscode.EventEmitter<void>();
	private readonly subscriptions: vscode.Disposable[] = [];
	private opened: Promise<GitApi | undefined> | undefined;
	private last = '';

	/** Another branch is checked out, or another folder opened. */
	readonly onDidChange = this.changed.event;

	/** @param hosts those that remotes are looked for on */
	constructor(private readonly hosts: () => string[]) {}

	async get(): Promise<CheckedOut[]> {
		this.opened ??= gitApi().then((api) => {
			if (api) {
				this.follow(api);
			}
			return api;
		}, () => undefined);
		const api = await this.opened;
		const found = api ? this.branchesOf(api) : [];
		this.last = JSON.stringify(found);
		return found;
	}

	dispose(): void {
		vscode.Disposable.from(...this.subscriptions).dispose();
		this.changed.dispose();
	}

	private branchesOf(api: GitApi): CheckedOut[] {
		return api.repositories.flatMap(({ state }) => {
			const remotes = remoteRepositories(state.remotes, this.hosts()).map(repositoryKey);
			const branch = state.HEAD?.name;
			return branch === undefined || remotes.length === 0 ? [] : [{ branch, remotes }];
		});
	}

	private follow(api: GitApi): void {
		// A repository tells of every change to a file; only another branch counts.
		const tell = () => {
			if (JSON.stringify(this.branchesOf(api)) !== this.last) {
				this.changed.fire();
			}
		};
		this.subscriptions.push(followRepositories(api, tell));
	}
}
