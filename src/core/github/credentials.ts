/**
 * Where a host's API answers, and with whose right. The token lives in this object alone:
 * it is read for each request and appears in no error, log or file.
 */
export interface Credentials {
	/** `github.com`, or the host (and port) of a GitHub Enterprise Server. */
	host: string;
	/** `https://api.github.com`, or an address that ends in `/api/v3`. Plain http is for loopback only. */
	apiUrl: string;
	/** The account's name or id: a budget and ETags belong to one account on one host. */
	account: string;
	token: string;
}
