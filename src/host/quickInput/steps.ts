import * as vscode from 'vscode';
import { DisposableStore } from '../disposableStore';
import type { Answer, StepFrame } from './answer';

/** A row to choose; `$(icon)` in its texts is drawn, so what comes from outside is escaped before. */
export interface Choice<T> extends vscode.QuickPickItem {
	value: T;
}

/** Asks for one of several. @param active where the cursor stands at first; the first row when absent */
export function chooseOne<T>(frame: StepFrame, choices: Choice<T>[], active?: T): Promise<Answer<T>> {
	return ask(vscode.window.createQuickPick<Choice<T>>(), frame, (pick, finish) => {
		pick.items = choices;
		const present = choices.filter(({ value }) => value === active);
		// None at all would leave no row for Enter.
		if (present.length > 0) {
			pick.activeItems = present;
		}
		pick.onDidAccept(() => {
			const [chosen] = pick.activeItems;
			if (chosen) {
				finish({ value: chosen.value });
			}
		});
	});
}

/** Asks for any of several, none included; those in `checked` are so at first. */
export function chooseMany<T>(frame: StepFrame, choices: Choice<T>[], checked: readonly T[], placeholder: string): Promise<Answer<T[]>> {
	return ask(vscode.window.createQuickPick<Choice<T>>(), frame, (pick, finish) => {
		pick.canSelectMany = true;
		pick.placeholder = placeholder;
		pick.matchOnDetail = true;
		pick.items = choices;
		pick.selectedItems = choices.filter(({ value }) => checked.includes(value));
		pick.onDidAccept(() => finish({ value: pick.selectedItems.map(({ value }) => value) }));
	});
}

/** Asks for a text. @param problemWith what is wrong with it, shown under the field; it is not taken until nothing is */
export function typeText(
	frame: StepFrame,
	{ value, prompt, placeholder, problemWith }: { value: string; prompt: string; placeholder: string; problemWith: (text: string) => string | undefined },
): Promise<Answer<string>> {
	return ask(vscode.window.createInputBox(), frame, (box, finish) => {
		box.value = value;
		box.prompt = prompt;
		box.placeholder = placeholder;
		// An empty field that nobody touched yet needs no complaint.
		const check = () => (box.validationMessage = problemWith(box.value));
		box.onDidChangeValue(check);
		box.onDidAccept(() => {
			if (check() === undefined) {
				finish({ value: box.value.trim() });
			}
		});
	});
}

function ask<I extends vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox, T>(
	input: I,
	{ title, step, totalSteps, canGoBack }: StepFrame,
	prepare: (input: I, finish: (answer: Answer<T>) => void) => void,
): Promise<Answer<T>> {
	const disposables = new DisposableStore();
	disposables.add(input);
	const answered = new Promise<Answer<T>>((resolve) => {
		input.title = title;
		input.step = step;
		input.totalSteps = totalSteps;
		// A person may look something up elsewhere in between.
		input.ignoreFocusOut = true;
		input.buttons = canGoBack ? [vscode.QuickInputButtons.Back] : [];
		disposables.add(input.onDidTriggerButton((button) => button === vscode.QuickInputButtons.Back && resolve('back')));
		disposables.add(input.onDidHide(() => resolve(undefined)));
		prepare(input, resolve);
		input.show();
	});
	return answered.finally(() => disposables.dispose());
}
