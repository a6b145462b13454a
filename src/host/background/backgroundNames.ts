import { GITHUB_HOST, nameWithOwner, parseRepository, repositoryKey, type RepositoryRef } from '../../core/model/repository';

/** What a list of names in the settings means. */
export interface NamedRepositories {
	/** Each once, in their order. */
	repositories: RepositoryRef[];
	/** Names that are none, and why. */
	wrong: { name: string; error: unknown }[];
}

/** Reads names as a person writes them; a bare `owner/repo` is on github.com. */
export function namedRepositories(names: readonly string[]): NamedRepositories {
	const repositories = new Map<string, RepositoryRef>();
	const wrong: NamedRepositories['wrong'] = [];
	for (const name of names) {
		try {
			const ref = parseRepository(name);
			if (!repositories.has(repositoryKey(ref))) {
				repositories.set(repositoryKey(ref), ref);
			}
		} catch (error) {
			wrong.push({ name, error });
		}
	}
	return { repositories: [...repositories.values()], wrong };
}

/** The names without those of some repositories, however they spell them. */
export function withoutRepositories(names: readonly string[], refs: readonly RepositoryRef[]): string[] {
	const gone = new Set(refs.map(repositoryKey));
	return names.filter((name) => !namedRepositories([name]).repositories.some((one) => gone.has(repositoryKey(one))));
}

/** A name that {@link namedRepositories} reads as this repository. */
export function nameOf(ref: RepositoryRef): string {
	return ref.host === GITHUB_HOST ? nameWithOwner(ref) : `https://${ref.host}/${nameWithOwner(ref)}`;
}
