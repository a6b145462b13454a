import type { LabelMatch } from '../../core/store/read/attributeConditions';
import type { PullRequestFilter } from '../../core/store/read/filter';
import type { PullRequestOrder } from '../../core/store/read/pullRequestRow';

/** What a person narrows the views to: a filter without the repository and the group, which the views add. */
export type ShownFilter = Pick<PullRequestFilter, 'states' | 'labels' | 'author' | 'draft' | 'text'>;

/** The views are about the work that is still to do. */
export const DEFAULT_FILTER: ShownFilter = { states: ['OPEN'] };
export const DEFAULT_ORDER: PullRequestOrder = { by: 'updated', ascending: false };

/** The states that a person can choose between. */
export const STATE_CHOICES = ['open', 'merged', 'closed', 'all'] as const;
export type StateChoice = (typeof STATE_CHOICES)[number];

const STATES: Record<StateChoice, ShownFilter['states']> = { open: ['OPEN'], merged: ['MERGED'], closed: ['CLOSED'], all: undefined };
const MATCHES: readonly LabelMatch[] = ['any', 'all', 'none'];
const ORDERS: readonly PullRequestOrder['by'][] = ['updated', 'created', 'number'];

/** The choice that a filter's states stand for; `all` for any that is none of them. */
export function stateChoice({ states }: ShownFilter): StateChoice {
	return STATE_CHOICES.find((choice) => STATES[choice]?.[0] === states?.[0] && states?.length === 1) ?? 'all';
}

/** The filter with other states. */
export function withState(filter: ShownFilter, choice: StateChoice): ShownFilter {
	const states = STATES[choice];
	const changed = { ...filter };
	delete changed.states;
	return states === undefined ? changed : { states, ...changed };
}

/** Whether a filter shows what is shown when nobody asked for anything. */
export function isDefaultFilter(filter: ShownFilter): boolean {
	return stateChoice(filter) === 'open' && Object.keys(withState(normalized(filter), 'all')).length === 0;
}

/** The filter without the conditions that ask for nothing. */
export function normalized({ states, labels, author, draft, text }: ShownFilter): ShownFilter {
	return {
		...(states === undefined ? {} : { states }),
		...(labels === undefined || labels.names.length === 0 ? {} : { labels }),
		...(author === undefined ? {} : { author }),
		...(draft === undefined ? {} : { draft }),
		...(text === undefined || text.trim() === '' ? {} : { text: text.trim() }),
	};
}

/** Reads what was kept over a restart, possibly by another release: what is not understood is left out. */
export function readShownFilter(value: unknown): ShownFilter {
	if (!isRecord(value)) {
		return DEFAULT_FILTER;
	}
	const { labels, author, draft, text } = value;
	const choice = STATE_CHOICES.find((known) => known === value['state']) ?? 'open';
	const own = withState({}, choice);
	return normalized({
		...own,
		...(isRecord(labels) && isOneOf(labels['match'], MATCHES) && isTextList(labels['names']) ? { labels: { match: labels['match'], names: labels['names'] } } : {}),
		...(typeof author === 'string' ? { author } : {}),
		...(typeof draft === 'boolean' ? { draft } : {}),
		...(typeof text === 'string' ? { text } : {}),
	});
}

/** What {@link readShownFilter} reads. */
export function keptFilter({ states, ...rest }: ShownFilter): object {
	return { state: stateChoice(states === undefined ? {} : { states }), ...rest };
}

export function readOrder(value: unknown): PullRequestOrder {
	return isRecord(value) && isOneOf(value['by'], ORDERS) ? { by: value['by'], ascending: value['ascending'] === true } : DEFAULT_ORDER;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}

function isOneOf<T extends string>(value: unknown, known: readonly T[]): value is T {
	return known.some((one) => one === value);
}

function isTextList(value: unknown): value is string[] {
	return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
