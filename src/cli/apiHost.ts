import { apiUrlOf } from '../core/github/apiAddress';
import { GITHUB_HOST } from '../core/model/repository';
import { siteHost } from '../core/model/siteHost';

const ENTERPRISE_PATH = '/api/v3';

/**
 * Whose API answers at an address: one that ends in `/api/v3` or is the API's on ghe.com names its own host, any other
 * speaks for github.com.
 * @param apiUrl without a slash at its end
 */
export function hostOfApi(apiUrl: string): string {
	const url = new URL(apiUrl);
	return apiUrl.endsWith(ENTERPRISE_PATH) ? url.host : url.hostname.endsWith('.ghe.com') ? siteHost(url.host) : GITHUB_HOST;
}

/** Whether a host's API answers where it does everywhere. */
export function isUsualApi(host: string, apiUrl: string): boolean {
	return apiUrl === apiUrlOf(new URL(`https://${host}`));
}
