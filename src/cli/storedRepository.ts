import { HumanError } from '../core/model/humanError';
import { GITHUB_HOST, nameWithOwner, repositoryKey, storedKey, type RepositoryRef } from '../core/model/repository';
import type { RepositoryRow } from '../core/store/read/repositories';
import type { Store } from '../core/store/store';
import { repositoriesOf, type Endpoint } from './endpoint';
import { UsageError } from './usageError';

/** The repository of a command that takes exactly one. @throws UsageError */
export function onlyRepository(command: string, words: readonly string[], endpoint: Endpoint): RepositoryRef {
	const ref = optionalRepository(command, words, endpoint);
	if (ref === undefined) {
		throw new UsageError(`Which repository? Write pr-seeder ${command} OWNER/REPO.`);
	}
	return ref;
}

/** The repository of a command that takes one or none. @throws UsageError */
export function optionalRepository(command: string, words: readonly string[], endpoint: Endpoint): RepositoryRef | undefined {
	if (words.length > 1) {
		throw new UsageError(`${command} takes one repository.`);
	}
	return repositoriesOf(words, endpoint)[0];
}

/** @throws HumanError when it has no rows */
export async function storedRepository(store: Store, ref: RepositoryRef): Promise<RepositoryRow> {
	const row = (await store.read.repositories()).find((known) => isNamed(known, ref));
	if (row === undefined) {
		const host = ref.host === GITHUB_HOST ? '' : ` --host ${ref.host}`;
		throw new HumanError(`Nothing is stored of ${nameWithOwner(ref)}. Seed it first: pr-seeder seed ${nameWithOwner(ref)}${host}`);
	}
	return row;
}

/** Whether a stored repository is the one that a person named; GitHub ignores case in names. */
export function isNamed(known: { host: string; nameWithOwner: string }, ref: RepositoryRef): boolean {
	return storedKey(known) === repositoryKey(ref);
}

/** How to call a repository where there may be several hosts. */
export function repositoryTitle({ host, nameWithOwner: name }: { host: string; nameWithOwner: string }): string {
	return host === GITHUB_HOST ? name : `${host}/${name}`;
}
