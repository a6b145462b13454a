import { nameWithOwner, repositoryKey, storedKey, type RepositoryRef } from '../model/repository';
import type { RepositoryRow } from '../store/read/repositories';
import type { SeedOptions } from '../sync/seedOptions';

/** A named group of repositories that a person looks at together. */
export interface Project {
	/** As the person wrote it; never blank. */
	name: string;
	/** At least one, each once, in the order in which they were written. */
	repositories: RepositoryRef[];
	/** What a seed of them is asked to do. */
	options: SeedOptions;
}

/** A project as far as it is stored. */
export interface StoredProject {
	project: Project;
	/** In the project's order. */
	stored: RepositoryRow[];
	/** Those of which nothing is stored yet. */
	missing: RepositoryRef[];
}

/** @param rows every stored repository */
export function storedProject(project: Project, rows: readonly RepositoryRow[]): StoredProject {
	const known = new Map(rows.map((row) => [storedKey(row), row]));
	const found = project.repositories.map((ref) => ({ ref, row: known.get(repositoryKey(ref)) }));
	return {
		project,
		stored: found.flatMap(({ row }) => row ?? []),
		missing: found.flatMap(({ ref, row }) => (row ? [] : [ref])),
	};
}

/** A name for each repository by which nobody confuses two of them: the short one, unless several have it. By row id. */
export function shortNames(rows: readonly RepositoryRow[]): Map<number, string> {
	const namesOf = (row: RepositoryRow) => [row.nameWithOwner.slice(row.nameWithOwner.indexOf('/') + 1), row.nameWithOwner, `${row.host}/${row.nameWithOwner}`];
	const uses = new Map<string, number>();
	for (const name of rows.flatMap(namesOf)) {
		uses.set(name.toLowerCase(), (uses.get(name.toLowerCase()) ?? 0) + 1);
	}
	return new Map(rows.map((row) => [row.id, namesOf(row).find((name) => uses.get(name.toLowerCase()) === 1) ?? row.nameWithOwner]));
}

/** `octo/harbor, octo/pier`: names for a sentence; the first few, for a project may have many. */
export function repositoryList(refs: readonly RepositoryRef[], most = 5): string {
	const shown = refs.slice(0, most).map(nameWithOwner).join(', ');
	return refs.length > most ? `${shown}, …` : shown;
}
