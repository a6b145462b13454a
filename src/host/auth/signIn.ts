import * as vscode from 'vscode';
import type { GitHubSessions } from './gitHubSessions';

/** What `prSeeder.signIn` takes; from a link in a text it comes as JSON, so all of it may be missing or wrong. */
export interface SignInTarget {
	/** Without it, the only host there is, or the one that the person chooses. */
	host?: string;
	/** A sign-in that is there was refused. */
	again?: boolean;
	/** What the person wanted when they were told to sign in: to choose a repository, or what failed. */
	then?: 'seed' | (() => unknown);
}

/**
 * Signs in, and goes on with what the person wanted.
 * @param seed lets them choose a repository
 * @throws SignedOutError when the person declines
 */
export async function signIn(sessions: GitHubSessions, target: unknown, seed: () => unknown): Promise<void> {
	const { host: named, again = false, then } = readTarget(target);
	const host = named ?? (await chooseHost(sessions, vscode.l10n.t('Sign in to GitHub')));
	if (host === undefined) {
		return;
	}
	await sessions.ask(host, { again });
	await (then === 'seed' ? seed() : then?.());
}

/** The only host there is, or the one that the person chooses. */
export async function chooseHost(sessions: GitHubSessions, title: string): Promise<string | undefined> {
	const hosts = sessions.hosts().map(({ host }) => host);
	if (hosts.length === 1) {
		return hosts[0];
	}
	return vscode.window.showQuickPick(hosts, { title, placeHolder: vscode.l10n.t('Choose where to sign in') });
}

function readTarget(value: unknown): SignInTarget {
	if (typeof value !== 'object' || value === null) {
		return {};
	}
	const { host, again, then } = value as Record<string, unknown>;
	return {
		...(typeof host === 'string' && { host }),
		...(typeof again === 'boolean' && { again }),
		...((then === 'seed' || typeof then === 'function') && { then: then as NonNullable<SignInTarget['then']> }),
	};
}
