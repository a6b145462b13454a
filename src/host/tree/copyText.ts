import type { PullRequestRow } from '../../core/store/read/pullRequestRow';
import { labelText, markdownText } from '../format/plainText';

/** `#12`, one a line. */
export function numberLines(rows: readonly Pick<PullRequestRow, 'number'>[]): string {
	return rows.map(({ number }) => `#${number}`).join('\n');
}

/**
 * `[#12 Mend the pier](https://…)`; several as a list. The title is text wherever it is pasted.
 * @param rows with addresses that are safe to open
 */
export function markdownLinks(rows: readonly { number: number; title: string; url: string }[]): string {
	const links = rows.map(({ number, title, url }) => `[#${number} ${markdownText(labelText(title, 500))}](<${url}>)`);
	return links.length === 1 ? (links[0] ?? '') : links.map((link) => `- ${link}`).join('\n');
}
