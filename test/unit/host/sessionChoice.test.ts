import assert from 'node:assert/strict';
import { SessionChoice, type CreateOptions, type EditorSession, type MemoryPort, type SessionAccount, type SessionMemory } from '../../../src/host/auth/sessionChoice';
import { sessionMemory } from '../../../src/host/auth/sessionMemory';

const ada: SessionAccount = { id: '1', label: 'ada' };
const grace: SessionAccount = { id: '2', label: 'grace' };
const PULL_REQUESTS = ['read:user', 'user:email', 'repo', 'workflow'];
const PULL_REQUESTS_WIDE = [...PULL_REQUESTS, 'project', 'read:org'];

/** An editor with sessions, which finds one by its exact scopes, and a person who agrees to everything unless told otherwise. */
class Editor {
	readonly sessions: (EditorSession & { scopes: readonly string[] })[] = [];
	readonly asked: (CreateOptions & { scopes: readonly string[] })[] = [];
	/** Whom the person signs in as. */
	person = ada;
	declines = false;
	memory: SessionMemory = { account: undefined, refused: [] };
	private count = 0;

	has(scopes: readonly string[], account = ada): EditorSession {
		const session = { id: `session-${++this.count}`, accessToken: `token-${this.count}`, account, scopes };
		this.sessions.push(session);
		return session;
	}

	/** A window of this editor. */
	window(): SessionChoice {
		const key = (scopes: readonly string[]) => [...scopes].sort().join(' ');
		const memory: MemoryPort = { get: () => this.memory, set: (value) => (this.memory = value) };
		return new SessionChoice(
			{
				find: (scopes, account) => Promise.resolve(this.sessions.find((one) => key(one.scopes) === key(scopes) && (account === undefined || one.account.id === account.id))),
				create: (scopes, options) => {
					this.asked.push({ scopes, ...options });
					return this.declines ? Promise.reject(new Error('User did not consent to login.')) : Promise.resolve(this.has(scopes, options.account ?? this.person));
				},
			},
			memory,
		);
	}

	/** The person signs out of an account. */
	signOut(account: SessionAccount): void {
		for (const one of this.sessions.filter((session) => session.account.id === account.id)) this.sessions.splice(this.sessions.indexOf(one), 1);
	}
}

