/** What a page is made of; addresses as the webview reaches them. */
export interface PanelParts {
	/** Where the webview's resources come from: `webview.cspSource`. */
	source: string;
	script: string;
	style: string;
	/** Another one each time, not to be guessed. */
	nonce: string;
	/** The editor's display language. */
	language: string;
	title: string;
}

/**
 * A page that holds nothing yet: the script writes it. It may load that one script and that one style sheet,
 * and nothing else: no inline script or style, no image, no font, no connection.
 */
export function panelHtml({ source, script, style, nonce, language, title }: PanelParts): string {
	const policy = [`default-src 'none'`, `script-src 'nonce-${nonce}'`, `style-src ${source}`, `form-action 'none'`, `base-uri 'none'`].join('; ');
	return `<!DOCTYPE html>
<html lang="${attribute(language)}">
<head>
	<meta charset="utf-8">
	<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
	<meta name="viewport" content="width=device-width, initial-scale=1">
	<title>${attribute(title)}</title>
	<link rel="stylesheet" href="${attribute(style)}">
	<script nonce="${attribute(nonce)}" type="module" src="${attribute(script)}"></script>
</head>
<body></body>
</html>
`;
}

function attribute(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
