import type { StoreWith } from '../../core/store/read/reads';
import { Emitter, type Disposable, type Event } from '../../core/model/event';
import { storedProject, type Project, type StoredProject } from '../../core/projects/project';
import type { ReadProjects } from '../../core/projects/readProjects';
import type { RepositoryScope } from '../../core/store/sqlite/condition';
import type { RepositoryRow } from '../../core/store/read/repositories';
import type { Keeper } from '../filter/filterState';

const PROJECT_KEY = 'project';

/**
 * What the views of this window are about: all repositories, or those of one project. A chosen project that is no longer
 * in the settings is as if none were chosen; should it come back, it is chosen again.
 */
export class ProjectScope implements Disposable {
	private readonly changed = new Emitter<undefined>();
	private readonly subscription: Disposable;
	private chosen: string | undefined;
	private shown: string;

	/** The views are about something else now: another was chosen, or its repositories are others. */
	readonly onDidChange = this.changed.event;

	/**
	 * @param keeper of the workspace: two windows on different work look at different projects
	 * @param read every project of the settings
	 */
	constructor(
		private readonly keeper: Keeper,
		private readonly read: () => ReadProjects,
		onDidChangeSettings: Event<unknown>,
	) {
		const kept = keeper.get(PROJECT_KEY);
		this.chosen = typeof kept === 'string' ? kept : undefined;
		this.shown = this.describe();
		this.subscription = onDidChangeSettings(() => this.follow());
	}

	/** Every project that there is. */
	get all(): ReadProjects {
		return this.read();
	}

	/** `undefined`: all repositories. */
	get project(): Project | undefined {
		return this.chosen === undefined ? undefined : this.read().projects.find(({ name }) => name === this.chosen);
	}

	/** @param name of a project; `undefined` for all repositories */
	choose(name: string | undefined): void {
		this.chosen = name;
		void this.keeper.update(PROJECT_KEY, name);
		this.follow();
	}

	/** The chosen project as far as it is stored; `undefined`: all repositories. @param rows every stored repository */
	stored(rows: readonly RepositoryRow[]): StoredProject | undefined {
		const { project } = this;
		return project && storedProject(project, rows);
	}

	/** What to ask the store about. */
	async inStore(store: StoreWith<'repositories'>): Promise<RepositoryScope> {
		return this.project === undefined ? {} : scopeOf(this.stored(await store.read.repositories()));
	}

	dispose(): void {
		this.subscription.dispose();
	}

	private follow(): void {
		const shown = this.describe();
		if (shown !== this.shown) {
			this.shown = shown;
			this.changed.fire(undefined);
		}
	}

	/** What makes a difference to the views: not the options, whose days go on by themselves. */
	private describe(): string {
		const { project } = this;
		return project ? JSON.stringify([project.name, project.repositories]) : '';
	}
}

/** What to ask the store about a project. */
export function scopeOf(project: StoredProject | undefined): RepositoryScope {
	return project ? { repositoryIds: project.stored.map(({ id }) => id) } : {};
}
