import type { Project } from '../../core/projects/project';
import type { Store } from '../../core/store/store';
import { storedRef } from '../seed/storedRepositories';
import { chooseProject, chooseProjects, editProjects } from './projectPick';
import type { ProjectScope } from './projectScope';
import { seedJobs, type SeedOutcome } from './seedInTurn';
import { inStatusBar, type SeedRound } from './seedRound';

export interface ProjectCommandsOptions {
	scope: ProjectScope;
	round: SeedRound;
	store: () => Promise<Store>;
}

/** What a person can do with projects. */
export class ProjectCommands {
	constructor(private readonly options: ProjectCommandsOptions) {}

	/** Asks what the views should be about. */
	async choose(): Promise<void> {
		const { scope, store } = this.options;
		const chosen = await chooseProject(scope, await (await store()).read.repositories());
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
		const { round, scope } = this.options;
		const named = scope.all.projects.filter(({ name }) => name === target);
		const projects = named.length > 0 ? named : await chooseProjects(scope);
		return projects.length === 0 ? undefined : round.run(titleOf(projects), seedJobs(projects));
	}

	/** Brings what is stored of the chosen project up to date; with nothing stored it asks what to seed. */
	async refresh(project: Project): Promise<void> {
		const store = await this.options.store();
		await store.refresh();
		const stored = this.options.scope.stored(await store.read.repositories())?.stored ?? [];
		if (stored.length === 0) {
			await this.seed();
			return;
		}
		const jobs = stored.map((row) => ({ ref: storedRef(row), options: project.options }));
		await this.options.round.run(project.name, jobs, inStatusBar);
	}
}

function titleOf(projects: readonly Project[]): string {
	return projects.map(({ name }) => name).join(', ');
}
