import type { PullRequestState } from '../model/pullRequest';
import type { Asker } from '../model/asker';
import type { Sentence } from '../model/sentence';
import type { FilterCondition } from './filterCondition';
import { assignee } from './conditions/assignee';
import { author } from './conditions/author';
import { bots } from './conditions/bots';
import { checks } from './conditions/checks';
import { conflicts } from './conditions/conflicts';
import { draft } from './conditions/draft';
import { labels } from './conditions/labels';
import { milestone } from './conditions/milestone';
import { reviewer } from './conditions/reviewer';
import { reviewState } from './conditions/reviewState';
import { state, statesOf } from './conditions/state';
import { stuck } from './conditions/stuck';
import { titleText } from './conditions/titleText';
import { turn } from './conditions/turn';
import type { Given, Parameter } from './parameters';

/** Every condition of a filter, in the order in which people are asked for them and told of them. */
export const CONDITIONS = { state, labels, author, bots, reviewer, assignee, milestone, draft, reviewState, checks, conflicts, turn, stuck, text: titleText } as const;

export type ConditionName = keyof typeof CONDITIONS;

/** What a filter asks for. Everything given must hold. */
export type Conditions = { [N in ConditionName]?: (typeof CONDITIONS)[N] extends FilterCondition<infer T> ? T : never };

/** What a filter asks of the pull requests themselves, whatever their state. Case counts for none of it. */
export interface AttributeFilter extends Omit<Conditions, 'state'> {
	/** Who asks, where a condition is about them. */
	asker?: Asker;
}

/** The same as a query takes it. */
export interface StatesAndAttributes extends AttributeFilter {
	/** Any of these; all states when absent. */
	states?: PullRequestState[];
}

/** Every condition with its name, as one type: to go through them. */
export function conditionEntries(): [ConditionName, FilterCondition<unknown>][] {
	return Object.entries(CONDITIONS) as [ConditionName, FilterCondition<unknown>][];
}

/** Reads conditions that were kept, possibly by another release: what is not understood or asks for nothing is left out. */
export function readConditions(kept: object): Conditions {
	const values: Partial<Record<string, unknown>> = { ...kept };
	return given(([name, condition]) => condition.read(values[name]));
}

/** The conditions that parameters give. @throws what `given` throws for what is no such value */
export function takeConditions(from: Given): Conditions {
	return given(([, condition]) => condition.take(from));
}

/** The conditions in words, one sentence each; none for what holds anyway. */
export function conditionTexts(conditions: Conditions): Sentence[] {
	const values: Partial<Record<string, unknown>> = conditions;
	return conditionEntries().flatMap(([name, condition]) => (values[name] === undefined ? [] : (condition.text(values[name]) ?? [])));
}

/** Every parameter of every condition. */
export function filterParameters(): Parameter[] {
	return conditionEntries().flatMap(([, { parameters }]) => parameters);
}

/** The conditions as a query takes them. @param asker who asks, where that is known */
export function asFilter(conditions: Conditions, asker?: Asker): StatesAndAttributes {
	const states = statesOf(conditions.state ?? 'all');
	return { ...(states && { states }), ...attributesOf(conditions, asker) };
}

/** The conditions without the state. */
export function attributesOf(conditions: Conditions, asker?: Asker): AttributeFilter {
	const attributes = { ...conditions };
	delete attributes.state;
	// What nobody asks for is left out: without conditions some questions are answered faster.
	return { ...attributes, ...(asker && Object.keys(attributes).length > 0 && { asker }) };
}

function given(valueOf: (entry: [ConditionName, FilterCondition<unknown>]) => unknown): Conditions {
	const all = conditionEntries().map((entry) => [entry[0], valueOf(entry)] as const);
	return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}
