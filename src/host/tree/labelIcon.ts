const UNKNOWN_COLOR = '8b949e';

/**
 * A dot in a label's colour as a data address. Nothing but six hexadecimal digits gets into the image;
 * a faint rim keeps white visible on a light theme and black on a dark one.
 */
export function labelIconUri(color: string | undefined): string {
	const fill = color !== undefined && /^[0-9a-f]{6}$/i.test(color) ? color : UNKNOWN_COLOR;
	const svg =
		'<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">' +
		`<circle cx="8" cy="8" r="5" fill="#${fill}" stroke="#808080" stroke-opacity="0.6"/></svg>`;
	return `data:image/svg+xml;base64,${btoa(svg)}`;
}