describe('the choice of a session', () => {
	let editor: Editor;
	let window: SessionChoice;
	const used = async () => (await window.silent())?.id;

	beforeEach(() => {
		editor = new Editor();
		window = editor.window();
	});

	for (const scopes of [PULL_REQUESTS_WIDE, PULL_REQUESTS, ['repo', 'workflow'], ['read:user', 'user:email', 'repo'], ['repo', 'read:org'], ['repo']]) {
		it(`uses one for ${scopes.join(', ')} that is there, without a question`, async () => {
			const session = editor.has([...scopes].reverse());
			assert.deepEqual([await window.silent(), await window.ask({ again: false })], [session, session]);
			assert.deepEqual(editor.asked, []);
		});
	}

	it('makes one with the least only when there is none, and never without being asked', async () => {
		editor.has(['gist']);
		editor.has(['read:org']);
		assert.equal(await window.silent(), undefined);
		const { id } = await window.ask({ again: false });
		assert.deepEqual(editor.asked, [{ scopes: ['repo'], again: false, wants: 'repositories' }]);
		assert.equal(await used(), id);
	});

	it('prefers one that may read team names, then the one that may read the most', async () => {
		editor.has(['repo']);
		const usual = editor.has(PULL_REQUESTS);
		assert.equal(await used(), usual.id);
		const teams = editor.has(['repo', 'read:org']);
		assert.equal(await used(), teams.id);
		const wide = editor.has(PULL_REQUESTS_WIDE);
		assert.equal(await used(), wide.id);
	});

	it('says nothing was agreed to when the person declines, and can be asked again', async () => {
		editor.declines = true;
		await assert.rejects(window.ask({ again: false }), /did not consent/);
		assert.equal(await window.silent(), undefined);
		editor.declines = false;
		assert.equal((await window.ask({ again: false })).account, ada);
	});

	describe('of somebody with two accounts', () => {
		it('keeps to the account that was used, in this window and the next, as long as it has a session', async () => {
			const first = editor.has(['repo']);
			assert.equal(await used(), first.id);
			editor.has(PULL_REQUESTS_WIDE, grace);
			assert.equal(await used(), first.id);
			window = editor.window();
			assert.equal(await used(), first.id);
			const wider = editor.has(PULL_REQUESTS);
			assert.equal(await used(), wider.id);
			editor.signOut(ada);
			assert.equal((await window.silent())?.account, grace);
			// And then to that one.
			editor.has(PULL_REQUESTS_WIDE);
			assert.equal((await window.silent())?.account, grace);
		});

		it('takes the one that they chose when they signed in', async () => {
			editor.person = grace;
			await window.ask({ again: false });
			editor.has(PULL_REQUESTS_WIDE, ada);
			assert.equal((await window.silent())?.account, grace);
		});

		it('asks for team names for the account that is used', async () => {
			editor.has(['repo'], grace);
			await window.silent();
			editor.has(['repo'], ada);
			assert.equal((await window.askForTeams({ insist: true })).account, grace);
			assert.deepEqual(editor.asked[0]?.account, grace);
		});
	});

	describe('that GitHub refused', () => {
		it('forces a new one with the least, and is not used again: not even where it has more scopes', async () => {
			const wide = editor.has(PULL_REQUESTS_WIDE);
			assert.equal(await used(), wide.id);
			const { id } = await window.ask({ again: true });
			assert.deepEqual(editor.asked, [{ scopes: ['repo'], again: true, wants: 'repositories' }]);
			assert.equal(await used(), id);
			window = editor.window();
			assert.equal(await used(), id);
			// The extension that it belongs to has made it anew.
			const anew = editor.has(PULL_REQUESTS_WIDE);
			editor.sessions.splice(editor.sessions.indexOf(editor.sessions.find((one) => one.id === wide.id) ?? assert.fail()), 1);
			assert.equal(await used(), anew.id);
		});

		it('goes on being used when the person declines, for it may have been refused by mistake', async () => {
			const session = editor.has(PULL_REQUESTS);
			editor.declines = true;
			await assert.rejects(window.ask({ again: true }));
			assert.deepEqual([await used(), editor.memory.refused], [session.id, []]);
		});

		it('does not make an account change to another', async () => {
			const session = editor.has(['repo']);
			await window.ask({ again: true });
			editor.signOut(ada);
			editor.sessions.push({ ...session, scopes: ['repo'] });
			editor.has(PULL_REQUESTS, grace);
			assert.equal(await window.silent(), undefined);
		});

		it('is remembered as one of a few', async () => {
			for (let count = 0; count < 50; count++) await window.ask({ again: true });
			assert.ok(editor.memory.refused.length <= 20);
		});
	});

	describe('for team names', () => {
		it('asks for read:org beside repo, and is used from then on', async () => {
			editor.has(PULL_REQUESTS);
			const { id } = await window.askForTeams({ insist: true });
			assert.deepEqual(editor.asked, [{ scopes: ['repo', 'read:org'], account: ada, again: false, wants: 'teams' }]);
			assert.equal(await used(), id);
		});

		it('asks nothing where there is one, unless GitHub says that it may not', async () => {
			const wide = editor.has(PULL_REQUESTS_WIDE);
			assert.equal(await window.askForTeams({ insist: false }), wide);
			assert.deepEqual(editor.asked, []);
			const { id } = await window.askForTeams({ insist: true });
			assert.deepEqual(editor.asked, [{ scopes: ['repo', 'read:org'], account: ada, again: true, wants: 'teams' }]);
			assert.equal(await used(), id);
		});

		it('signs in whoever is signed out', async () => {
			const { id } = await window.askForTeams({ insist: false });
			assert.deepEqual(editor.asked, [{ scopes: ['repo', 'read:org'], account: undefined, again: false, wants: 'teams' }]);
			assert.equal(await used(), id);
		});
	});

	it('is not led astray by an editor that knows nothing of accounts', async () => {
		editor.has(['repo'], ada);
		await window.silent();
		const careless = new SessionChoice(
			{ find: (scopes) => Promise.resolve(editor.sessions.find((one) => one.scopes.join() === scopes.join())), create: () => assert.fail() },
			{ get: () => editor.memory, set: () => undefined },
		);
		editor.has(PULL_REQUESTS, grace);
		assert.equal((await careless.silent())?.account, ada);
	});
});

describe('what is remembered of sessions', () => {
	it('is kept by host, holds no token, and is believed only as far as it has the right shape', () => {
		const kept = new Map<string, unknown>();
		const memento = { get: (key: string) => kept.get(key), update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)) } as unknown as Parameters<typeof sessionMemory>[0];
		const memory = sessionMemory(memento, 'github.com');
		assert.deepEqual(memory.get(), { account: undefined, refused: [] });
		memory.set({ account: ada, refused: ['a'] });
		assert.deepEqual(memory.get(), { account: ada, refused: ['a'] });
		assert.deepEqual(sessionMemory(memento, 'ghe.example.com').get(), { account: undefined, refused: [] });
		for (const wrong of ['text', null, [], { account: { id: 1, label: 'ada' }, refused: 'x' }, { account: 'ada', refused: [1, null] }]) {
			kept.set('prSeeder.sessions.github.com', wrong);
			assert.deepEqual(memory.get(), { account: undefined, refused: [] });
		}
	});
});
