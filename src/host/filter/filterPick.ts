import * as vscode from 'vscode';
import { CONDITIONS, conditionEntries, type ConditionName, type Conditions } from '../../core/filter/conditions';
import { isNameSet, type FilterCondition, type NameKind, type Question } from '../../core/filter/filterCondition';
import { ME } from '../../core/filter/me';
import { isHiddenTeam } from '../../core/model/pullRequest';
import type { Sentence } from '../../core/model/sentence';
import type { PullRequestOrder } from '../../core/store/read/pullRequestRow';
import type { Store } from '../../core/store/store';
import { editorLocalizer } from '../editorLocalizer';
import { localized } from '../format/errorText';
import { withoutIcons } from '../format/plainText';
import type { ProjectScope } from '../projects/projectScope';
import { mapAnswer, type Answer, type StepFrame } from '../quickInput/answer';
import { chooseMany, chooseOne, typeText, type Choice } from '../quickInput/steps';
import type { FilterState } from './filterState';
import { conditionText, orderText } from './filterText';

type Step = ConditionName | 'order' | 'clear';

/** Lets a person narrow the views, one condition after the other; what is chosen holds at once. */
export class FilterPick {
	constructor(
		private readonly filter: FilterState,
		private readonly store: () => Promise<Store>,
		/** Only what is there is offered. */
		private readonly scope: Pick<ProjectScope, 'inStore'>,
	) {}

	/** Asks until the person turns away. */
	async show(): Promise<void> {
		let last: Step | undefined;
		for (;;) {
			const chosen = await chooseOne(this.frame(1), this.rows(), last);
			if (chosen === undefined || chosen === 'back') {
				return;
			}
			last = chosen.value;
			if (last === 'clear') {
				this.filter.clear();
				return;
			}
			if ((await (last === 'order' ? this.askOrder(2) : this.askCondition(last))) === undefined) {
				return;
			}
		}
	}

	/** Asks for the order alone. */
	async showOrder(): Promise<void> {
		await this.askOrder(1);
	}

	private rows(): Choice<Step>[] {
		const conditions = conditionEntries().map(([name, condition]): Choice<Step> => ({
			value: name,
			label: `$(${condition.icon}) ${localized(condition.title, editorLocalizer)}`,
			description: this.standing(name, condition),
		}));
		return [
			...conditions,
			{ value: 'order', label: `$(sort-precedence) ${vscode.l10n.t('Order')}`, description: orderText(this.filter.order, editorLocalizer) },
			...(this.filter.isDefault ? [] : [{ value: 'clear' as const, label: `$(clear-all) ${vscode.l10n.t('Clear All Filters')}` }]),
		];
	}

	/** What a condition asks for now. */
	private standing(name: ConditionName, condition: FilterCondition<unknown>): string {
		const [value, { question }] = [this.valueOf(name), condition];
		const chosen = question.kind === 'choice' ? question.choices.find((choice) => choice.value === value)?.text : undefined;
		const said = chosen ?? (value === undefined ? undefined : condition.text(value));
		return said === undefined ? vscode.l10n.t('any') : withoutIcons(conditionText(said, editorLocalizer));
	}

	private valueOf(name: ConditionName): unknown {
		return this.filter.get()[name];
	}

	private async askCondition(name: ConditionName): Promise<Answer<unknown>> {
		const answer = await this.ask(CONDITIONS[name].question, this.valueOf(name));
		if (answer !== undefined && answer !== 'back') {
			const changed: Conditions = { ...this.filter.get(), [name]: answer.value };
			this.filter.set(changed);
		}
		return answer;
	}

	private async ask(question: Question<unknown>, value: unknown): Promise<Answer<unknown>> {
		switch (question.kind) {
			case 'choice':
				return chooseOne(this.frame(2), question.choices.map((choice): Choice<unknown> => ({ value: choice.value, label: this.words(choice.text) })), value);
			case 'name':
				return this.askName(question, value);
			case 'names':
				return this.askNames(question, value);
			case 'text':
				return typeText(this.frame(2), { value: typeof value === 'string' ? value : '', prompt: vscode.l10n.t('Leave empty to clear'), placeholder: '', problemWith: () => undefined });
		}
	}

	private async askName({ of, anyone, none }: Question<unknown> & { kind: 'name' }, value: unknown): Promise<Answer<unknown>> {
		const choices: Choice<unknown>[] = [
			{ value: undefined, label: this.words(anyone) },
			...(none === undefined ? [] : [{ value: null, label: this.words(none) }]),
			...(of === 'author' || of === 'reviewer' || of === 'assignee' ? [{ value: ME, label: vscode.l10n.t('Me') }] : []),
			...(await this.names(of)).map((name) => ({ value: name, label: withoutIcons(name) })),
		];
		return chooseOne(this.frame(2), choices, value);
	}

	private async askNames({ of, anyone, prompt, matches }: Question<unknown> & { kind: 'names' }, value: unknown): Promise<Answer<unknown>> {
		const known = isNameSet(value) ? value : undefined;
		for (;;) {
			const asked = [...matches, { value: undefined, text: anyone }].map((one) => ({ value: one.value, label: this.words(one.text) }));
			const match = await chooseOne(this.frame(2), asked, known?.match);
			if (match === undefined || match === 'back' || match.value === undefined) {
				return match;
			}
			const names = uniqueNames([...(await this.names(of)), ...(known?.names ?? [])]);
			const choices = names.map((name) => ({ value: name, label: withoutIcons(name) }));
			const chosen = await chooseMany(this.frame(3), choices, known?.names ?? [], this.words(prompt));
			if (chosen !== 'back') {
				return mapAnswer(chosen, (checked) => ({ match: match.value, names: checked }));
			}
		}
	}

	/** Those that are stored of the shown repositories. */
	private async names(of: NameKind): Promise<string[]> {
		const store = await this.store();
		const groups = await store.read.groups(of, await this.scope.inStore(store));
		// What has no name can't be asked for by it.
		return uniqueNames(groups.flatMap(({ key, title, isUnknown, isTeam }) => (key === null || isUnknown || (isTeam && isHiddenTeam({ login: title })) ? [] : [title])));
	}

	private async askOrder(step: number): Promise<Answer<PullRequestOrder>> {
		const { order } = this.filter;
		const orders = (['updated', 'created', 'number'] as const).flatMap((by) => [false, true].map((ascending) => ({ by, ascending })));
		const choices = orders.map((value) => ({ value, label: orderText(value, editorLocalizer) }));
		const current = orders.find(({ by, ascending }) => by === order.by && ascending === order.ascending);
		const frame: StepFrame = { ...this.frame(step), title: step === 1 ? vscode.l10n.t('Sort Pull Requests') : this.frame(step).title };
		const answer = await chooseOne(frame, choices, current);
		if (answer !== undefined && answer !== 'back') {
			this.filter.setOrder(answer.value);
		}
		return answer;
	}

	private words(said: Sentence): string {
		return localized(said, editorLocalizer);
	}

	private frame(step: number): StepFrame {
		// No count of steps: how many there are is up to the person.
		return { title: vscode.l10n.t('Filter Pull Requests'), canGoBack: step > 1 };
	}
}

/** One name is one row, in whatever case it is written and in whichever repository. */
function uniqueNames(names: readonly string[]): string[] {
	const known = new Map(names.map((name) => [name.toLowerCase(), name]));
	return [...known.values()].sort((one, other) => one.localeCompare(other));
}
