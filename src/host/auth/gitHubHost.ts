import { addressProblem, apiUrlOf } from '../../core/github/apiAddress';
import { HumanError } from '../../core/model/humanError';
import { GITHUB_HOST } from '../../core/model/repository';
import type { Localizer } from '../format/localizer';

/** A place where pull requests live, and the editor's authentication provider for it. */
export interface GitHubHost {
	providerId: 'github' | 'github-enterprise';
	/** As in a repository's address, with the port when it is not the scheme's own. */
	host: string;
	/** Where its REST API answers. */
	apiUrl: string;
}

export const PUBLIC_GITHUB: GitHubHost = { providerId: 'github', host: GITHUB_HOST, apiUrl: 'https://api.github.com' };

/**
 * Reads the address that `github-enterprise.uri` holds; `undefined` when there is none.
 * @throws HumanError when it is one that a token must not be sent to
 */
export function enterpriseHost(uri: string | undefined, l10n: Pick<Localizer, 't'>): GitHubHost | undefined {
	const text = uri?.trim() ?? '';
	if (text === '') {
		return undefined;
	}
	if (!URL.canParse(text)) {
		throw new HumanError(
			l10n.t('The setting github-enterprise.uri is "{0}", which is not an address: write it as https://ghe.example.com.', text),
		);
	}
	const url = new URL(text);
	const problem = addressProblem(url);
	if (problem === 'unprotected') {
		throw new HumanError(
			l10n.t('The setting github-enterprise.uri is "{0}": change it to https, because your sign-in would cross the network unprotected.', text),
		);
	}
	if (problem === 'credentials') {
		throw new HumanError(
			l10n.t('The setting github-enterprise.uri holds a user name or password: remove it, signing in happens in the editor.'),
		);
	}
	if (url.host === GITHUB_HOST) {
		return undefined;
	}
	return { providerId: 'github-enterprise', host: url.host, apiUrl: apiUrlOf(url) };
}
