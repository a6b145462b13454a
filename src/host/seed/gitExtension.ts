import type * as vscode from 'vscode';

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
		readonly remotes: GitRemote[];
		readonly onDidChange: vscode.Event<void>;
	};
}

export interface GitRemote {
	readonly name: string;
	readonly fetchUrl?: string;
	readonly pushUrl?: string;
}
