import * as vscode from 'vscode';
import type { HumanError } from '../../core/model/humanError';
import { storedProject, type Project } from '../../core/projects/project';
import type { RepositoryRow } from '../../core/store/read/repositories';
import { editorLocalizer } from '../editorLocalizer';
import { errorText } from '../format/errorText';
import { formatNumber } from '../format/localizer';
import { notificationText, withoutIcons } from '../format/plainText';
import { chooseMany, chooseOne, type Choice } from '../quickInput/steps';
import type { ProjectScope } from './projectScope';
import { projectDetail, storedText } from './projectTexts';

const SETTING = 'prSeeder.projects';

/** What the views should be about; without a project, all repositories. */
export interface ScopeChoice {
	project?: Project;
}

/** Asks for all repositories or one project. Resolves with `undefined` when the person turns away. */
export async function chooseProject(scope: ProjectScope, rows: readonly RepositoryRow[]): Promise<ScopeChoice | 'edit' | undefined> {
	const { projects, problems } = scope.all;
	const everything: ScopeChoice = {};
	const choices: Choice<ScopeChoice | 'edit'>[] = [
		{ value: everything, label: `$(repo) ${vscode.l10n.t('All repositories')}`, description: vscode.l10n.t('{0} stored', formatNumber(rows.length, editorLocalizer)) },
		...projects.map((project) => ({
			value: { project },
			label: `$(project) ${withoutIcons(project.name)}`,
			description: storedText(storedProject(project, rows), editorLocalizer),
			detail: withoutIcons(projectDetail(project, editorLocalizer)),
		})),
		...problems.map(({ error }) => problemChoice(error)),
		{ value: 'edit', label: `$(edit) ${vscode.l10n.t('Edit Projects…')}` },
	];
	const current = scope.project?.name;
	const active = choices.find(({ value }) => value !== 'edit' && value.project?.name === current);
	const answer = await chooseOne({ title: vscode.l10n.t('Choose Project'), canGoBack: false }, choices, active?.value ?? everything);
	return answer === undefined || answer === 'back' ? undefined : answer.value;
}

/** Asks which projects to seed; none when the person turns away, or wants to edit them. The chosen one is checked at first. */
export async function chooseProjects(scope: ProjectScope): Promise<Project[]> {
	const { projects, problems } = scope.all;
	if (projects.length === 0) {
		await offerToEdit(problems[0]?.error);
		return [];
	}
	const choices = projects.map((project) => ({
		value: project,
		label: withoutIcons(project.name),
		description: repositoriesText(project.repositories.length),
		detail: withoutIcons(projectDetail(project, editorLocalizer)),
	}));
	const checked = projects.filter(({ name }) => projects.length === 1 || name === scope.project?.name);
	const frame = { title: vscode.l10n.t('Sync Project'), canGoBack: false };
	const answer = await chooseMany(frame, choices, checked, vscode.l10n.t('Select projects'));
	return answer === undefined || answer === 'back' ? [] : answer.value;
}

/** Opens the setting, which says how projects are written and leads to the file. */
export async function editProjects(): Promise<void> {
	await vscode.commands.executeCommand('workbench.action.openSettings', `@id:${SETTING}`);
}

function problemChoice(error: HumanError): Choice<'edit'> {
	return { value: 'edit', label: `$(warning) ${vscode.l10n.t('A project can’t be used')}`, detail: withoutIcons(errorText(error, editorLocalizer)) };
}

async function offerToEdit(problem: HumanError | undefined): Promise<void> {
	const edit = vscode.l10n.t('Edit Projects…');
	const text = problem ? notificationText(errorText(problem, editorLocalizer)) : vscode.l10n.t('There are no projects yet: write them into the setting {0}.', SETTING);
	if ((await vscode.window.showInformationMessage(text, edit)) === edit) {
		await editProjects();
	}
}

function repositoriesText(count: number): string {
	return count === 1 ? vscode.l10n.t('1 repository') : vscode.l10n.t('{0} repositories', formatNumber(count, editorLocalizer));
}
