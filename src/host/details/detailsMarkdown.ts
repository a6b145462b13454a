import { latestChecks, outcomeOf } from '../../core/store/read/checksRollup';
import type { PullRequestDetail } from '../../core/store/read/pullRequestDetail';
import { formatAge, formatNumber, type Localizer } from '../format/localizer';
import { checkPage, ownPage } from '../format/pageAddress';
import { GHOST, labelText, markdownText } from '../format/plainText';
import { CHECK_MARKS } from '../tree/checksText';
import { listNames } from '../tree/listNames';
import { stateText } from '../tree/pullRequestText';
import { reviewLines } from '../tree/reviewsText';
import { turnText } from '../tree/turnText';
import { textBlock } from './textBlock';

/** Longer lists are cut, with a word about it: nobody reads them, and the preview draws all of it at once. */
const LONGEST_LIST = 500;

/** Everything that is stored of a pull request, as Markdown in which nothing that came from GitHub is more than text. */
export function detailsMarkdown(pr: PullRequestDetail, now: number, l10n: Localizer): string {
	const section = (name: DetailListName, title: string, count: number, body: string) =>
		count > 0 ? `## ${title} (${formatNumber(count, l10n)})\n\n${body}` : isUnknown(pr, name) ? `## ${title}\n\n*${l10n.t('Not known.')}*` : '';
	const checks = latestChecks(pr.checks);
	return [
		`# ${markdownText(labelText(pr.title, 1_000)) || '—'} \\#${pr.number}`,
		facts(pr, now, l10n),
		`## ${l10n.t('Description')}`,
		pr.body === null || pr.body.trim() === '' ? `*${l10n.t('No description.')}*` : textBlock(pr.body),
		section('reviews', l10n.t('Reviews'), pr.reviews.length, reviews(pr, now, l10n)),
		section('checks', l10n.t('Checks'), checks.length, list(checks.map((check) => `${CHECK_MARKS[outcomeOf(check)]} ${checkName(check, pr.host)} — ${conclusion(check)}`), l10n)),
		section('linkedIssues', l10n.t('Linked issues'), pr.linkedIssues.length, list(pr.linkedIssues.map(({ repository, number, title }) => `${repository === null ? '' : line(repository)}\\#${number} ${line(title)}`), l10n)),
		section('commits', l10n.t('Commits'), pr.commits.length, list(pr.commits.map((commit) => commitLine(commit, now, l10n)), l10n)),
		section('files', l10n.t('Files'), pr.files.length, list(pr.files.map((file) => `${line(file.path)} — +${file.additions} −${file.deletions}`), l10n)),
		pr.detailed ? '' : `*${l10n.t('Only the listing of this pull request is stored so far. The next sync fetches the rest.')}*`,
	]
		.filter((part) => part !== '')
		.join('\n\n');
}

type DetailListName = 'reviews' | 'checks' | 'linkedIssues' | 'commits' | 'files';

/** Of a list that is empty: whether it is only not known what is in it. */
function isUnknown({ checksState, detailed, partial }: PullRequestDetail, name: DetailListName): boolean {
	return detailed && (partial.includes(name) || (name === 'checks' && checksState === 'unknown'));
}

function facts(pr: PullRequestDetail, now: number, l10n: Localizer): string {
	const ended = pr.mergedAt ?? pr.closedAt;
	const rows: [string, string][] = [
		[l10n.t('Repository'), repository(pr, l10n)],
		[l10n.t('State'), `${stateText(pr, l10n)}${ended === null ? '' : ` · ${line(formatAge(ended, now, l10n))}`}`],
		[l10n.t('Waiting for'), pr.turnFacts === null ? '' : line(turnText(pr.turnFacts, now, l10n))],
		[l10n.t('Author'), `${line(pr.authorLogin ?? GHOST)} · ${line(l10n.t('opened {0}, updated {1}', formatAge(pr.createdAt, now, l10n), formatAge(pr.updatedAt, now, l10n)))}`],
		[l10n.t('Merged by'), pr.mergedBy === null ? '' : line(pr.mergedBy)],
		[l10n.t('Branches'), `${line(pr.headRef)} → ${line(pr.baseRef)}`],
		[l10n.t('Milestone'), pr.milestoneTitle === null ? '' : line(pr.milestoneTitle)],
		// A label's name may hold a comma.
		[l10n.t('Labels'), pr.labels.map(line).join(' · ')],
		[l10n.t('Assignees'), pr.assignees.map(line).join(', ')],
		[l10n.t('Reviews'), reviewLines(pr, l10n).map(markdownText).join(', ')],
		[
			l10n.t('Size'),
			pr.size === null ? '' : `${line(filesText(pr.size.changedFiles, l10n))} · +${formatNumber(pr.size.additions, l10n)} −${formatNumber(pr.size.deletions, l10n)}`,
		],
		[l10n.t('Incomplete'), pr.partial.length === 0 ? '' : `${line(listNames(pr.partial, l10n))}. ${line(l10n.t('They are retried once they can be read.'))}`],
	];
	const shown = rows.filter(([, value]) => value !== '').map(([name, value]) => `| **${markdownText(name)}** | ${value} |`);
	return ['| | |', '| --- | --- |', ...shown].join('\n');
}

