import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Browser, type BrowserContext, chromium, type FrameLocator, type Locator, type Page } from 'playwright-core';
import { artifactsRoot } from './paths';
import { QuickInput } from './quickInput';
import type { ServerEditor } from './serverEditor';
import { type TreeRow, TreeView } from './treeView';

/** Names and values the workbench takes from its address, such as `['extensionDevelopmentPath', uri]`. */
export type Payload = readonly (readonly [name: string, value: string])[];

export interface WorkbenchOptions {
	/** Absolute path of the folder to open; no folder by default. */
	readonly folder?: string;
	/** Absolute path of the workspace file to open, in place of a folder. */
	readonly workspace?: string;
	/** Absolute path of an extension under development; only a server with `testDriver` heeds it. */
	readonly extensionDevelopmentPath?: string;
	/** More for the window; only a server with `testDriver` heeds it. */
	readonly payload?: Payload;
	/** Runs before the page opens; the place for `page.exposeFunction`. */
	readonly prepare?: (page: Page) => Promise<void>;
}

const themes = {
	light: { setting: 'Light 2026', className: 'vs' },
	dark: { setting: 'Dark 2026', className: 'vs-dark' },
	hcDark: { setting: 'Default High Contrast', className: 'hc-black' },
	hcLight: { setting: 'Default High Contrast Light', className: 'hc-light' },
} as const;

export type Theme = keyof typeof themes;

const browserArguments = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--no-first-run'];

/** What takes a second at rest takes many where others use the machine too; to wait longer costs only a test that fails. */
const PATIENCE_MS = 60_000;

/** A window of the editor, in a browser. Every method waits, a minute at most, for what it names and then acts. */
export class Workbench {
	readonly quickInput: QuickInput;

	private constructor(
		readonly editor: ServerEditor,
		readonly page: Page,
		private readonly browser: Browser,
	) {
		this.quickInput = new QuickInput(page);
	}

