import * as vscode from 'vscode';
import { GITHUB_HOST, nameWithOwner, repositoryKey, type RepositoryRef } from '../../core/model/repository';
import type { Store } from '../../core/store/store';
import { editorLocalizer } from '../editorLocalizer';
import { errorText } from '../format/errorText';
import { withoutIcons } from '../format/plainText';
import { chooseMany, type Choice } from '../quickInput/steps';
import { storedRefs } from '../seed/storedRepositories';
import type { Settings } from '../settings';
import { nameOf, namedRepositories } from './backgroundNames';
import { planText } from './backgroundText';

const HINT_MS = 5_000;

/** Asks which repositories to keep up to date, of those that are stored and those that are chosen already, and writes the user's settings. */
export async function chooseBackgroundRepositories(
	settings: Pick<Settings, 'backgroundRepositories' | 'backgroundIntervalMs' | 'setBackgroundRepositories'>,
	store: () => Promise<Store>,
): Promise<void> {
	const { repositories, wrong } = namedRepositories(settings.backgroundRepositories);
	const stored = storedRefs(await (await store()).read.repositories());
	const known = new Map([...stored, ...repositories].map((ref) => [repositoryKey(ref), ref]));
	const choices = [...[...known.values()].map(choiceOf), ...wrong.map(({ name, error }) => wrongChoice(name, error))];
	if (choices.length === 0) {
		await offerToSeed();
		return;
	}
	const checked = [...repositories.map((ref) => nameOf(known.get(repositoryKey(ref)) ?? ref)), ...wrong.map(({ name }) => name)];
	const frame = { title: vscode.l10n.t('Choose Repositories to Sync in the Background'), canGoBack: false };
	const answer = await chooseMany(frame, choices, checked, vscode.l10n.t('Select repositories to sync in the background'));
	if (answer === undefined || answer === 'back') {
		return;
	}
	await settings.setBackgroundRepositories(answer.value);
	vscode.window.setStatusBarMessage(`$(check) ${outcomeText(answer.value, settings.backgroundIntervalMs)}`, HINT_MS);
}

function outcomeText(names: readonly string[], intervalMs: number): string {
	const { repositories } = namedRepositories(names);
	if (repositories.length === 0) {
		return vscode.l10n.t('No repository is kept up to date.');
	}
	return intervalMs === 0
		? vscode.l10n.t('Chosen, but prSeeder.backgroundSync.intervalMinutes is 0: nothing happens until it is more.')
		: planText({ repositories, intervalMs }, editorLocalizer);
}

function choiceOf(ref: RepositoryRef): Choice<string> {
	return { label: `$(repo) ${nameWithOwner(ref)}`, value: nameOf(ref), ...(ref.host === GITHUB_HOST ? {} : { description: ref.host }) };
}

/** What is no name stays until somebody takes it out. */
function wrongChoice(name: string, error: unknown): Choice<string> {
	return { label: `$(warning) ${withoutIcons(name)}`, detail: withoutIcons(errorText(error, editorLocalizer)), value: name };
}

async function offerToSeed(): Promise<void> {
	const seed = vscode.l10n.t('Seed repo PRs');
	const text = vscode.l10n.t('No repositories yet. Fetch one first; then it can be synced in the background.');
	if ((await vscode.window.showInformationMessage(text, seed)) === seed) {
		await vscode.commands.executeCommand('prSeeder.seed');
	}
}
