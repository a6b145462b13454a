import assert from 'node:assert/strict';
import { renameAccount } from '../../github-server/renameAccount';
import { oauthToken } from '../../github-server/tokens';
import { assertEqualsServer } from './equality';
import { REPO, SyncHarness, TOKEN } from './syncHarness';

const OTHER = 'octo/quay';

describe('a person who takes another login', () => {
	let h: SyncHarness;
	let to: string;
	let renames = 0;

	beforeEach(async () => {
		h = await SyncHarness.start();
		const from = `octo-before-${++renames}`;
		to = `octo-after-${renames}`;
		h.world.createRepository(OTHER);
		for (const name of [REPO, OTHER]) {
			for (let i = 0; i < 4; i++) {
				h.world.createPullRequest(name, { author: from });
			}
			h.world.assign(name, 1, from);
			h.world.assign(name, 1, 'octo-ada');
			h.world.requestReview(name, 2, from);
			h.world.addReview(name, 3, from, 'CHANGES_REQUESTED');
			h.world.assign(name, 3, from);
		}
		h.later();
		await h.seed();
		await h.seed({}, OTHER);
		renameAccount(h.world, from, to);
		h.later();
		h.world.editTitle(REPO, 4, 'Seen after it');
		h.later();
		await h.seed();
	});

	afterEach(() => h.stop());

	const rows = async (sql: string) => (await (await h.open()).store.query(sql, { rows: 99 })).rows;

	async function assertOne(): Promise<void> {
		const login = `'${to}'`;
		assert.deepEqual(await rows("SELECT login FROM member WHERE login LIKE 'octo-before%' OR login LIKE 'octo-after%'"), [[to]]);
		assert.deepEqual(await rows(`SELECT count(*) FROM pull_request WHERE author_login = ${login}`), [[8]]);
		const assigned = (await rows('SELECT assignees FROM pull_request WHERE number = 1')).map(([names]) => (JSON.parse(String(names)) as string[]).sort());
		assert.deepEqual(assigned, [['octo-ada', to], ['octo-ada', to]]);
		assert.deepEqual(await rows(`SELECT number, count(*) FROM pull_request_assignee WHERE login = ${login} GROUP BY number`), [[1, 2], [3, 2]]);
		assert.deepEqual(await rows(`SELECT count(*) FROM review_request WHERE login = ${login}`), [[2]]);
		assert.deepEqual(await rows(`SELECT count(*) FROM review WHERE author_login = ${login}`), [[2]]);
		const { store } = await h.open();
		assert.deepEqual((await store.read.mergedGroups('author', {})).map(({ title }) => title), [to]);
		assert.deepEqual((await store.read.workload({ staleBefore: '', mergedSince: '9' })).map(({ login: who, ready, changesRequested, draft, reviewRequested }) => [who, ready + changesRequested + draft, reviewRequested]), [['octo-ada', 2, 0], [to, 4, 2], [null, 4, 0]]);
	}

	it('is one person everywhere, once seen on any pull request of any repository', () => assertOne());

	it('stays that when an older record is written again', async () => {
		await h.forgetProcess();
		const { seeder, store } = await h.open();
		await store.removeRepository(h.ref);
		await seeder.restore();
		await assertOne();
		const report = await h.seed({ verify: true });
		assert.deepEqual(report.mended, []);
	});

	it('is that in a database that was made anew from the cache', async () => {
		const { seeder, store } = await h.open();
		for (const name of [REPO, OTHER]) {
			await store.removeRepository({ ...h.ref, name: name.split('/')[1] ?? '' });
		}
		await seeder.restore();
		await assertOne();
	});
});

describe('whoever is asked for a review, and nowhere an author or assigned', () => {
	let h: SyncHarness;
	let asked: string;
	let accounts = 0;

	beforeEach(async () => {
		h = await SyncHarness.start();
		asked = `octo-asked-${++accounts}`;
		h.createPullRequests(2);
		h.world.requestReview(REPO, 1, asked);
		h.world.requestReview(REPO, 2, 'octo/crew');
		h.later();
		await h.seed();
	});

	afterEach(() => h.stop());

	it('is not asked any more once the account is deleted, says a verify', async () => {
		const { number } = h.world.createPullRequest(REPO, { author: asked });
		await h.seed();
		h.world.ghostAuthor(REPO, number);
		h.later();
		await h.seed({ verify: true });
		await assertEqualsServer(h);
	});

	it('is called by the new login after a verify', async () => {
		renameAccount(h.world, asked, `octo-called-${accounts}`);
		h.later();
		await h.seed({ verify: true });
		await assertEqualsServer(h);
	});

	it('is not read again as long as nothing has changed', async () => {
		await h.seed({ verify: true });
		assert.deepEqual(h.operations, ['Probe', 'Fingerprints']);
	});
});

describe('whoever has reviewed, and nowhere else', () => {
	let h: SyncHarness;
	let reviewer: string;
	let accounts = 0;

	beforeEach(async () => {
		h = await SyncHarness.start();
		reviewer = `octo-reviewer-${++accounts}`;
		h.createPullRequests(2);
		h.world.addReview(REPO, 1, reviewer, 'APPROVED');
		h.world.addReview(REPO, 1, null, 'COMMENTED');
		h.later();
		await h.seed();
	});

	afterEach(() => h.stop());

	it('is nobody any more once the account is deleted, says a verify', async () => {
		const { number } = h.world.createPullRequest(REPO, { author: reviewer });
		await h.seed();
		h.world.ghostAuthor(REPO, number);
		h.later();
		await h.seed({ verify: true });
		await assertEqualsServer(h);
	});

	it('is called by the new login after a verify', async () => {
		renameAccount(h.world, reviewer, `octo-known-${accounts}`);
		h.later();
		await h.seed({ verify: true });
		await assertEqualsServer(h);
	});

	it('is not read again as long as nothing has changed', async () => {
		await h.seed({ verify: true });
		assert.deepEqual(h.operations, ['Probe', 'Fingerprints']);
	});
});

describe('teams whose names may not be read', () => {
	it('are as many as they are', async () => {
		const h = await SyncHarness.start();
		try {
			h.createPullRequests(1);
			['octo/crew', 'octo/dock', 'octo-ada'].forEach((name) => h.world.requestReview(REPO, 1, name));
			h.later();
			await h.seed();
			const { store } = await h.open();
			const asked = async () => (await store.read.pullRequestDetail({ repositoryId: (await store.read.repositories())[0]!.id, number: 1 }))?.reviewRequests.sort();
			assert.deepEqual(await asked(), ['a team', 'a team', 'octo-ada']);
			h.token = 'reads-teams';
			h.server.setToken(oauthToken({ value: h.token, scopes: ['repo', 'read:org'] }));
			h.later(86_400);
			h.world.editTitle(REPO, 1, 'Changed');
			h.later();
			await h.seed();
			assert.deepEqual(await asked(), ['octo-ada', 'octo/crew', 'octo/dock']);
			h.token = TOKEN;
			h.later(86_400);
			h.world.editTitle(REPO, 1, 'Changed again');
			h.later();
			await h.seed();
			assert.deepEqual(await asked(), ['octo-ada', 'octo/crew', 'octo/dock']);
		} finally {
			await h.stop();
		}
	});
});
