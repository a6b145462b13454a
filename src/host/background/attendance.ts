import * as vscode from 'vscode';
import type { Clock } from '../../core/model/clock';

/** How long a window counts as attended after it has lost the focus. */
const GRACE_MS = 15 * 60_000;

/** Whether somebody looks at this window, or did so lately. */
export class Attendance implements vscode.Disposable {
	private readonly came = new vscode.EventEmitter<void>();
	private focused: boolean;
	/** Local milliseconds; long ago where the window never had the focus. */
	private leftAt = 0;
	private readonly subscription: vscode.Disposable;

	/** The window has the focus again. */
	readonly onDidCome = this.came.event;

	constructor(
		private readonly clock: Pick<Clock, 'now'>,
		window: Pick<typeof vscode.window, 'state' | 'onDidChangeWindowState'> = vscode.window,
	) {
		this.focused = window.state.focused;
		this.subscription = window.onDidChangeWindowState(({ focused }) => this.follow(focused));
	}

	/** Until when it counts as attended, in local milliseconds. */
	get until(): number {
		return this.focused ? Infinity : this.leftAt + GRACE_MS;
	}

	dispose(): void {
		this.subscription.dispose();
		this.came.dispose();
	}

	private follow(focused: boolean): void {
		if (this.focused && !focused) {
			this.leftAt = this.clock.now();
		}
		const isBack = focused && !this.focused;
		this.focused = focused;
		if (isBack) {
			this.came.fire();
		}
	}
}
