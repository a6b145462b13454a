import * as vscode from 'vscode';
import type { LabelMatch } from '../../core/store/read/attributeConditions';
import { STATE_CHOICES, stateChoice, withState, type ShownFilter } from './shownFilter';
import type { PullRequestOrder } from '../../core/store/read/pullRequestRow';
import type { Store } from '../../core/store/store';
import { editorLocalizer } from '../editorLocalizer';
import { withoutIcons } from '../format/plainText';
import { mapAnswer, type Answer, type StepFrame } from '../quickInput/answer';
import { chooseMany, chooseOne, typeText, type Choice } from '../quickInput/steps';
import type { ProjectScope } from '../projects/projectScope';
import type { FilterState } from './filterState';
import { draftText, labelsText, orderText, stateText } from './filterText';

type Condition = 'state' | 'labels' | 'author' | 'draft' | 'text';
type Step = Condition | 'order' | 'clear';

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
		const filter = this.filter.get();
		const anything = vscode.l10n.t('any');
		const text = (value: string | undefined) => (value === undefined ? anything : withoutIcons(value));
		return [
			{ value: 'state', label: `$(git-pull-request) ${vscode.l10n.t('State')}`, description: stateText(stateChoice(filter), editorLocalizer) },
			{ value: 'labels', label: `$(tag) ${vscode.l10n.t('Labels')}`, description: text(filter.labels && labelsText(filter.labels, editorLocalizer)) },
			{ value: 'author', label: `$(person) ${vscode.l10n.t('Author')}`, description: text(filter.author) },
			{ value: 'draft', label: `$(git-pull-request-draft) ${vscode.l10n.t('Draft')}`, description: draftText(filter.draft, editorLocalizer) },
			{ value: 'text', label: `$(search) ${vscode.l10n.t('Title contains…')}`, description: text(filter.text) },
			{ value: 'order', label: `$(sort-precedence) ${vscode.l10n.t('Order')}`, description: orderText(this.filter.order, editorLocalizer) },
			...(this.filter.isDefault ? [] : [{ value: 'clear' as const, label: `$(clear-all) ${vscode.l10n.t('Clear All Filters')}` }]),
		];
	}

	private async askCondition(condition: Condition): Promise<Answer<ShownFilter>> {
		const answer = await this.changed(condition);
		if (answer !== undefined && answer !== 'back') {
			this.filter.set(answer.value);
		}
		return answer;
	}

	private changed(condition: Condition): Promise<Answer<ShownFilter>> {
		switch (condition) {
			case 'state':
				return this.askState();
			case 'labels':
				return this.askLabels();
			case 'author':
				return this.askAuthor();
			case 'draft':
				return this.askDraft();
			case 'text':
				return this.askText();
		}
	}

	private async askState(): Promise<Answer<ShownFilter>> {
		const filter = this.filter.get();
		const choices = STATE_CHOICES.map((value) => ({ value, label: stateText(value, editorLocalizer) }));
		return mapAnswer(await chooseOne(this.frame(2), choices, stateChoice(filter)), (choice) => withState(filter, choice));
	}

	private async askLabels(): Promise<Answer<ShownFilter>> {
		const { labels: known, ...rest } = this.filter.get();
		const matches: Choice<LabelMatch | 'any label'>[] = [
			{ value: 'any', label: vscode.l10n.t('Has any of…') },
			{ value: 'all', label: vscode.l10n.t('Has all of…') },
			{ value: 'none', label: vscode.l10n.t('Has none of…') },
			{ value: 'any label', label: vscode.l10n.t('Any labels') },
		];
		for (;;) {
			const match = await chooseOne(this.frame(2), matches, known?.match);
			if (match === undefined || match === 'back') {
				return match;
			}
			const { value } = match;
			if (value === 'any label') {
				return { value: rest };
			}
			const store = await this.store();
			const stored = (await store.read.groups('label', await this.scope.inStore(store))).flatMap(({ key, title }) => (key === null ? [] : [title]));
			const names = uniqueNames([...stored, ...(known?.names ?? [])]);
			const choices = names.map((name) => ({ value: name, label: withoutIcons(name) }));
			const chosen = await chooseMany(this.frame(3), choices, known?.names ?? [], vscode.l10n.t('Select labels'));
			if (chosen !== 'back') {
				return mapAnswer(chosen, (checked) => (checked.length === 0 ? rest : { ...rest, labels: { match: value, names: checked } }));
			}
		}
	}

	private async askAuthor(): Promise<Answer<ShownFilter>> {
		const { author, ...rest } = this.filter.get();
		const store = await this.store();
		const authors = await store.read.authors(await this.scope.inStore(store));
		const choices: Choice<string | null>[] = [
			{ value: null, label: vscode.l10n.t('Anyone') },
			...authors.map((login) => ({ value: login, label: withoutIcons(login) })),
		];
		return mapAnswer(await chooseOne(this.frame(2), choices, author ?? null), (login) => (login === null ? rest : { ...rest, author: login }));
	}

	private async askDraft(): Promise<Answer<ShownFilter>> {
		const { draft, ...rest } = this.filter.get();
		const choices = [undefined, false, true].map((value) => ({ value, label: draftText(value, editorLocalizer) }));
		return mapAnswer(await chooseOne(this.frame(2), choices, draft), (only) => (only === undefined ? rest : { ...rest, draft: only }));
	}

	private async askText(): Promise<Answer<ShownFilter>> {
		const { text = '', ...rest } = this.filter.get();
		const question = {
			value: text,
			prompt: vscode.l10n.t('Leave empty to clear'),
			placeholder: '',
			problemWith: () => undefined,
		};
		return mapAnswer(await typeText(this.frame(2), question), (typed) => ({ ...rest, text: typed }));
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

	private frame(step: number): StepFrame {
		// No count of steps: how many there are is up to the person.
		return { title: vscode.l10n.t('Filter Pull Requests'), canGoBack: step > 1 };
	}
}

/** One label is one name, in whatever case it is written and in whichever repository. */
function uniqueNames(names: string[]): string[] {
	const known = new Map(names.map((name) => [name.toLowerCase(), name]));
	return [...known.values()].sort((one, other) => one.localeCompare(other));
}
