import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { attributesOf } from '../../core/filter/conditions';
import type { Event } from '../../core/model/event';
import { HumanError } from '../../core/model/humanError';
import type { HostMessage, Tab } from '../../webview/protocol';
import { readPageRequest } from '../../webview/readPageRequest';
import { DisposableStore } from '../disposableStore';
import { editorLocalizer } from '../editorLocalizer';
import { errorText } from '../format/errorText';
import { OverviewRequests, type OverviewSources } from './overviewRequests';
import { panelHtml } from './panelHtml';
import { saveExport } from './saveExport';
import type { WorkFilter } from './workFilter';

/** Stands in package.json too: the editor activates the extension for a page of an earlier window. */
export const OVERVIEW_VIEW_TYPE = 'prSeeder.overview';

export interface OverviewPanelOptions extends Omit<OverviewSources, 'save' | 'takeTab' | 'l10n' | 'filter'> {
	extensionUri: vscode.Uri;
	filter: WorkFilter;
	/** Rows or settings changed, so what is shown is old. */
	onDidChange: Event<unknown>[];
	/** Notes what went wrong; the page says it to the person. */
	note: (error: unknown) => void;
}

/** The overview page: at most one, which survives a reload of the window. */
export class OverviewPanel implements vscode.Disposable {
	private readonly disposables = new DisposableStore();
	private readonly requests: OverviewRequests;
	private panel: vscode.WebviewPanel | undefined;
	private wantedTab: Tab | undefined;
	private countedUnder: string;

	constructor(private readonly options: OverviewPanelOptions) {
		this.countedUnder = JSON.stringify(attributesOf(options.filter.get()));
		this.requests = new OverviewRequests({ ...options, l10n: editorLocalizer, save: saveExport, takeTab: () => this.takeTab() });
		this.disposables.add(
			vscode.window.registerWebviewPanelSerializer(OVERVIEW_VIEW_TYPE, {
				// What it showed is kept by the page itself.
				deserializeWebviewPanel: (panel) => {
					this.adopt(panel);
					return Promise.resolve();
				},
			}),
		);
		for (const onDidChange of options.onDidChange) {
			this.disposables.add(onDidChange(() => this.post({ kind: 'dataChanged' })));
		}
		this.disposables.add(options.filter.onDidChange(() => this.onDidFilter()));
	}

	/** Shows the page, or brings it to the front, at a tab. */
	show(tab: Tab): void {
		if (this.panel) {
			// A hidden page starts anew when it is shown, and asks then.
			if (this.panel.visible) {
				this.post({ kind: 'showTab', tab });
			} else {
				this.wantedTab = tab;
			}
			this.panel.reveal();
			return;
		}
		this.wantedTab = tab;
		this.adopt(vscode.window.createWebviewPanel(OVERVIEW_VIEW_TYPE, vscode.l10n.t('PR Overview'), vscode.ViewColumn.Active));
	}

	dispose(): void {
		this.panel?.dispose();
		this.disposables.dispose();
	}

	/** A chosen part changes no number; what the numbers are counted under does. */
	private onDidFilter(): void {
		const { filter } = this.options;
		this.post({ kind: 'selectionChanged', selection: filter.work ?? null });
		const countedUnder = JSON.stringify(attributesOf(filter.get()));
		if (countedUnder !== this.countedUnder) {
			this.countedUnder = countedUnder;
			this.post({ kind: 'dataChanged' });
		}
	}

	private adopt(panel: vscode.WebviewPanel): void {
		this.panel?.dispose();
		this.panel = panel;
		const folder = vscode.Uri.joinPath(this.options.extensionUri, 'dist', 'webview');
		const { webview } = panel;
		webview.options = { enableScripts: true, localResourceRoots: [folder], enableCommandUris: false, enableForms: false };
		const icon = (theme: string) => vscode.Uri.joinPath(this.options.extensionUri, 'media', `overview-${theme}.svg`);
		panel.iconPath = { light: icon('light'), dark: icon('dark') };
		webview.onDidReceiveMessage((message: unknown) => void this.receive(webview, message));
		panel.onDidDispose(() => {
			if (this.panel === panel) {
				this.panel = undefined;
			}
		});
		webview.html = panelHtml({
			source: webview.cspSource,
			script: webview.asWebviewUri(vscode.Uri.joinPath(folder, 'overview.js')).toString(),
			style: webview.asWebviewUri(vscode.Uri.joinPath(folder, 'overview.css')).toString(),
			nonce: randomBytes(16).toString('base64url'),
			language: vscode.env.language,
			title: vscode.l10n.t('PR Overview'),
		});
	}

	private async receive(webview: vscode.Webview, message: unknown): Promise<void> {
		const request = readPageRequest(message);
		if (!request) {
			return;
		}
		const { id } = request;
		let reply: HostMessage;
		try {
			reply = { kind: 'reply', id, result: await this.requests.answer(request) };
		} catch (error) {
			this.options.note(error);
			reply = { kind: 'error', id, message: error instanceof HumanError ? errorText(error, editorLocalizer) : vscode.l10n.t('Something went wrong. The log says what.') };
		}
		await webview.postMessage(reply);
	}

	/** To a page that is shown. One that is hidden asks for everything when it is shown again. */
	private post(message: HostMessage): void {
		if (this.panel?.visible === true) {
			void this.panel.webview.postMessage(message);
		}
	}

	private takeTab(): Tab | undefined {
		const tab = this.wantedTab;
		this.wantedTab = undefined;
		return tab;
	}
}
