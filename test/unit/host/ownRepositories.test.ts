import assert from 'node:assert/strict';
import { ForbiddenError, TransientError, UnauthorizedError } from '../../../src/core/github/errors';
import { ownRepositories } from '../../../src/core/github/ownRepositories';
import { RateBudget } from '../../../src/core/github/rateBudget';
import { CancelledError } from '../../../src/core/model/humanError';

const account = { host: 'ghe.example.com', apiUrl: 'https://ghe.example.com/api/v3', account: '1', token: 'secret-token' };
const repository = (login: string, name: string) => ({ name, owner: { login }, private: true, archived: false });

function answering(status: number, body: unknown, headers: Record<string, string> = {}) {
	const asked: { url: string; authorization: string | null }[] = [];
	const fetch: typeof globalThis.fetch = (input, init) => {
		asked.push({ url: input instanceof Request ? input.url : String(input), authorization: new Headers(init?.headers).get('authorization') });
		return Promise.resolve(new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } }));
	};
	return { fetch, asked };
}

describe('ownRepositories', () => {
	it('asks for one page and says whether there is another', async () => {
		const { fetch, asked } = answering(200, [repository('octo', 'harbor'), repository('octo', '..')], {
			link: '<https://ghe.example.com/api/v3/user/repos?page=3>; rel="next", <https://ghe.example.com/>; rel="first"',
			'x-ratelimit-limit': '5000',
			'x-ratelimit-remaining': '4998',
			'x-ratelimit-reset': '2000000000',
		});
		const budget = new RateBudget({ now: () => 0, steady: () => 0 });
		assert.deepEqual(await ownRepositories(account, 2, { fetch, budget }), {
			repositories: [{ ref: { host: 'ghe.example.com', owner: 'octo', name: 'harbor' }, isPrivate: true, isArchived: false }],
			hasMore: true,
		});
		assert.equal(asked.length, 1);
		const url = new URL(asked[0]!.url);
		assert.equal(url.origin + url.pathname, 'https://ghe.example.com/api/v3/user/repos');
		assert.deepEqual(Object.fromEntries(url.searchParams), {
			affiliation: 'owner,collaborator,organization_member',
			sort: 'pushed',
			per_page: '100',
			page: '2',
		});
		assert.equal(asked[0]!.authorization, 'bearer secret-token');
		assert.equal(budget.current.rest?.remaining, 4998);
	});

	it('knows the last page', async () => {
		const { fetch } = answering(200, []);
		assert.deepEqual(await ownRepositories(account, 1, { fetch }), { repositories: [], hasMore: false });
	});

	it('says what a failure means, never with the token', async () => {
		const failure = async (status: number) =>
			ownRepositories(account, 1, { fetch: answering(status, { message: 'no' }).fetch }).then(
				() => assert.fail('it answered'),
				(error: unknown) => error,
			);
		for (const [status, type] of [[401, UnauthorizedError], [403, ForbiddenError], [502, TransientError]] as const) {
			const error = await failure(status);
			assert.ok(error instanceof type, String(error));
			assert.ok(!JSON.stringify(error, Object.getOwnPropertyNames(error)).includes('secret-token'));
		}
	});

	it('tells a missing network from a stop', async () => {
		const refuse = () => Promise.reject(new TypeError('fetch failed'));
		await assert.rejects(ownRepositories(account, 1, { fetch: refuse }), (error) => error instanceof TransientError && error.reason === 'network');
		const abort = AbortSignal.abort();
		await assert.rejects(ownRepositories(account, 1, { fetch: refuse, signal: abort }), CancelledError);
	});
});
