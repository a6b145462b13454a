import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { chooseMany, chooseOne } from '../../src/host/quickInput/steps';

const frame = { title: 'Choose', canGoBack: false };
const choices = ['first', 'second', 'third'].map((value) => ({ value, label: value }));
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Presses Enter once the pick is there; one that does nothing with it is left. */
async function onEnter<T>(answer: Promise<T>): Promise<T> {
	await wait(300);
	await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
	await wait(300);
	await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
	return answer;
}

describe('Enter, with nothing touched before,', () => {
	it('takes the first of several where none is the present one', async () => {
		assert.deepEqual(await onEnter(chooseOne(frame, choices)), { value: 'first' });
		assert.deepEqual(await onEnter(chooseOne(frame, choices, 'none of them')), { value: 'first' });
	});

	it('takes the present one', async () => {
		assert.deepEqual(await onEnter(chooseOne(frame, choices, 'second')), { value: 'second' });
	});

	it('takes what is checked', async () => {
		assert.deepEqual(await onEnter(chooseMany(frame, choices, ['third'], 'Check some')), { value: ['third'] });
	});
});
