import * as vscode from 'vscode';
import type { SeedService } from '../../core/seedService';
import { GITHUB_HOST, nameWithOwner, parseRepository, repositoryRef, type RepositoryRef } from '../../core/model/repository';
import type { Clock } from '../../core/model/clock';
import { inEnglish } from '../../core/model/sentence';
import type { SeedOptions } from '../../core/sync/seedOptions';
import type { RepositoryReport } from '../../core/sync/seedReport';
import type { Store } from '../../core/store/store';
import type { GitHubSessions } from '../auth/gitHubSessions';
import type { RepositoryKeeper } from '../background/repositoryKeeper';
import type { Settings } from '../settings';
import { editorLocalizer } from '../editorLocalizer';
import { localized } from '../format/errorText';
import { notificationText } from '../format/plainText';
import { goingOn } from '../goingOn';
import { reportText } from '../format/progressText';
import { inStatusBar, type SeedRound } from '../projects/seedRound';
import type { TreeNode } from '../tree/treeNode';
import type { GitRemotes } from '../git/gitRemotes';
import { OwnRepositoryList, type FetchPage } from './ownRepositoryList';
import { pickRepository } from './repositoryPick';
import { askSeedOptions } from './seedOptionSteps';
import type { SeedRunner } from './seedRunner';
import { pickStoredRepository, storedRef, storedRefs } from './storedRepositories';

export interface SeedCommandsOptions {
	runner: SeedRunner;
	round: SeedRound;
	sessions: GitHubSessions;
	settings: Pick<Settings, 'seedOptions'>;
	clock: Pick<Clock, 'now'>;
	remotes: GitRemotes;
	store: () => Promise<Store>;
	service: () => Promise<SeedService>;
	fetchOwn: FetchPage;
	background: Pick<RepositoryKeeper, 'isChosen' | 'drop'>;
	log: vscode.LogOutputChannel;
}

/** What a person can have done with repositories. Failures are thrown: whoever registers the commands shows them. */
export class SeedCommands {
	constructor(private readonly options: SeedCommandsOptions) {}

	/**
	 * Seeds the repository that is named, or asks which one.
	 * @param target `owner/repo`, an address, or the parts of a name; anything else counts as nothing given.
	 *   Without a host it is on the person's own server where one is configured, otherwise on github.com.
	 */
	async seed(target?: unknown): Promise<RepositoryReport | undefined> {
		const ref = this.named(target) ?? (await this.ask());
		if (!ref) {
			return undefined;
		}
		return this.begin(ref);
	}

	/**
	 * Asks what to do with a repository before it is seeded, as the options of the command line do.
	 * @param target as for {@link seed}, or a tree's row
	 */
	async seedWithOptions(target?: unknown): Promise<RepositoryReport | undefined> {
		const title = vscode.l10n.t('Seed Repo PRs with Options');
		const known = this.known(target);
		const { settings, clock } = this.options;
		for (;;) {
			const ref = known ?? (await this.ask(title));
			if (!ref) {
				return undefined;
			}
			this.options.runner.assertFree(ref);
			const answer = await askSeedOptions({ title, before: known ? 0 : 1, settings: settings.seedOptions(), now: () => clock.now() });
			if (answer === undefined) {
				return undefined;
			}
			if (answer !== 'back') {
				return this.runAndTell(ref, answer.value);
			}
		}
	}

	/**
	 * Compares everything that is stored of a repository with GitHub, to find what vanished without a trace.
	 * @param target as for {@link seed}, or a tree's row; without one it is asked which
	 */
	async verify(target?: unknown): Promise<RepositoryReport | undefined> {
		const ref = this.known(target) ?? (await this.askStored(vscode.l10n.t('Check Stored Data Against GitHub')));
		if (!ref) {
			return undefined;
		}
		this.options.runner.assertFree(ref);
		return this.runAndTell(ref, { ...this.options.settings.seedOptions(), verify: true, keepExtent: true });
	}

	/** Brings the repository of a tree's row up to date. */
	async seedNode(node: unknown): Promise<RepositoryReport | undefined> {
		const ref = isTreeNode(node) ? repositoryOf(node) : undefined;
		return ref && this.refresh(ref);
	}

	/** Brings what is stored of a repository up to date, and fetches no more of it. */
	async refresh(ref: RepositoryRef): Promise<RepositoryReport | undefined> {
		return this.begin(ref, { ...this.options.settings.seedOptions(), keepExtent: true });
	}

	/** Brings everything that is stored up to date, one after the other, and tells once how it ended; with nothing stored it asks what to seed. */
	async refreshAll(): Promise<void> {
		const store = await this.options.store();
		await store.refresh();
		const refs = storedRefs(await store.read.repositories());
		if (refs.length === 0) {
			await this.seed();
			return;
		}
		const options = { ...this.options.settings.seedOptions(), keepExtent: true };
		await this.options.round.run(
			vscode.l10n.t('Refresh'),
			refs.map((ref) => ({ ref, options })),
			(text, { reports: [first] }) => inStatusBar(first && refs.length === 1 ? reportText(first, editorLocalizer) : text),
		);
	}

