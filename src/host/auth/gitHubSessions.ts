import * as vscode from 'vscode';
import type { Credentials } from '../../core/github/credentials';
import { HumanError, messageOf } from '../../core/model/humanError';
import type { Redactor } from '../../core/model/redactor';
import { affectsEnterpriseHost, configuredEnterpriseHost } from './enterpriseSetting';
import { PUBLIC_GITHUB, type GitHubHost } from './gitHubHost';
import { whenProviderIsThere } from './lateProvider';
import { SessionChoice, type CreateOptions, type EditorSession, type SessionPort } from './sessionChoice';
import { sessionMemory } from './sessionMemory';

/** Nobody is signed in to a host, and without a person there nobody could be asked. */
export class SignedOutError extends HumanError {
	override readonly name = 'SignedOutError';

	constructor(
		readonly host: string,
		options?: ErrorOptions,
	) {
		super(vscode.l10n.t('You are not signed in to {0}. Sign in, then try again; what is stored stays readable meanwhile.', host), options);
	}
}

/** Who somebody is on a host. */
export interface Account {
	host: string;
	login: string;
}

/**
 * The editor's own GitHub sessions: the only source of tokens. A token is asked for anew each time and
 * passed on in {@link Credentials}; it is never logged or written, and kept only to be recognised where it must not be.
 */
export class GitHubSessions implements vscode.Disposable {
	private readonly changed = new vscode.EventEmitter<void>();
	private readonly subscriptions = [
		vscode.authentication.onDidChangeSessions(({ provider }) => {
			if (provider.id === 'github' || provider.id === 'github-enterprise') {
				this.changed.fire();
			}
		}),
		vscode.workspace.onDidChangeConfiguration((event) => {
			if (affectsEnterpriseHost(event)) {
				this.changed.fire();
			}
		}),
	];

	/** Somebody signed in or out, or named another server. */
	readonly onDidChange = this.changed.event;

	/** By host. */
	private readonly choices = new Map<string, SessionChoice>();

	/**
	 * @param redactor told of every token before anything is done with it
	 * @param memento keeps which account is used, over windows
	 */
	constructor(
		private readonly log: vscode.LogOutputChannel,
		private readonly redactor: Redactor,
		private readonly memento: Pick<vscode.Memento, 'get' | 'update'>,
	) {}

	/**
	 * The hosts that can be signed in to: the person's own server first, then github.com.
	 * @throws HumanError when the configured server can't be used
	 */
	hosts(): GitHubHost[] {
		const enterprise = configuredEnterpriseHost();
		return enterprise ? [enterprise, PUBLIC_GITHUB] : [PUBLIC_GITHUB];
	}

	/** {@link hosts}, leaving out a server that can't be used: for what happens without a person asking. */
	usableHosts(): GitHubHost[] {
		try {
			return this.hosts();
		} catch {
			return [PUBLIC_GITHUB];
		}
	}

	/** Whoever is signed in already; never asks. */
	async silent(host: string): Promise<Credentials | undefined> {
		const known = this.usableHosts().find((candidate) => candidate.host === host);
		if (!known) {
			return undefined;
		}
		try {
			const session = await this.choiceOf(known).silent();
			return session && this.credentialsOf(known, session);
		} catch (error) {
			this.log.warn(`No session for ${host}: ${messageOf(error)}`);
			return undefined;
		}
	}

	/** Every host that somebody is signed in to already; never asks. */
	async silentAll(): Promise<Credentials[]> {
		const found = await Promise.all(this.usableHosts().map(({ host }) => this.silent(host)));
		return found.filter((credentials) => credentials !== undefined);
	}

	/** Whom the editor has signed in to each host; never asks. */
	async accounts(): Promise<Account[]> {
		const found = await Promise.all(
			this.usableHosts().map(async (known) => {
				const session = await this.choiceOf(known).silent().catch(() => undefined);
				return session && { host: known.host, login: session.account.label };
			}),
		);
		return found.filter((account) => account !== undefined);
	}

	/**
	 * Signs in when nobody is. Only for what a person started just now: it opens a dialog.
	 * @param again asks for a new sign-in although there is one, because the host refused it
	 * @throws SignedOutError when the person declines
	 */
	ask(host: string, { again = false } = {}): Promise<Credentials> {
		return this.asking(host, (choice) => choice.ask({ again }));
	}

	/**
	 * Makes sure that the sign-in may read the names of teams. Only for what a person started just now: it opens a dialog.
	 * @param insist the host says that it may not, whatever the editor says
	 * @throws SignedOutError when the person declines
	 */
	askForTeams(host: string, { insist = false } = {}): Promise<Credentials> {
		return this.asking(host, (choice) => choice.askForTeams({ insist }));
	}

	private async asking(host: string, ask: (choice: SessionChoice) => Promise<EditorSession>): Promise<Credentials> {
		const known = this.hosts().find((candidate) => candidate.host === host);
		if (!known) {
			throw new HumanError(
				vscode.l10n.t(
					'There is no sign-in for {0}. If it is your GitHub Enterprise Server, put its address in your user setting github-enterprise.uri.',
					host,
				),
			);
		}
		try {
			return this.credentialsOf(known, await ask(this.choiceOf(known)));
		} catch (error) {
			// The editor rejects alike for "the person closed the dialog" and for a failure that it has shown itself.
			throw new SignedOutError(host, { cause: error });
		}
	}

	dispose(): void {
		vscode.Disposable.from(...this.subscriptions).dispose();
		this.changed.dispose();
	}

	private choiceOf(host: GitHubHost): SessionChoice {
		const known = this.choices.get(host.host) ?? new SessionChoice(editorSessions(host.providerId), sessionMemory(this.memento, host.host));
		this.choices.set(host.host, known);
		return known;
	}

	private credentialsOf({ host, apiUrl }: GitHubHost, session: EditorSession): Credentials {
		this.redactor.add(session.accessToken);
		return { host, apiUrl, account: session.account.id, token: session.accessToken };
	}
}

/** The editor's sessions behind their port. */
function editorSessions(providerId: GitHubHost['providerId']): SessionPort {
	return {
		find: (scopes, account) => whenProviderIsThere(() => vscode.authentication.getSession(providerId, scopes, { silent: true, ...(account && { account }) })),
		create: (scopes, { account, again, wants }) => {
			const asked: vscode.AuthenticationGetSessionPresentationOptions = { detail: purposeOf(wants) };
			const whose = account && { account };
			return whenProviderIsThere(() =>
				again
					? vscode.authentication.getSession(providerId, scopes, { forceNewSession: asked, ...whose })
					: vscode.authentication.getSession(providerId, scopes, { createIfNone: asked, ...whose }),
			);
		},
	};
}

/** What the editor says below its question. */
function purposeOf(wants: CreateOptions['wants']): string {
	return wants === 'teams'
		? vscode.l10n.t('PR Seeder reads the names of the teams that are asked for a review, and which teams you are in. For that it needs the permission read:org.')
		: vscode.l10n.t('PR Seeder reads pull requests. It changes nothing on GitHub.');
}
