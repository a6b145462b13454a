import type { GithubServer } from '../../github-server/githubServer';

export interface ErrorEntry {
	type?: string;
	path?: (string | number)[];
	message: string;
	extensions?: { code?: string; typeName?: string; fieldName?: string };
}

export interface Reply<T> {
	status: number;
	headers: Headers;
	data: T;
	errors: ErrorEntry[];
}

/** One GraphQL request with the accepted token. */
export async function graphql<T = Record<string, unknown>>(server: GithubServer, query: string, variables: object = {}, token = 'test-token'): Promise<Reply<T>> {
	const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers: { authorization: `bearer ${token}` }, body: JSON.stringify({ query, variables }) });
	const body = (await response.json()) as { data: T; errors?: ErrorEntry[] };
	return { status: response.status, headers: response.headers, data: body.data, errors: body.errors ?? [] };
}

export async function rest(server: GithubServer, path: string, headers: Record<string, string> = {}): Promise<Response> {
	return fetch(server.url + path, { headers: { authorization: 'bearer test-token', ...headers }, redirect: 'manual' });
}