	/** Forgets a repository, after asking. @param target as for {@link verify} */
	async clear(target?: unknown): Promise<void> {
		const ref = this.known(target) ?? (await this.askStored(vscode.l10n.t('Remove Repository from This Machine')));
		if (!ref) {
			return;
		}
		const { background, service } = this.options;
		const consequences = [
			vscode.l10n.t('Nothing changes on GitHub. You can fetch it again at any time.'),
			...(background.isChosen(ref) ? [vscode.l10n.t('It is no longer kept up to date in the background.')] : []),
		];
		const clear = vscode.l10n.t('Remove');
		const answer = await vscode.window.showWarningMessage(
			vscode.l10n.t('Remove {0} from this machine?', nameWithOwner(ref)),
			{ modal: true, detail: consequences.join(' ') },
			clear,
		);
		if (answer === clear) {
			await background.drop([ref]);
			await (await service()).clear(ref);
		}
	}

	/** The repository that a command was given; `undefined` when it was given none. @throws HumanError for a text that names none */
	named(target: unknown): RepositoryRef | undefined {
		const [preferred = GITHUB_HOST] = this.options.sessions.usableHosts().map(({ host }) => host);
		if (typeof target === 'string') {
			return parseRepository(target, preferred);
		}
		if (isRefLike(target)) {
			return repositoryRef(target.host ?? preferred, target.owner, target.name);
		}
		return undefined;
	}

	private known(target: unknown): RepositoryRef | undefined {
		return isTreeNode(target) ? repositoryOf(target) : this.named(target);
	}

	private async askStored(title: string): Promise<RepositoryRef | undefined> {
		const rows = await (await this.options.store()).read.repositories();
		if (rows.length === 0) {
			void vscode.window.showInformationMessage(vscode.l10n.t('Nothing is stored.'));
		}
		return pickStoredRepository(rows, title);
	}

	private async ask(title = vscode.l10n.t('Seed repo PRs')): Promise<RepositoryRef | undefined> {
		const { sessions, store, remotes, fetchOwn, log } = this.options;
		const hosts = sessions.hosts().map(({ host }) => host);
		return pickRepository({
			title,
			hosts,
			seeded: store().then(async (opened) => storedRefs(await opened.read.repositories())),
			own: new OwnRepositoryList(
				() => sessions.silentAll(),
				fetchOwn,
				(error) => log.warn(`Own repositories: ${error instanceof Error ? error.message : String(error)}`),
			),
			watchWorkspace: (listener) => remotes.watch(hosts, listener),
		});
	}

	private async begin(ref: RepositoryRef, options?: SeedOptions): Promise<RepositoryReport | undefined> {
		const { runner } = this.options;
		if (runner.isRunning(ref)) {
			// Whoever asked first is told how it ends.
			return runner.run(ref).catch(() => undefined);
		}
		return this.runAndTell(ref, options);
	}

	private runAndTell(ref: RepositoryRef, options?: SeedOptions): Promise<RepositoryReport> {
		return goingOn(async () => {
			const report = await this.options.runner.run(ref, options);
			void this.tell(ref, report);
			return report;
		});
	}

	/** The end of a run, with what a person can do about what was left out. */
	private async tell(ref: RepositoryRef, report: RepositoryReport): Promise<void> {
		const text = reportText(report, editorLocalizer);
		this.options.log.info(text);
		for (const { said } of report.notes) {
			this.options.log.info(`${report.nameWithOwner}: ${inEnglish(said)}`);
		}
		const notes = report.notes.map(({ said }) => localized(said, editorLocalizer));
		const grant = vscode.l10n.t('Grant…');
		const buttons = report.notes.some(({ action }) => action === 'grantTeamAccess') ? [grant] : [];
		const chosen = await vscode.window.showInformationMessage(notificationText([text, ...notes].join('. ')), ...buttons);
		if (chosen === grant) {
			await vscode.commands.executeCommand('prSeeder.grantTeamAccess', ref);
		}
	}
}

function isTreeNode(value: unknown): value is TreeNode {
	return typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string';
}

/** The repository that a row belongs to; a project's group has several. */
function repositoryOf(node: TreeNode): RepositoryRef | undefined {
	switch (node.kind) {
		case 'repository':
		case 'pullRequest':
			return storedRef(node.repository);
		case 'group':
			return node.owner.kind === 'repository' ? storedRef(node.owner.repository) : undefined;
		case 'more':
			return node.parent.kind === 'group' ? repositoryOf(node.parent) : undefined;
		case 'nothing':
			return repositoryOf(node.parent);
	}
}

function isRefLike(value: unknown): value is { host?: string; owner: string; name: string } {
	return (
		typeof value === 'object' &&
		value !== null &&
		'owner' in value &&
		typeof value.owner === 'string' &&
		'name' in value &&
		typeof value.name === 'string' &&
		(!('host' in value) || typeof value.host === 'string')
	);
}
