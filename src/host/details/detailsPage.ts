import * as vscode from 'vscode';
import type { Clock } from '../../core/model/clock';
import { HumanError } from '../../core/model/humanError';
import type { Event } from '../../core/model/event';
import type { Store } from '../../core/store/store';
import { DisposableStore } from '../disposableStore';
import { editorLocalizer } from '../editorLocalizer';
import { isPullRequestNode } from '../tree/selection';
import { detailsMarkdown } from './detailsMarkdown';

const SCHEME = 'pr-seeder';

export interface DetailsPageOptions {
	store: () => Promise<Store>;
	/** Rows changed, so what is shown is old. */
	onDidChange: Event<unknown>;
	clock: Pick<Clock, 'now'>;
}

/**
 * All that is stored of a pull request, as a read-only Markdown document in the editor's own preview: it follows
 * theme, font size and screen reader, can be searched and copied from, runs no script and needs no network.
 */
export class DetailsPage implements vscode.TextDocumentContentProvider, vscode.Disposable {
	private readonly disposables = new DisposableStore();
	private readonly changed = this.disposables.add(new vscode.EventEmitter<vscode.Uri>());

	readonly onDidChange = this.changed.event;

	constructor(private readonly options: DetailsPageOptions) {
		this.disposables.add(vscode.workspace.registerTextDocumentContentProvider(SCHEME, this));
		this.disposables.add(options.onDidChange(() => this.followRows()));
	}

	/** Shows a pull request. @param node a tree's row */
	async show(node: unknown): Promise<void> {
		if (!isPullRequestNode(node)) {
			return;
		}
		const { host, nameWithOwner } = node.repository;
		await this.showPage({ host, nameWithOwner, number: node.row.number });
	}

	/** Shows a pull request that is told by its name. */
	async showPage(page: PageKey): Promise<void> {
		const uri = pageUri(page);
		try {
			await vscode.commands.executeCommand('markdown.showPreview', uri);
		} catch {
			// Somebody has switched the built-in Markdown extension off; its source can be read too.
			await vscode.window.showTextDocument(uri, { preview: true });
		}
	}

	async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
		const { host, nameWithOwner, number } = readPageUri(uri);
		const store = await this.options.store();
		// By name: the id of a row is another after its data was cleared and fetched again.
		const repository = (await store.read.repositories()).find((one) => one.host === host && one.nameWithOwner === nameWithOwner);
		const detail = repository && (await store.read.pullRequestDetail({ repositoryId: repository.id, number }));
		return detail
			? detailsMarkdown(detail, this.options.clock.now(), editorLocalizer)
			: `*${vscode.l10n.t('This pull request is no longer stored.')}*`;
	}

	dispose(): void {
		this.disposables.dispose();
	}

	private followRows(): void {
		for (const { uri } of vscode.workspace.textDocuments) {
			if (uri.scheme === SCHEME) {
				this.changed.fire(uri);
			}
		}
	}
}

/** Names a pull request, whatever the ids of its rows are. */
export interface PageKey {
	host: string;
	nameWithOwner: string;
	number: number;
}

/** The last part of the path is what the tab is called. */
function pageUri({ host, nameWithOwner, number }: PageKey): vscode.Uri {
	return vscode.Uri.from({ scheme: SCHEME, authority: host, path: `/${nameWithOwner} #${number}.md` });
}

function readPageUri({ authority, path }: vscode.Uri): PageKey {
	const [, nameWithOwner, number] = /^\/(.+) #(\d+)\.md$/.exec(path) ?? [];
	if (nameWithOwner === undefined || number === undefined) {
		throw new HumanError(vscode.l10n.t('Not a pull request URL.'));
	}
	return { host: authority, nameWithOwner, number: Number(number) };
}
