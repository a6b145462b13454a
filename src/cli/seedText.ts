import { inEnglish } from '../core/model/sentence';
import type { RepositoryReport } from '../core/sync/seedReport';
import { counted, durationText, numberText, partText } from './measures';

/** More numbers than these tell a person nothing; the JSON document has them all. */
const NUMBERS_SHOWN = 20;

/**
 * `octo/harbor: 303 pull requests, 303 new (full) · 58 points, 22 requests · 3.1 s`,
 * `octo/harbor: 303 pull requests · unchanged, 1 request · 0.2 s`, or
 * `octo/harbor: 303 pull requests compared with GitHub, all as stored · 4 points, 4 requests · 0.9 s`, and a line for whatever was left out.
 */
export function repositoryText(report: RepositoryReport): string {
	const { waitedMs, durationMs } = report;
	const what = report.compared === null ? seededTexts(report) : comparedTexts(report, report.compared);
	const time = [waitedMs >= 1000 ? `waited ${durationText(waitedMs)}` : '', durationText(durationMs)].filter((part) => part !== '');
	return [[...what, ...time].join(' · '), ...reservations(report).map((line) => `  ${line}`)].join('\n');
}

/** What keeps a reader from taking what is stored for all that there is, and what else there was to say. */
export function reservations(report: RepositoryReport): string[] {
	return [...(report.partial.length > 0 ? [partialText(report)] : []), ...report.notes.map(({ said }) => inEnglish(said))];
}

function seededTexts(report: RepositoryReport): string[] {
	const { nameWithOwner, mode } = report;
	const stored = `${nameWithOwner}: ${storedText(report)}`;
	return mode === 'unchanged' ? [stored, `unchanged, ${requestsText(report)}`] : [`${stored}${changesText(report)} (${mode})`, costText(report)];
}

function storedText({ pullRequests, totalCount }: RepositoryReport): string {
	return totalCount === null ? counted(pullRequests, 'pull request') : `${partText(pullRequests, totalCount)} pull requests`;
}

function comparedTexts(report: RepositoryReport, compared: number): string[] {
	return [`${report.nameWithOwner}: ${counted(compared, 'pull request')} compared with GitHub${changesText(report) || ', all as stored'}`, costText(report)];
}

function changesText({ added, updated, removed, mended, unreadable, withheld }: RepositoryReport): string {
	return [
		[added, 'new'] as const,
		[updated, 'updated'] as const,
		[removed, 'removed'] as const,
		[mended.length, 'restored in the database'] as const,
		[unreadable.length + withheld, 'could not be read'] as const,
	]
		.filter(([count]) => count > 0)
		.map(([count, word]) => `, ${numberText(count)} ${word}`)
		.join('');
}

/** A host without rate limits counts no points. */
function costText(report: RepositoryReport): string {
	return report.points > 0 ? `${counted(report.points, 'point')}, ${requestsText(report)}` : requestsText(report);
}

function requestsText({ requests: { graphql, rest, notModified } }: RepositoryReport): string {
	return counted(graphql + rest + notModified, 'request');
}

function partialText({ partial, pending }: RepositoryReport): string {
	const shown = partial.slice(0, NUMBERS_SHOWN).map((number) => `#${number}`);
	const more = partial.length - shown.length;
	return `incomplete: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}${pending.length > 0 ? '; the next run asks for the rest again' : ''}`;
}