	/** Opens a window of 1400 × 900 on a server and waits until it takes commands. */
	static async open(editor: ServerEditor, options: WorkbenchOptions = {}): Promise<Workbench> {
		const browser = await chromium.launch({ executablePath: editor.editor.browser, args: browserArguments });
		try {
			const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, locale: 'en-US' });
			await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: editor.url });
			await keepSecrets(context);
			const page = await context.newPage();
			page.setDefaultTimeout(PATIENCE_MS);
			await options.prepare?.(page);
			await page.goto(workbenchUrl(editor, options), { waitUntil: 'commit' });
			const workbench = new Workbench(editor, page, browser);
			await workbench.waitUntilReady();
			return workbench;
		} catch (error) {
			await browser.close();
			throw error;
		}
	}

	/** Runs a command by its full title, `Category: Title`, from the command palette. */
	async runCommand(title: string): Promise<void> {
		await this.retry(`The command palette does not offer "${title}".`, async () => {
			await this.openPalette();
			await this.quickInput.type(`>${title}`);
			const row = this.quickInput.row(title);
			// An extension's commands come a moment after the window does, and an open palette does not notice them.
			if (!(await isShown(row, 1500))) {
				await this.quickInput.cancel();
				return false;
			}
			await this.quickInput.choose(row);
			return true;
		});
	}

	/** Clicks a button of the modal dialog. The dialog's text can be awaited with `dialog`. */
	async dialogButton(text: string): Promise<void> {
		await this.dialog().locator('.monaco-button').filter({ hasText: text }).click();
	}

	/** The modal dialog that contains the text. */
	dialog(text?: string): Locator {
		const box = this.page.locator('.monaco-dialog-box');
		return text === undefined ? box : box.filter({ hasText: text });
	}

	/** Waits for a notification that contains the text; its buttons are `.monaco-button` within. */
	async notification(text: string | RegExp): Promise<Locator> {
		const center = this.page.locator('.notifications-center.visible');
		if (this.editor.testDriver && !(await center.isVisible())) await this.page.locator('[id="status.notifications"]').click();
		const lists = this.page.locator('.notifications-toasts, .notifications-center.visible');
		const item = lists.locator('.notification-list-item').filter({ hasText: text }).first();
		await item.waitFor();
		return item;
	}

	/** Shows a view container by its title in the activity bar; one that is already shown stays. */
	async openView(containerTitle: string): Promise<void> {
		const action = this.page.locator(`.activitybar .action-item:has(> .action-label[aria-label^=${JSON.stringify(containerTitle)}])`);
		const title = this.page.locator('.part.sidebar .composite.title').filter({ hasText: new RegExp(containerTitle, 'i') });
		await action.waitFor();
		await this.retry(`The view "${containerTitle}" did not open.`, async () => {
			// A window that has just loaded may restore it between the look and the click, which then closes it.
			if ((await action.getAttribute('aria-selected')) !== 'true') await action.click();
			return await isShown(title, 2000);
		});
	}

	/** A view by its title; its container has to be shown. */
	tree(viewTitle: string): TreeView {
		return new TreeView(this.page, viewTitle);
	}

	/** The rows of a view that are on the screen. */
	async treeRows(viewTitle: string): Promise<TreeRow[]> {
		return await this.tree(viewTitle).rows();
	}

	/** Waits for the status bar item that contains the text. */
	async statusBarItem(text: string | RegExp): Promise<Locator> {
		const item = this.page.locator('.part.statusbar .statusbar-item').filter({ hasText: text }).first();
		await item.waitFor();
		return item;
	}

	/** The content of the webview that is shown: it sits in two nested frames. */
	webview(): FrameLocator {
		return this.page.frameLocator('iframe.webview.ready:visible').frameLocator('iframe#active-frame');
	}

	/** Saves the window as `.artifacts/screenshots/<name>.png` and returns that path. */
	async screenshot(name: string): Promise<string> {
		const path = join(artifactsRoot, 'screenshots', `${name}.png`);
		await this.page.screenshot({ path, animations: 'disabled' });
		return path;
	}

	/** Changes the colour theme and waits until the window wears it. */
	async setTheme(theme: Theme): Promise<void> {
		const { setting, className } = themes[theme];
		await this.editor.updateSettings({ 'workbench.colorTheme': setting });
		await this.page.locator(`.monaco-workbench.${className}`).waitFor();
	}

	/** Loads the window anew, extension host included. By the editor's own command, which saves its state before. */
	async reload(): Promise<void> {
		const reloaded = this.page.waitForEvent('framenavigated', (frame) => frame === this.page.mainFrame());
		await this.runCommand('Developer: Reload Window');
		await reloaded;
		await this.waitUntilReady();
	}

	async close(): Promise<void> {
		await this.browser.close();
	}

	private async waitUntilReady(): Promise<void> {
		await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 2 * PATIENCE_MS });
		// The parts are drawn before keys are bound: the palette's answer is the first sign that the window listens.
		await this.openPalette();
		await this.quickInput.cancel();
	}

	private async openPalette(): Promise<void> {
		await this.retry('The command palette did not open.', async () => {
			await this.page.keyboard.press('F1');
			return await isShown(this.quickInput.field, 1000);
		});
	}

	private async retry(failure: string, attempt: () => Promise<boolean>): Promise<void> {
		const deadline = Date.now() + PATIENCE_MS;
		while (!(await attempt())) {
			if (Date.now() > deadline) throw new Error(failure);
			await delay(100);
		}
	}
}

function isShown(element: Locator, withinMs: number): Promise<boolean> {
	return element.waitFor({ timeout: withinMs }).then(() => true, () => false);
}

/**
 * Lets sign-ins outlive a reload, as on a desktop. The workbench keeps secrets in the browser, under a key of which the
 * server holds half; the bare server has no such address, so this answers in its place.
 */
async function keepSecrets(context: BrowserContext): Promise<void> {
	await context.route('**/mint-key', (route) => route.fulfill({ contentType: 'application/octet-stream', body: Buffer.alloc(32, 1) }));
}

function workbenchUrl(editor: ServerEditor, { folder, workspace, extensionDevelopmentPath, payload = [] }: WorkbenchOptions): string {
	const url = new URL(editor.url);
	if (folder) url.searchParams.set('folder', folder);
	else if (workspace) url.searchParams.set('workspace', workspace);
	else url.searchParams.set('ew', 'true');
	const all = [...payload, ['skipWelcome', 'true']];
	if (extensionDevelopmentPath) all.unshift(['extensionDevelopmentPath', editor.remoteUri(extensionDevelopmentPath)]);
	url.searchParams.set('payload', JSON.stringify(all));
	return url.href;
}
