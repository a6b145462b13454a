import assert from 'node:assert/strict';
import type { Credentials } from '../../../src/core/github/credentials';
import { OwnRepositoryList, type FetchPage } from '../../../src/host/seed/ownRepositoryList';

const account: Credentials = { host: 'github.com', apiUrl: 'https://api.github.com', account: '1', token: 't' };
const page = (name: string, hasMore: boolean) => ({
	repositories: [{ ref: { host: 'github.com', owner: 'octo', name }, isPrivate: false, isArchived: false }],
	hasMore,
});

function list(fetchPage: FetchPage, accounts = () => Promise.resolve([account])) {
	const failures: unknown[] = [];
	return { list: new OwnRepositoryList(accounts, fetchPage, (error) => failures.push(error)), failures };
}

describe('the list of own repositories', () => {
	it('grows page by page, one request at a time', async () => {
		const asked: number[] = [];
		const { list: own } = list((_, number) => {
			asked.push(number);
			return Promise.resolve(page(`r${number}`, number < 2));
		});
		assert.equal(own.isPending, true);
		await Promise.all([own.loadMore(), own.loadMore()]);
		assert.deepEqual(asked, [1]);
		await own.loadMore();
		await own.loadMore();
		assert.deepEqual(asked, [1, 2]);
		assert.equal(own.isPending, false);
		assert.deepEqual(own.repositories.map(({ ref }) => ref.name), ['r1', 'r2']);
	});

	it('is empty while nobody is signed in', async () => {
		const { list: own } = list(() => assert.fail('nobody to ask for'), () => Promise.resolve([]));
		await own.loadMore();
		assert.deepEqual([own.isPending, own.problem], [false, undefined]);
	});

	it('keeps a failure as a text, and does not try for ever', async () => {
		const { list: own, failures } = list(() => Promise.reject(new Error('no network')));
		await own.loadMore();
		await own.loadMore();
		assert.deepEqual([String(own.problem), own.isPending, failures.length], ['Error: no network', false, 1]);
	});

	it('stops with the list, silently', async () => {
		const { list: own, failures } = list(
			(_, __, signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))),
		);
		const loading = own.loadMore();
		await Promise.resolve();
		own.dispose();
		await loading;
		assert.deepEqual([own.problem, failures.length], [undefined, 0]);
	});
});
