import * as vscode from 'vscode';
import type { RepositoryRef } from '../../core/model/repository';
import type { GitHubSessions } from './gitHubSessions';
import { chooseHost } from './signIn';

/**
 * Lets the sign-in read the names of teams, then brings up to date what lacks them.
 * @param ref of which a note said that they are missing; without one everything that is stored
 * @throws SignedOutError when the person declines
 */
export async function grantTeamAccess(
	sessions: GitHubSessions,
	ref: RepositoryRef | undefined,
	refresh: (ref: RepositoryRef | undefined) => Promise<unknown>,
): Promise<void> {
	const host = ref?.host ?? (await chooseHost(sessions, vscode.l10n.t('Grant Access to Team Names')));
	if (host === undefined) {
		return;
	}
	await sessions.askForTeams(host, { insist: ref !== undefined });
	await refresh(ref);
}
