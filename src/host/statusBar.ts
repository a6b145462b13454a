import * as vscode from 'vscode';
import { DisposableStore } from './disposableStore';
import type { StatusSource } from './statusSource';

/** Later than the reset itself, so that a clock that is a little off doesn't show the old budget again. */
const AFTER_RESET_MS = 1_000;

/** The one status bar item: the budget, or what is going on. */
export class StatusBar implements vscode.Disposable {
	private readonly disposables = new DisposableStore();
	private readonly item = this.disposables.add(
		vscode.window.createStatusBarItem('prSeeder.budget', vscode.StatusBarAlignment.Right, 100),
	);
	private timer: ReturnType<typeof setTimeout> | undefined;

	constructor(private readonly source: StatusSource) {
		this.item.name = 'PR Seeder';
		this.item.command = 'prSeeder.showStatus';
		this.disposables.add(source.onDidChange(() => this.render()));
		this.render();
	}

	dispose(): void {
		clearTimeout(this.timer);
		this.disposables.dispose();
	}

	private render(): void {
		this.renderAtReset();
		const shown = this.source.text;
		if (!shown) {
			this.item.hide();
			return;
		}
		this.item.text = shown.text;
		this.item.tooltip = ['PR Seeder', ...shown.tooltip].join('\n');
		this.item.accessibilityInformation = { label: ['PR Seeder', withoutIconNames(shown.text), ...shown.tooltip].join(', ') };
		this.item.backgroundColor = shown.warning ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
		this.item.show();
	}

	// A budget becomes whole without anything happening here.
	private renderAtReset(): void {
		clearTimeout(this.timer);
		const wait = this.source.msUntilReset;
		this.timer = wait === undefined ? undefined : setTimeout(() => this.render(), wait + AFTER_RESET_MS);
	}
}

function withoutIconNames(text: string): string {
	return text.replace(/\$\([^)]*\)\s*/g, '');
}
