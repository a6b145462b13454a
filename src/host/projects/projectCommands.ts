import * as vscode from 'vscode';
import { UnauthorizedError } from '../../core/github/errors';
import type { Project } from '../../core/projects/project';
import type { Store } from '../../core/store/store';
import { SignedOutError } from '../auth/gitHubSessions';
import { editorLocalizer } from '../editorLocalizer';
import { notificationText, withoutIcons } from '../format/plainText';
import { goingOn } from '../goingOn';
import type { SeedRunner } from '../seed/seedRunner';
import { storedRef } from '../seed/storedRepositories';
import { chooseProject, chooseProjects, editProjects } from './projectPick';
import type { ProjectScope } from './projectScope';
import { onlyError, outcomeText, seedInTurn, seedJobs, type SeedJob, type SeedOutcome } from './seedInTurn';

/** How long a word that needs no answer stays in the status bar. */
const HINT_MS = 5_000;

export interface ProjectCommandsOptions {
	scope: ProjectScope;
	runner: Pick<SeedRunner, 'run' | 'isRunning'>;
	store: () => Promise<Store>;
	log: vscode.LogOutputChannel;
	/** Notes what went wrong with one of several repositories. */
	note: (error: unknown) => void;
}

/** What a person can do with projects. */
export class ProjectCommands {
	constructor(private readonly options: ProjectCommandsOptions) {}

	/** Asks what the views should be about. */
	async choose(): Promise<void> {
		const { scope, store } = this.options;
		const chosen = await chooseProject(scope, await (await store()).repositories());
		if (chosen === 'edit') {
			await editProjects();
		} else if (chosen !== undefined) {
			scope.choose(chosen.project?.name);
		}
	}

	/**
	 * Seeds every repository of projects in turn, with the options of each, and tells once how it ended.
	 * @param target the name of a project; anything else asks which
	 * @throws what alone kept all of it from being done
	 */
	async seed(target?: unknown): Promise<SeedOutcome | undefined> {
		const { scope } = this.options;
		const named = scope.all.projects.filter(({ name }) => name === target);
		const projects = named.length > 0 ? named : await chooseProjects(scope);
		return projects.length === 0 ? undefined : this.seedAll(titleOf(projects), seedJobs(projects));
	}

	/** Brings what is stored of the chosen project up to date; with nothing stored it asks what to seed. */
	async refresh(project: Project): Promise<void> {
		const store = await this.options.store();
		await store.refresh();
		const stored = this.options.scope.stored(await store.repositories())?.stored ?? [];
		if (stored.length === 0) {
			await this.seed();
			return;
		}
		const jobs = stored.map((row) => ({ ref: storedRef(row), options: project.options }));
		await this.seedAll(project.name, jobs, (text) => vscode.window.setStatusBarMessage(`$(check) ${withoutIcons(text)}`, HINT_MS));
	}

	private seedAll(
		title: string,
		jobs: SeedJob[],
		tellSuccess: (text: string) => void = (text) => void vscode.window.showInformationMessage(notificationText(text)),
	): Promise<SeedOutcome> {
		return goingOn(() => this.runAll(title, jobs, tellSuccess));
	}

	private async runAll(title: string, jobs: SeedJob[], tellSuccess: (text: string) => void): Promise<SeedOutcome> {
		const { runner, note, log } = this.options;
		const outcome = await seedInTurn(jobs, {
			// What goes on already does the same; whoever asked first chose its options.
			run: ({ ref, options }) => (runner.isRunning(ref) ? runner.run(ref) : runner.run(ref, options)),
			endsHost: (error) => error instanceof SignedOutError || error instanceof UnauthorizedError,
		});
		const only = onlyError(outcome);
		if (only !== undefined) {
			// Shown as for one repository, with the way to sign in where that is it.
			throw only;
		}
		const text = outcomeText(title, outcome, editorLocalizer);
		if (outcome.failures.length === 0) {
			log.info(text);
			tellSuccess(text);
			return outcome;
		}
		outcome.failures.forEach(({ error }) => note(error));
		const showLog = vscode.l10n.t('Show log');
		void vscode.window.showWarningMessage(notificationText(text), showLog).then((chosen) => chosen === showLog && log.show());
		return outcome;
	}
}

function titleOf(projects: readonly Project[]): string {
	return projects.map(({ name }) => name).join(', ');
}
