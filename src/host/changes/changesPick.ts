import * as vscode from 'vscode';
import { changeTexts, netChanges } from '../../core/insights/changes';
import type { ChangedPullRequest } from '../../core/store/read/changes';
import type { StoreWith } from '../../core/store/read/reads';
import type { RepositoryRow } from '../../core/store/read/repositories';
import type { RepositoryScope } from '../../core/store/sqlite/condition';
import type { Store } from '../../core/store/store';
import type { PageKey } from '../details/detailsPage';
import { editorLocalizer } from '../editorLocalizer';
import { localized } from '../format/errorText';
import { formatAge, type Localizer } from '../format/localizer';
import { labelText, withoutIcons } from '../format/plainText';
import { pullRequestText } from '../tree/pullRequestText';

/** One pull request that changed, and what did, in words. */
export interface ChangedOne {
	row: ChangedPullRequest;
	repository: RepositoryRow;
	text: string;
}

/** What changed since a moment in some repositories, newest update first. @param since ISO 8601 UTC, second precision */
export async function changedSince(store: StoreWith<'changes' | 'repositories'>, scope: RepositoryScope, since: string, l10n: Localizer): Promise<ChangedOne[]> {
	const repositories = new Map((await store.read.repositories()).map((repository) => [repository.id, repository]));
	return (await store.read.changes({ ...scope, since })).flatMap((row) => {
		const repository = repositories.get(row.repositoryId);
		const texts = changeTexts(netChanges(row.changes)).map((said) => localized(said, l10n));
		return repository === undefined || texts.length === 0 ? [] : [{ row, repository, text: texts.join(' · ') }];
	});
}

export interface ChangesPickOptions {
	store: () => Promise<Store>;
	scope: { inStore(store: Store): Promise<RepositoryScope> };
	/** When somebody last looked before this time, ISO 8601 UTC. */
	lastVisit: () => string;
	now: () => number;
	show: (page: PageKey) => Promise<void>;
}

/** Shows what changed since the last visit, and the page of the one that is chosen. */
export async function showChanges({ store, scope, lastVisit, now, show }: ChangesPickOptions): Promise<void> {
	const [opened, since, l10n] = [await store(), lastVisit(), editorLocalizer];
	const changed = await changedSince(opened, await scope.inStore(opened), since, l10n);
	const several = new Set(changed.map(({ repository }) => repository.id)).size > 1;
	const items = changed.map(({ row, repository, text }) => {
		const { icon } = pullRequestText(row, now(), l10n);
		return {
			label: `$(${icon.id}) ${withoutIcons(`#${row.number} ${row.title}`)}`,
			description: withoutIcons([...(several ? [repository.nameWithOwner] : []), formatAge(row.updatedAt, now(), l10n)].join(' · ')),
			detail: withoutIcons(labelText(text, 600)),
			page: { host: repository.host, nameWithOwner: repository.nameWithOwner, number: row.number },
		};
	});
	const title = vscode.l10n.t('Changed Since Your Last Visit ({0})', formatAge(since, now(), l10n));
	const nothing = { label: vscode.l10n.t('No changes'), page: undefined };
	const chosen = await vscode.window.showQuickPick<vscode.QuickPickItem & { page: PageKey | undefined }>(items.length === 0 ? [nothing] : items, { title, matchOnDetail: true, matchOnDescription: true });
	if (chosen?.page) {
		await show(chosen.page);
	}
}
