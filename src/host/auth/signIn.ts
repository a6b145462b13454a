import * as vscode from 'vscode';
import type { GitHubSessions } from './gitHubSessions';

/** Signs in: to the host that is named, to the only one there is, or to the one that the person chooses. */
export async function signIn(sessions: GitHubSessions, target?: unknown): Promise<void> {
	const { host, again } = isTarget(target) ? target : { host: await chooseHost(sessions), again: false };
	if (host !== undefined) {
		await sessions.ask(host, { again });
	}
}

async function chooseHost(sessions: GitHubSessions): Promise<string | undefined> {
	const hosts = sessions.hosts().map(({ host }) => host);
	if (hosts.length === 1) {
		return hosts[0];
	}
	return vscode.window.showQuickPick(hosts, { title: vscode.l10n.t('Sign in to GitHub'), placeHolder: vscode.l10n.t('Choose where to sign in') });
}

function isTarget(value: unknown): value is { host: string; again: boolean } {
	return typeof value === 'object' && value !== null && 'host' in value && typeof value.host === 'string' && 'again' in value;
}
