import * as vscode from 'vscode';
import { DisposableStore } from './disposableStore';
import type { StatusSource } from './statusSource';
import type { StatusText } from './statusText';

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
		this.renderLater();
		const shown = this.source.text;
		if (!shown) {
			this.item.hide();
			return;
		}
		this.item.text = shown.text;
		this.item.tooltip = ['PR Seeder', ...shown.tooltip, ...shown.background].join('\n');
		this.item.accessibilityInformation = { label: spokenText(shown) };
		this.item.backgroundColor = shown.warning ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
		this.item.show();
	}

	// A budget becomes whole, and ages grow, without anything happening here.
	private renderLater(): void {
		clearTimeout(this.timer);
		this.timer = setTimeout(() => this.render(), this.source.msUntilOther);
	}
}

function spokenText({ background, text, tooltip }: StatusText): string {
	const shown = text.replace(/\$\([^)]*\)\s*/g, '');
	// Where the item has nothing to show, it shows its name.
	return [...new Set(['PR Seeder', shown, ...tooltip, ...background])].filter((part) => part !== '').join(', ');
}
