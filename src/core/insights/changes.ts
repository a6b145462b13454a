import { oneLine } from '../model/visibleText';
import { changedNames, isListChange, type ChangeKind, type PullRequestChange } from '../model/pullRequestChange';
import { sentence, type Sentence } from '../model/sentence';

/** How far back is looked where nobody says since when. */
export const DEFAULT_CHANGED_HOURS = 24;

/** What became of one thing over a period; `before` and `after` of a list are what went and what came. */
export interface NetChange {
	kind: ChangeKind;
	before: string | string[] | null;
	after: string | string[] | null;
}

/** What changes come to, the weightiest first: what was changed and changed back is none. @param changes of one pull request, oldest first */
export function netChanges(changes: readonly PullRequestChange[]): NetChange[] {
	return ORDER.flatMap((kind) => {
		const of = changes.filter((one) => one.kind === kind);
		const [first, last] = [of[0], of.at(-1)];
		if (first === undefined || last === undefined) {
			return [];
		}
		const net = isListChange(kind) ? netNames(kind, of) : { kind, before: first.before, after: last.after };
		return net === undefined || net.before === net.after ? [] : [net];
	});
}

const ORDER: readonly ChangeKind[] = ['state', 'draft', 'conflicts', 'review', 'checks', 'commits', 'reviewRequests', 'comments', 'labels', 'milestone', 'assignees', 'title'];

function netNames(kind: ChangeKind, changes: readonly PullRequestChange[]): NetChange | undefined {
	const [gone, come] = [new Set<string>(), new Set<string>()];
	const move = (name: string, from: Set<string>, to: Set<string>) => from.delete(name) || to.add(name);
	for (const { before, after } of changes) {
		changedNames(before).forEach((name) => move(name, come, gone));
		changedNames(after).forEach((name) => move(name, gone, come));
	}
	return gone.size + come.size === 0 ? undefined : { kind, before: [...gone], after: [...come] };
}

/** What changed, in words; what follows from another change is left out. */
export function changeTexts(net: readonly NetChange[]): Sentence[] {
	const reviewers = new Set(net.flatMap(({ kind, after }) => (kind === 'review' ? names(after).map((word) => reviewOf(word).login) : [])));
	return net.flatMap((change) => {
		switch (change.kind) {
			case 'review':
				return reviewTexts(names(change.after));
			case 'reviewRequests':
				// Who has reviewed is not asked any more.
				return listTexts(names(change.before).filter((name) => !reviewers.has(name)), names(change.after), REQUESTS);
			case 'labels':
				return listTexts(names(change.before), names(change.after), LABELS);
			case 'assignees':
				return listTexts(names(change.before), names(change.after), ASSIGNEES);
			default:
				return valueText(change.kind, textOf(change.before), textOf(change.after));
		}
	});
}

type ListText = (names: string) => Sentence;
type ListWords = Record<'gone' | 'come', ListText>;
const REQUESTS: ListWords = { gone: (who) => sentence('review request removed: {0}', who), come: (who) => sentence('review requested: {0}', who) };
const LABELS: ListWords = { gone: (which) => sentence('labels removed: {0}', which), come: (which) => sentence('labels added: {0}', which) };
const ASSIGNEES: ListWords = { gone: (who) => sentence('unassigned: {0}', who), come: (who) => sentence('assigned: {0}', who) };

function listTexts(gone: string[], come: string[], words: ListWords): Sentence[] {
	return [...(come.length > 0 ? [words.come(come.map(oneLine).join(', '))] : []), ...(gone.length > 0 ? [words.gone(gone.map(oneLine).join(', '))] : [])];
}

const REVIEWS: Record<string, ListText> = {
	APPROVED: (who) => sentence('approved by {0}', who),
	CHANGES_REQUESTED: (who) => sentence('changes requested by {0}', who),
	DISMISSED: (who) => sentence('review dismissed: {0}', who),
	COMMENTED: (who) => sentence('review comments by {0}', who),
};

function reviewTexts(reviews: string[]): Sentence[] {
	return Object.entries(REVIEWS).flatMap(([state, text]) => {
		const who = reviews.map(reviewOf).filter((review) => review.state === state).map(({ login }) => oneLine(login));
		return who.length === 0 ? [] : [text(who.join(', '))];
	});
}

function reviewOf(word: string): { login: string; state: string } {
	const at = word.lastIndexOf(' ');
	return { login: word.slice(0, at), state: word.slice(at + 1) };
}

function valueText(kind: ChangeKind, before: string | null, after: string | null): Sentence[] {
	switch (kind) {
		case 'state':
			return before === null ? [sentence('opened'), ...(after === 'OPEN' ? [] : stateText(after))] : stateText(after);
		case 'draft':
			return [after === 'true' ? sentence('converted to draft') : sentence('ready for review')];
		case 'conflicts':
			return [after === 'CONFLICTING' ? sentence('has conflicts') : sentence('conflicts resolved')];
		case 'checks':
			return checksText(after);
		case 'comments':
			return commentsText(Number(after) - Number(before));
		case 'commits':
			return [sentence('new commits')];
		case 'milestone':
			return [after === null ? sentence('no milestone') : sentence('milestone: {0}', oneLine(after))];
		case 'title':
			return [sentence('title was "{0}"', oneLine(before ?? ''))];
		default:
			return [];
	}
}

function stateText(state: string | null): Sentence[] {
	return [state === 'MERGED' ? sentence('merged') : state === 'CLOSED' ? sentence('closed') : sentence('reopened')];
}

function checksText(state: string | null): Sentence[] {
	switch (state) {
		case 'SUCCESS':
			return [sentence('checks passed')];
		case 'FAILURE':
		case 'ERROR':
			return [sentence('checks failed')];
		case 'PENDING':
		case 'EXPECTED':
			return [sentence('checks pending')];
		default:
			return [sentence('no checks')];
	}
}

function commentsText(more: number): Sentence[] {
	return [more === 1 ? sentence('1 new comment') : more > 0 ? sentence('{0} new comments', more) : sentence('comments deleted')];
}

function names(value: NetChange['after']): string[] {
	return Array.isArray(value) ? value : [];
}

function textOf(value: NetChange['after']): string | null {
	return typeof value === 'string' ? value : null;
}
