import { TOKEN } from './protocol';

/** The least that the reference clients need of GitHub's API; one request after another. */
export class ReferenceApi {
	constructor(private readonly url: string) {}

	async graphql<T>(query: string, variables: Record<string, unknown>): Promise<T> {
		const response = await fetch(`${this.url}/graphql`, { method: 'POST', headers: this.headers(), body: JSON.stringify({ query, variables }) });
		const { data, errors } = (await response.json()) as { data?: T; errors?: { message: string }[] };
		if (!data || errors) {
			throw new Error(errors?.[0]?.message ?? `GraphQL answered ${response.status}`);
		}
		return data;
	}

	async get<T>(path: string): Promise<T> {
		const response = await fetch(`${this.url}${path}`, { headers: this.headers() });
		if (!response.ok) {
			throw new Error(`${path} answered ${response.status}`);
		}
		return (await response.json()) as T;
	}

	private headers(): Record<string, string> {
		return { authorization: `bearer ${TOKEN}`, 'user-agent': 'bench' };
	}
}

export interface PullRequestPage<T> {
	repository: { pullRequests: { pageInfo: { hasNextPage: boolean; endCursor: string | null }; nodes: T[] } };
}
