import type { Palette } from './workloadSvg';

/** The theme's colours as they are now. */
export function themePalette(): Palette {
	const style = getComputedStyle(document.body);
	const read = (name: string) => style.getPropertyValue(name).trim();
	return {
		background: read('--vscode-editor-background'),
		text: read('--vscode-editor-foreground'),
		ready: read('--part-ready'),
		changesRequested: read('--part-changes-requested'),
		draft: read('--part-draft'),
		stale: read('--part-stale'),
		reviewRequested: read('--part-review-requested'),
	};
}