function filesText(count: number, l10n: Localizer): string {
	return count === 1 ? l10n.t('1 file') : l10n.t('{0} files', formatNumber(count, l10n));
}

function reviews(pr: PullRequestDetail, now: number, l10n: Localizer): string {
	return pr.reviews
		.map(({ authorLogin, state, submittedAt, body }) => {
			const when = submittedAt === null ? '' : ` · ${line(formatAge(submittedAt, now, l10n))}`;
			const head = `**${line(authorLogin ?? GHOST)}** ${line(reviewText(state, l10n))}${when}`;
			return body === null || body.trim() === '' ? head : `${head}\n\n${quoted(textBlock(body))}`;
		})
		.join('\n\n');
}

function reviewText(state: PullRequestDetail['reviews'][number]['state'], l10n: Localizer): string {
	switch (state) {
		case 'APPROVED':
			return l10n.t('approved');
		case 'CHANGES_REQUESTED':
			return l10n.t('requested changes');
		case 'COMMENTED':
			return l10n.t('commented');
		case 'DISMISSED':
			return l10n.t('was dismissed');
		case 'PENDING':
			return l10n.t('has not submitted yet');
	}
}

function commitLine({ oid, message, authorLogin, authorName, authoredAt }: PullRequestDetail['commits'][number], now: number, l10n: Localizer): string {
	const [subject = ''] = message.split('\n');
	return `${line(oid.slice(0, 7))} ${line(labelText(subject, 300))} — ${line(authorLogin ?? authorName ?? GHOST)}, ${line(formatAge(authoredAt, now, l10n))}`;
}

function conclusion({ status, conclusion: ended }: PullRequestDetail['checks'][number]): string {
	return line((ended ?? status).toLowerCase().replaceAll('_', ' '));
}

function list(lines: string[], l10n: Localizer): string {
	const rest = lines.length - LONGEST_LIST;
	return [...lines.slice(0, LONGEST_LIST), ...(rest > 0 ? [l10n.t('{0} more', formatNumber(rest, l10n))] : [])].map((text) => `- ${text}`).join('\n');
}

function repository({ nameWithOwner, url, host }: PullRequestDetail, l10n: Localizer): string {
	const page = ownPage(url, host);
	return `${line(nameWithOwner)}${page === undefined ? '' : ` · ${link(l10n.t('Open on GitHub'), page)}`}`;
}

/** `[build](…) (ci.example.com)`: whoever opens it sees first where it leads. */
function checkName({ name, url }: PullRequestDetail['checks'][number], host: string): string {
	const page = url === null ? undefined : checkPage(url, host);
	return page === undefined ? line(name) : `${link(name, page.url)}${page.foreignHost === undefined ? '' : ` (${line(page.foreignHost)})`}`;
}

/** A link where its address can stand for itself, else the text alone. */
function link(text: string, url: string): string {
	// In pointed brackets an address ends at the first ">" alone, which a normalised one does not hold.
	return /[<>\\\n]/.test(url) ? line(text) : `[${line(text)}](<${url}>)`;
}

function quoted(text: string): string {
	return text.split('\n').map((one) => `> ${one}`).join('\n');
}

// "—" alone would be an empty cell or item.
function line(text: string): string {
	return markdownText(labelText(text, 1_000)) || '—';
}
