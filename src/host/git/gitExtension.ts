import * as vscode from 'vscode';

/**
 * As much of the built-in Git extension's interface, version 1, as is used here.
 * https://github.com/microsoft/vscode/blob/main/extensions/git/src/api/git.d.ts
 */
export interface GitExtension {
	readonly enabled: boolean;
	/** @throws Error while Git is disabled or not found */
	getAPI(version: 1): GitApi;
}

export interface GitApi {
	readonly state: 'uninitialized' | 'initialized';
	readonly onDidChangeState: vscode.Event<'uninitialized' | 'initialized'>;
	readonly repositories: GitRepository[];
	readonly onDidOpenRepository: vscode.Event<GitRepository>;
}

export interface GitRepository {
	readonly state: {
		/** Absent before anything is known; without a name while no branch is checked out. */
		readonly HEAD?: { readonly name?: string } | undefined;
		readonly remotes: GitRemote[];
		readonly onDidChange: vscode.Event<void>;
	};
}

export interface GitRemote {
	readonly name: string;
	readonly fetchUrl?: string;
	readonly pushUrl?: string;
}

/** The interface, once the extension is there; `undefined` without it, or while it is switched off. @throws what it throws where there is no Git */
export async function gitApi(): Promise<GitApi | undefined> {
	const git = vscode.extensions.getExtension<GitExtension>('vscode.git');
	const exported = git?.isActive === true ? git.exports : await git?.activate();
	return exported?.enabled === true ? exported.getAPI(1) : undefined;
}

/** Tells whenever something of an open repository has changed, or another one was opened; each is announced before its remotes are read. */
export function followRepositories(api: GitApi, tell: () => void): vscode.Disposable {
	const subscriptions: vscode.Disposable[] = [];
	const follow = (repository: GitRepository) => subscriptions.push(repository.state.onDidChange(tell));
	api.repositories.forEach(follow);
	subscriptions.push(
		api.onDidOpenRepository((repository) => {
			follow(repository);
			tell();
		}),
	);
	return new vscode.Disposable(() => {
		vscode.Disposable.from(...subscriptions).dispose();
	});
}
