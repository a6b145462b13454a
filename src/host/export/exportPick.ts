import * as vscode from 'vscode';
import type { ExportKind } from '../../core/export/exportRows';
import { EXPORT_FORMATS, type ExportFormat } from '../../core/export/exportText';
import type { Answer } from '../quickInput/answer';
import { chooseOne } from '../quickInput/steps';

/** What is to be taken elsewhere. */
export type ExportChoice = { what: 'database' } | { what: ExportKind; format: ExportFormat; filtered: boolean };

type What = 'filtered' | ExportKind | 'database';

/**
 * Asks what to export, and in which format. `undefined` when the person turned away.
 * @param narrowed the views' filter in words, empty when it lets through what it always does; plain text
 */
export async function pickExport(narrowed: string): Promise<ExportChoice | undefined> {
	const title = vscode.l10n.t('Export');
	let last: What = 'filtered';
	for (;;) {
		const answer: Answer<What> = await chooseOne<What>({ title, step: 1, totalSteps: 2, canGoBack: false }, choices(narrowed), last);
		if (answer === undefined || answer === 'back') {
			return undefined;
		}
		last = answer.value;
		if (last === 'database') {
			return { what: last };
		}
		const format = await chooseOne<ExportFormat>({ title, step: 2, totalSteps: 2, canGoBack: true }, formats());
		if (format !== 'back') {
			return format && { what: last === 'filtered' ? 'pull-requests' : last, format: format.value, filtered: last === 'filtered' };
		}
	}
}

function choices(narrowed: string) {
	return [
		{ value: 'filtered' as const, label: `$(filter) ${vscode.l10n.t('Pull requests as the views show them')}`, description: narrowed === '' ? vscode.l10n.t('open') : narrowed },
		{ value: 'pull-requests' as const, label: `$(git-pull-request) ${vscode.l10n.t('All pull requests')}` },
		{ value: 'workload' as const, label: `$(person) ${vscode.l10n.t('Workload')}` },
		{ value: 'milestones' as const, label: `$(milestone) ${vscode.l10n.t('Milestones')}` },
		{ value: 'database' as const, label: `$(database) ${vscode.l10n.t('A copy of the database')}`, description: 'SQLite' },
	];
}

function formats() {
	const words: Record<ExportFormat, string> = {
		csv: vscode.l10n.t('for spreadsheets; no cell is a formula'),
		json: vscode.l10n.t('for programs; every text as it is'),
	};
	return EXPORT_FORMATS.map((value) => ({ value, label: value.toUpperCase(), description: words[value] }));
}
