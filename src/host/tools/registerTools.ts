import * as vscode from 'vscode';
import { markedText } from '../../core/model/visibleText';
import { markdownText } from '../format/plainText';
import { EditorTool, type Preparation, type ToolSources } from './editorTool';
import type { StoredTool } from './storedTool';

/** As in package.json, which tells models what each of them takes. */
export const TOOL_NAMES = ['prSeeder_listPullRequests', 'prSeeder_milestones', 'prSeeder_workload', 'prSeeder_query'] as const;
type ToolName = (typeof TOOL_NAMES)[number];

/**
 * Offers what is stored to the editor's agents.
 * @param editor one that knows no agents is left alone
 */
export function registerTools(sources: ToolSources, editor: { lm?: Partial<Pick<typeof vscode.lm, 'registerTool'>> } = vscode): vscode.Disposable {
	const { lm } = editor;
	if (typeof lm?.registerTool !== 'function') {
		return new vscode.Disposable(() => undefined);
	}
	const { registerTool } = lm;
	return vscode.Disposable.from(...TOOL_NAMES.map((name) => registerTool(name, makeTool(name, sources))));
}

/** One of the tools. */
export function makeTool(name: ToolName, sources: ToolSources): EditorTool {
	const [load, prepare] = TOOLS[name];
	return new EditorTool(sources, load, prepare);
}

const TOOLS: Record<ToolName, [load: () => Promise<StoredTool>, prepare: Preparation]> = {
	prSeeder_listPullRequests: [
		async () => (await import('./pullRequestsTool')).pullRequestsTool,
		(input) => ({ invocationMessage: said(vscode.l10n.t('Looking through the stored pull requests'), input) }),
	],
	prSeeder_milestones: [
		async () => (await import('./milestonesTool')).milestonesTool,
		(input) => ({ invocationMessage: said(vscode.l10n.t('Reading the progress of the stored milestones'), input) }),
	],
	prSeeder_workload: [
		async () => (await import('./workloadTool')).workloadTool,
		(input) => ({ invocationMessage: said(vscode.l10n.t('Calculating workload'), input) }),
	],
	prSeeder_query: [
		async () => (await import('./queryTool')).queryTool,
		(input) => ({
			invocationMessage: vscode.l10n.t('Running a read-only query on the stored pull requests'),
			confirmationMessages: { title: vscode.l10n.t('Run this query on the stored pull requests?'), message: statementShown(input) },
		}),
	],
};

/** What is about to be done, with everything that was asked for. The words are the model's: text, and nothing more. */
function said(doing: string, input: unknown): vscode.MarkdownString {
	const asked = typeof input === 'object' && input !== null ? Object.entries(input).filter(([, value]) => value !== null && value !== undefined) : [];
	const conditions = asked.map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`).join(', ');
	return new vscode.MarkdownString(conditions === '' ? doing : `${doing} (${markdownText(markedText(conditions.slice(0, 500)))})`);
}

function statementShown(input: unknown): vscode.MarkdownString {
	const sql = typeof input === 'object' && input !== null && 'sql' in input && typeof input.sql === 'string' ? input.sql : '';
	const message = new vscode.MarkdownString(`${vscode.l10n.t('It only reads, and stops after 5 seconds or 100 rows. What it finds goes to the language model.')}\n\n`);
	// A longer fence than any in it, so that nothing of it can leave the block.
	const fence = '`'.repeat(Math.max(3, ...[...sql.matchAll(/`+/g)].map(([run]) => run.length + 1)));
	return message.appendMarkdown(`${fence}sql\n${markedText(sql)}\n${fence}\n`);
}
