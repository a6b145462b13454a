import { OverviewPage } from './overviewPage';
import { readPageState, type PageState } from './pageState';
import type { HostMessage } from './protocol';
import { RequestChannel } from './requestChannel';

/** What the editor gives to a webview: https://code.visualstudio.com/api/extension-guides/webview */
declare function acquireVsCodeApi(): { postMessage(message: unknown): void; getState(): unknown; setState(state: PageState): void };

const editor = acquireVsCodeApi();
let page: OverviewPage | undefined;
const channel = new RequestChannel((message) => editor.postMessage(message), (event) => page?.onEvent(event));
// Only the editor's own frame can reach this one.
window.addEventListener('message', ({ data }: MessageEvent<HostMessage>) => channel.receive(data));

async function start(): Promise<void> {
	const kept = readPageState(editor.getState());
	const shown = new OverviewPage(await channel.ask<'start'>({ kind: 'start' }), channel, kept, (state) => editor.setState(state));
	page = shown;
	await shown.load();
	window.scrollTo(0, kept.scroll);
	window.addEventListener('scrollend', () => shown.update({ scroll: window.scrollY }));
}

void start();
