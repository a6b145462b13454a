import * as vscode from 'vscode';
import { parseRepository, type RepositoryRef } from '../../core/model/repository';
import type { RepositoryRow } from '../../core/store/read/repositories';

export function storedRef(row: RepositoryRow): RepositoryRef {
	return parseRepository(row.nameWithOwner, row.host);
}

/** What is stored, the last synced first. */
export function storedRefs(rows: RepositoryRow[]): RepositoryRef[] {
	return [...rows].sort((a, b) => (b.syncedAt ?? '').localeCompare(a.syncedAt ?? '')).map(storedRef);
}

/** Asks which stored repository is meant; the only one is taken without asking. */
export async function pickStoredRepository(rows: RepositoryRow[], title: string): Promise<RepositoryRef | undefined> {
	const [only] = rows;
	if (rows.length <= 1) {
		return only && storedRef(only);
	}
	const items = rows.map((row) => ({ label: `$(repo) ${row.nameWithOwner}`, description: row.host, row }));
	const chosen = await vscode.window.showQuickPick(items, { title, placeHolder: vscode.l10n.t('Choose a repository') });
	return chosen && storedRef(chosen.row);
}
