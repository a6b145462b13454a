import type { StoreWith } from '../../core/store/read/reads';
import { isStale } from '../../core/model/freshness';
import type { RepositoryRow } from '../../core/store/read/repositories';
import { ToolInputError } from './toolInput';

/** Which stored repositories a question is about. */
export interface StoredScope {
	repositories: RepositoryRow[];
	filter: { repositoryId?: number };
	/** How far what is stored can be relied on, in English. */
	summary: string[];
}

const SHOWN = 20;

/**
 * @param named `owner/name`, with the host before it where the same name is stored of several
 * @throws ToolInputError that names what is stored instead
 */
export async function storedScope(store: StoreWith<'repositories'>, named: string | undefined, now: number): Promise<StoredScope> {
	const all = await store.read.repositories();
	if (all.length === 0) {
		throw new ToolInputError('No pull requests are stored yet. The user has to run the command "Seed repo PRs" first.');
	}
	const repositories = named === undefined ? all : all.filter((row) => [row.nameWithOwner, titleOf(row)].some((name) => name.toLowerCase() === named.toLowerCase()));
	const [first, ...others] = repositories;
	if (first === undefined) {
		throw new ToolInputError(`Nothing is stored of ${JSON.stringify(named?.slice(0, 200))}. Stored are ${listed(all.map(({ nameWithOwner }) => nameWithOwner))}.`);
	}
	if (named !== undefined && others.length > 0) {
		throw new ToolInputError(`Several hosts have such a repository. Name one of ${listed(repositories.map(titleOf))}.`);
	}
	return { repositories, filter: named === undefined ? {} : { repositoryId: first.id }, summary: [ageText(repositories, now)] };
}

function titleOf({ host, nameWithOwner }: RepositoryRow): string {
	return `${host}/${nameWithOwner}`;
}

function ageText(repositories: readonly RepositoryRow[], now: number): string {
	const ages = repositories.slice(0, SHOWN).map(({ nameWithOwner, pullRequests, syncedAt, totalCount }) => `${nameWithOwner} ${totalCount === null ? '' : `(only ${pullRequests} of its ${totalCount} pull requests) `}${syncedAt === null ? 'not read to its end yet' : `as of ${syncedAt}${isStale(syncedAt, now) ? ', which is more than 7 days ago' : ''}`}`);
	return `From what is stored on this machine: ${ages.join('; ')}${repositories.length > SHOWN ? `; and ${repositories.length - SHOWN} more` : ''}.`;
}

function listed(names: readonly string[]): string {
	return `${names.slice(0, SHOWN).join(', ')}${names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ''}`;
}
