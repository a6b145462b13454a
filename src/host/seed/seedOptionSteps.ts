import * as vscode from 'vscode';
import type { SeedOptions } from '../../core/sync/seedOptions';
import { editorLocalizer } from '../editorLocalizer';
import { mapAnswer, type Answer } from '../quickInput/answer';
import { chooseMany, chooseOne, typeText, type Choice } from '../quickInput/steps';
import { draftOf, draftOptions, fieldProblem, fieldsOf, type DraftField, type Extent, type SeedDraft, type SeedFlag } from './seedDraft';

export interface OptionStepsContext {
	title: string;
	/** How many steps came before these. */
	before: number;
	settings: SeedOptions;
	now: () => number;
}

/** Asks for everything that a seed can be told: how much, then what is typed for it, then how. */
export async function askSeedOptions({ title, before, settings, now }: OptionStepsContext): Promise<Answer<SeedOptions>> {
	let draft = draftOf(settings);
	let at = 0;
	for (;;) {
		const fields = fieldsOf(draft.extent);
		const field = fields[at - 1];
		const frame = { title, step: before + at + 1, totalSteps: before + fields.length + 2, canGoBack: before + at > 0 };
		let answer: Answer<SeedDraft>;
		if (at === 0) {
			answer = mapAnswer(await chooseOne(frame, extentChoices(), draft.extent), (extent) => ({ ...draft, extent }));
		} else if (field !== undefined) {
			const typed = await typeText(frame, fieldQuestion(draft, field, now));
			answer = mapAnswer(typed, (text) => ({ ...draft, fields: { ...draft.fields, [field]: text } }));
		} else {
			const checked = await chooseMany(frame, flagChoices(), draft.flags, vscode.l10n.t('Select options'));
			answer = mapAnswer(checked, (flags) => ({ ...draft, flags }));
		}
		if (answer === undefined || (answer === 'back' && at === 0)) {
			return answer;
		}
		if (answer === 'back') {
			at--;
			continue;
		}
		draft = answer.value;
		if (at === fieldsOf(draft.extent).length + 1) {
			return { value: draftOptions(draft, settings, now()) };
		}
		at++;
	}
}

function extentChoices(): Choice<Extent>[] {
	return [
		{ value: 'all', label: vscode.l10n.t('All pull requests') },
		{ value: 'newest', label: vscode.l10n.t('Newest N pull requests…') },
		{ value: 'since', label: vscode.l10n.t('Created since a day…') },
		{ value: 'between', label: vscode.l10n.t('Created between two days…') },
		{ value: 'daysBack', label: vscode.l10n.t('Created in the last N days…') },
	];
}

function flagChoices(): Choice<SeedFlag>[] {
	return [
		{ value: 'allOpen', label: vscode.l10n.t('All open pull requests too'), detail: vscode.l10n.t('Besides those asked for, every open one, whenever it was created.') },
		{ value: 'refresh', label: vscode.l10n.t('Ignore cache and refetch everything'), detail: vscode.l10n.t('What can’t be read this time stays as it was.') },
		{ value: 'noCache', label: vscode.l10n.t('No cache'), detail: vscode.l10n.t('Neither read nor write the cache.') },
		{ value: 'clear', label: vscode.l10n.t('Delete stored rows first'), detail: vscode.l10n.t('Removes this repository’s rows from the database before fetching.') },
		{ value: 'noCheckRuns', label: vscode.l10n.t('No check runs'), detail: vscode.l10n.t('Leave check runs alone; those stored already stay.') },
		{
			value: 'noWait',
			label: vscode.l10n.t('Stop at a rate limit'),
			detail: vscode.l10n.t('Stop instead of waiting for the reset; the next run continues from there.'),
		},
	];
}

function fieldQuestion(draft: SeedDraft, field: DraftField, now: () => number): Parameters<typeof typeText>[1] {
	const problemWith = (text: string) => fieldProblem(draft, field, text, now(), editorLocalizer);
	const value = draft.fields[field];
	switch (field) {
		case 'newest':
			return { value, problemWith, placeholder: '100', prompt: vscode.l10n.t('How many of the newest pull requests?') };
		case 'since':
			return { value, problemWith, placeholder: 'YYYY-MM-DD', prompt: vscode.l10n.t('The first day on which they were created (UTC)') };
		case 'until':
			return { value, problemWith, placeholder: 'YYYY-MM-DD', prompt: vscode.l10n.t('The last day on which they were created (UTC)') };
		case 'daysBack':
			return { value, problemWith, placeholder: '30', prompt: vscode.l10n.t('Created in the last how many days?') };
	}
}
