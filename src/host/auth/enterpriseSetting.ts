import * as vscode from 'vscode';
import { HumanError } from '../../core/model/humanError';
import { editorLocalizer } from '../editorLocalizer';
import { enterpriseHost, type GitHubHost } from './gitHubHost';

/**
 * The GitHub Enterprise Server of `github-enterprise.uri`, from the user's settings alone.
 * @throws HumanError when the address is unusable, or when a workspace names another one: the editor's
 *   own sign-in follows the workspace, so its token would belong to a server that the person never chose
 */
export function configuredEnterpriseHost(): GitHubHost | undefined {
	const found = vscode.workspace.getConfiguration('github-enterprise').inspect<string>('uri');
	const host = enterpriseHost(found?.globalValue, editorLocalizer);
	const ofWorkspace = found?.workspaceValue;
	if (host !== undefined && ofWorkspace !== undefined && ofWorkspace !== found?.globalValue) {
		throw new HumanError(
			vscode.l10n.t(
				'This workspace sets github-enterprise.uri to "{0}", but your own settings say "{1}". Remove it from the workspace settings: which server your sign-in belongs to is your choice alone.',
				ofWorkspace,
				found?.globalValue ?? '',
			),
		);
	}
	return host;
}

export function affectsEnterpriseHost(event: vscode.ConfigurationChangeEvent): boolean {
	return event.affectsConfiguration('github-enterprise.uri');
}
