import * as vscode from 'vscode';
import type { SeedService } from '../../core/seedService';
import { GITHUB_HOST, nameWithOwner, parseRepository, repositoryRef, type RepositoryRef } from '../../core/model/repository';
import type { RepositoryReport } from '../../core/sync/seedReport';
import type { Store } from '../../core/store/store';
import type { GitHubSessions } from '../auth/gitHubSessions';
import { editorLocalizer } from '../editorLocalizer';
import { notificationText } from '../format/plainText';
import { reportText } from '../format/progressText';
import type { TreeNode } from '../tree/treeNode';
import type { GitRemotes } from './gitRemotes';
import { OwnRepositoryList, type FetchPage } from './ownRepositoryList';
import { pickRepository } from './repositoryPick';
import type { SeedRunner } from './seedRunner';
import { pickStoredRepository, storedRef, storedRefs } from './storedRepositories';

/** How long a word that needs no answer stays in the status bar. */
const HINT_MS = 5_000;

export interface SeedCommandsOptions {
	runner: SeedRunner;
	sessions: GitHubSessions;
	remotes: GitRemotes;
	store: () => Promise<Store>;
	service: () => Promise<SeedService>;
	fetchOwn: FetchPage;
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
		const { runner } = this.options;
		if (runner.isRunning(ref)) {
			// Whoever asked first is told how it ends.
			return runner.run(ref).catch(() => undefined);
		}
		const report = await runner.run(ref);
		this.tell(report);
		return report;
	}

	/** Seeds the repository of a tree's row. */
	async seedNode(node: unknown): Promise<RepositoryReport | undefined> {
		return isTreeNode(node) && node.kind === 'repository' ? this.seed(storedRef(node.repository)) : undefined;
	}

	/** Brings everything that is stored up to date, one after the other; ends at the first failure. With nothing stored it asks what to seed. */
	async refreshAll(): Promise<void> {
		const store = await this.options.store();
		await store.refresh();
		const refs = storedRefs(await store.repositories());
		if (refs.length === 0) {
			await this.seed();
			return;
		}
		const reports: RepositoryReport[] = [];
		for (const ref of refs) {
			reports.push(await this.options.runner.run(ref));
		}
		for (const report of reports) {
			this.options.log.info(reportText(report, editorLocalizer));
		}
		const [only] = reports;
		const text = only && reports.length === 1 ? reportText(only, editorLocalizer) : vscode.l10n.t('{0} repositories are up to date', reports.length);
		vscode.window.setStatusBarMessage(`$(check) ${text}`, HINT_MS);
	}

	/** Forgets a repository, after asking. @param node a tree's row; without one it is asked which */
	async clear(node?: unknown): Promise<void> {
		const ref = isTreeNode(node) && node.kind === 'repository' ? storedRef(node.repository) : await this.askStored();
		if (!ref) {
			return;
		}
		const clear = vscode.l10n.t('Clear');
		const answer = await vscode.window.showWarningMessage(
			vscode.l10n.t('Clear the stored pull requests of {0}?', nameWithOwner(ref)),
			{ modal: true, detail: vscode.l10n.t('Nothing changes on GitHub. Seeding again fetches everything anew.') },
			clear,
		);
		if (answer === clear) {
			await (await this.options.service()).clear(ref);
		}
	}

	private named(target: unknown): RepositoryRef | undefined {
		const [preferred = GITHUB_HOST] = this.options.sessions.usableHosts().map(({ host }) => host);
		if (typeof target === 'string') {
			return parseRepository(target, preferred);
		}
		if (isRefLike(target)) {
			return repositoryRef(target.host ?? preferred, target.owner, target.name);
		}
		return undefined;
	}

	private async askStored(): Promise<RepositoryRef | undefined> {
		const rows = await (await this.options.store()).repositories();
		if (rows.length === 0) {
			void vscode.window.showInformationMessage(vscode.l10n.t('Nothing is stored.'));
		}
		return pickStoredRepository(rows, vscode.l10n.t('Clear stored data'));
	}

	private async ask(): Promise<RepositoryRef | undefined> {
		const { sessions, store, remotes, fetchOwn, log } = this.options;
		const hosts = sessions.hosts().map(({ host }) => host);
		return pickRepository({
			hosts,
			seeded: store().then(async (opened) => storedRefs(await opened.repositories())),
			own: new OwnRepositoryList(
				() => sessions.silentAll(),
				fetchOwn,
				(error) => log.warn(`Own repositories: ${error instanceof Error ? error.message : String(error)}`),
			),
			watchWorkspace: (listener) => remotes.watch(hosts, listener),
		});
	}

	private tell(report: RepositoryReport): void {
		const text = reportText(report, editorLocalizer);
		this.options.log.info(text);
		for (const note of report.notes) {
			this.options.log.info(`${report.nameWithOwner}: ${note}`);
		}
		void vscode.window.showInformationMessage(notificationText([text, ...report.notes].join('. ')));
	}
}

function isTreeNode(value: unknown): value is TreeNode {
	return typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string';
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
