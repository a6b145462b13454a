import * as vscode from 'vscode';
import type { Clock } from '../../core/model/clock';
import { HumanError } from '../../core/model/humanError';
import { parseRepository, type RepositoryRef } from '../../core/model/repository';
import type { SeedService } from '../../core/seedService';
import { storedStatus, type StoredStatus } from '../../core/storedStatus';
import type { Store } from '../../core/store/store';
import { errorText } from '../format/errorText';
import { formatNumber } from '../format/localizer';
import { editorLocalizer } from '../editorLocalizer';
import type { RepositoryKeeper } from '../background/repositoryKeeper';
import type { SeedCommands } from '../seed/seedCommands';
import type { SeedRunner } from '../seed/seedRunner';
import { openStorageFolder } from './storageFolder';
import { pickFromStorage, pickRepositoryAction, type RepositoryAction, type StorageAction, type StorageContents } from './storagePick';

export interface StorageCommandsOptions {
	/** The storage folder. */
	folder: vscode.Uri;
	store: () => Promise<Store>;
	service: () => Promise<SeedService>;
	runExport: () => Promise<void>;
	seeds: Pick<SeedCommands, 'seed' | 'refresh' | 'verify' | 'clear'>;
	runner: Pick<SeedRunner, 'activity'>;
	background: Pick<RepositoryKeeper, 'isChosen' | 'drop'>;
	clock: Pick<Clock, 'now'>;
}

/** What a person can see of the storage folder, and have done with it. Failures are thrown: whoever registers the commands shows them. */
export class StorageCommands {
	constructor(private readonly options: StorageCommandsOptions) {}

	/** Shows what is stored, and does what is chosen; after something was cleared, what is left. */
	async show(): Promise<void> {
		const { clock } = this.options;
		for (;;) {
			const choice = await pickFromStorage(this.contents(), () => clock.now());
			if (choice === undefined) {
				return;
			}
			if (!('repository' in choice)) {
				return this.act(choice.action);
			}
			const action = choice.action ?? (await pickRepositoryAction(choice.repository));
			if (action !== undefined) {
				await this.actOn(choice.repository, action);
			}
			if (action === 'refresh' || action === 'verify') {
				return;
			}
		}
	}

	/** Forgets everything that is stored, after asking. */
	async clearAll(): Promise<void> {
		const stored = await this.stored();
		if (stored.length === 0) {
			void vscode.window.showInformationMessage(vscode.l10n.t('Nothing is stored.'));
			return;
		}
		this.assertIdle();
		const { background, service } = this.options;
		const refs = stored.map(({ host, nameWithOwner }) => parseRepository(nameWithOwner, host));
		const consequences = [
			vscode.l10n.t('Nothing changes on GitHub. You can fetch it again at any time.'),
			...(refs.some((ref) => background.isChosen(ref)) ? [vscode.l10n.t('Nothing of it is kept up to date in the background any longer.')] : []),
		];
		const clear = vscode.l10n.t('Remove All');
		const answer = await vscode.window.showWarningMessage(
			question(stored),
			{ modal: true, detail: consequences.join(' ') },
			clear,
		);
		if (answer !== clear) {
			return;
		}
		// A seed may have begun while the question stood there.
		this.assertIdle();
		await background.drop(refs);
		const { failures } = await (await service()).clearAll();
		const [first] = failures;
		if (first !== undefined) {
			throw failures.length === 1 ? first.error : new HumanError(vscode.l10n.t('{0} repositories could not be removed. {1}', failures.length, errorText(first.error, editorLocalizer)));
		}
	}

	openFolder(): Promise<void> {
		return openStorageFolder(this.options.folder);
	}

	private async contents(): Promise<StorageContents> {
		const database = vscode.Uri.joinPath(this.options.folder, 'prs.sqlite');
		const [repositories, file] = await Promise.all([this.stored(), vscode.workspace.fs.stat(database).then(undefined, () => undefined)]);
		return { repositories, databaseBytes: file?.size ?? 0 };
	}

	private async stored(): Promise<StoredStatus[]> {
		const { store, service, clock } = this.options;
		const [opened, made] = await Promise.all([store(), service()]);
		return storedStatus({ service: made, store: opened, now: clock.now() });
	}

	private async actOn(stored: StoredStatus, action: RepositoryAction): Promise<void> {
		const { seeds } = this.options;
		const ref: RepositoryRef = parseRepository(stored.nameWithOwner, stored.host);
		switch (action) {
			case 'refresh':
				await seeds.refresh(ref);
				return;
			case 'verify':
				await seeds.verify(ref);
				return;
			case 'clear':
				await seeds.clear(ref);
		}
	}

	private async act(action: StorageAction): Promise<void> {
		switch (action) {
			case 'seed':
				await this.options.seeds.seed();
				return;
			case 'export':
				return this.options.runExport();
			case 'openFolder':
				return this.openFolder();
			case 'clearAll':
				return this.clearAll();
		}
	}

	/** @throws HumanError while anything is being seeded in this window */
	private assertIdle(): void {
		if (this.options.runner.activity.running.size > 0) {
			throw new HumanError(vscode.l10n.t('A sync is running. Wait until it is done, or cancel it, then try again.'));
		}
	}
}

function question(stored: readonly StoredStatus[]): string {
	const [first] = stored;
	if (first !== undefined && stored.length === 1) {
		return vscode.l10n.t('Remove {0} from this machine?', first.nameWithOwner);
	}
	const pullRequests = stored.reduce((sum, one) => sum + one.pullRequests, 0);
	const counts = [stored.length, pullRequests].map((count) => formatNumber(count, editorLocalizer));
	return vscode.l10n.t('Remove everything stored on this machine: {0} repositories with {1} pull requests?', ...counts);
}
