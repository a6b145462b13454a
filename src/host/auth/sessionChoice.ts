/** Of a session, as the editor has it, what is looked at here. */
export interface EditorSession {
	readonly id: string;
	readonly accessToken: string;
	readonly account: SessionAccount;
}

export interface SessionAccount {
	readonly id: string;
	/** The login. */
	readonly label: string;
}

/** The editor's sessions for one host. */
export interface SessionPort {
	/** One that is there and has exactly these scopes; never asks, and leaves no mark on the editor's menus. */
	find(scopes: readonly string[], account: SessionAccount | undefined): Promise<EditorSession | undefined>;
	/** Asks the person. @throws when they decline */
	create(scopes: readonly string[], options: CreateOptions): Promise<EditorSession>;
}

export interface CreateOptions {
	/** Whose session it should be; the person chooses when absent. */
	account?: SessionAccount | undefined;
	/** A new one even where there is one. */
	again: boolean;
	/** What it is for. */
	wants: 'repositories' | 'teams';
}

/** What outlives a window. No token is part of it. */
export interface SessionMemory {
	/** Whose sessions are used. */
	account: SessionAccount | undefined;
	/** Sessions, by the editor's own number, in whose place the person made another one because GitHub refused them. */
	refused: readonly string[];
}

export interface MemoryPort {
	get(): SessionMemory;
	set(memory: SessionMemory): void;
}

/** `repo` is the least that lets an OAuth sign-in read private repositories. */
const LEAST: readonly string[] = ['repo'];
/** Besides: who is in an organization, and with it the names of teams that are asked for a review. */
const WITH_TEAMS: readonly string[] = ['repo', 'read:org'];

/**
 * The scopes of sessions that are likely to be there, for the editor finds a session by its exact scopes alone: what
 * may read the most here comes first.
 */
const TEAM_SETS: readonly (readonly string[])[] = [
	// GitHub Pull Requests, when it has asked for everything: https://github.com/microsoft/vscode-pull-request-github/blob/main/src/github/credentials.ts
	['read:user', 'user:email', 'repo', 'workflow', 'project', 'read:org'],
	WITH_TEAMS,
];
const OTHER_SETS: readonly (readonly string[])[] = [
	// GitHub Pull Requests, usually.
	['read:user', 'user:email', 'repo', 'workflow'],
	// Git in the editor: https://github.com/microsoft/vscode/blob/main/extensions/github/src/auth.ts
	['repo', 'workflow'],
	// GitHub Pull Requests, of old.
	['read:user', 'user:email', 'repo'],
	LEAST,
];

/** So many refused sessions are remembered: a person has few at a time, and the editor drops them itself when they sign out. */
const MAX_REFUSED = 20;

interface Found {
	session: EditorSession;
	/** By its scopes it may read the names of teams; where the editor takes a pasted token that proves nothing. */
	withTeams: boolean;
}

/**
 * Chooses among the editor's sessions for one host. A session that is there is used without a question, whichever
 * extension it was made for; one is made only when there is none, with the least scopes. Once an account is used, its
 * sessions are, as long as it has one: a person with two accounts would not know whose budget and whose view they see.
 */
export class SessionChoice {
	constructor(
		private readonly port: SessionPort,
		private readonly memory: MemoryPort,
	) {}

	/** One that is there; never asks. */
	async silent(): Promise<EditorSession | undefined> {
		return (await this.find())?.session;
	}

	/** One that is there, else a new one. @param again a new one anyway, because GitHub refused what is there */
	async ask({ again }: { again: boolean }): Promise<EditorSession> {
		const found = await this.find();
		if (found && !again) {
			return found.session;
		}
		const made = await this.port.create(LEAST, { again, wants: 'repositories' });
		// Only now: whoever declines keeps what there is, which may have been refused by mistake.
		this.use(made, again ? found?.session : undefined);
		return made;
	}

	/**
	 * One that may read the names of teams, of the account that is used.
	 * @param insist a new one even if there seems to be one: GitHub says that it may not
	 */
	async askForTeams({ insist }: { insist: boolean }): Promise<EditorSession> {
		const found = await this.find();
		if (found?.withTeams && !insist) {
			return found.session;
		}
		const again = found?.withTeams === true;
		const made = await this.port.create(WITH_TEAMS, { account: found?.session.account, again, wants: 'teams' });
		this.use(made, again ? found.session : undefined);
		return made;
	}

	private async find(): Promise<Found | undefined> {
		const { account } = this.memory.get();
		if (account) {
			const found = await this.findOf(account);
			if (found !== undefined) {
				return found === 'refused' ? undefined : found;
			}
		}
		const found = await this.findOf(undefined);
		if (found === undefined || found === 'refused') {
			return undefined;
		}
		this.use(found.session, undefined);
		return found;
	}

	/** `refused`: there are sessions, and all of them were. */
	private async findOf(account: SessionAccount | undefined): Promise<Found | 'refused' | undefined> {
		const { refused } = this.memory.get();
		let isRefused = false;
		for (const scopes of [...TEAM_SETS, ...OTHER_SETS]) {
			const session = await this.port.find(scopes, account);
			if (account && session && session.account.id !== account.id) {
				continue;
			}
			if (session && !refused.includes(session.id)) {
				return { session, withTeams: TEAM_SETS.includes(scopes) };
			}
			isRefused ||= session !== undefined;
		}
		return isRefused ? 'refused' : undefined;
	}

	private use({ account, id }: EditorSession, inPlaceOf: EditorSession | undefined): void {
		const before = this.memory.get();
		const refused = inPlaceOf === undefined || inPlaceOf.id === id ? before.refused : [...before.refused, inPlaceOf.id].slice(-MAX_REFUSED);
		if (before.account?.id !== account.id || refused !== before.refused) {
			this.memory.set({ account: { id: account.id, label: account.label }, refused });
		}
	}
}
