import type { PullRequest } from '../github-server/model';
import type { Repository } from '../github-server/repository';
import type { ExpectedGroup } from './expectedTrees';
import type { GroupedTitle } from './treePane';

/** What a pull request is under in a tree: titles, in lower case, or nothing. */
const titlesOf: Readonly<Record<GroupedTitle, (one: PullRequest) => string[]>> = {
	Milestones: ({ milestone }) => (milestone === null ? [] : [milestone.title]),
	Labels: ({ labels }) => labels.map(({ name }) => name),
	People: ({ assignees }) => assignees.map(({ login }) => login),
};

/** The groups of several repositories with those of one title as one, in no order that the tree has to keep. */
export function expectedProject(repositories: readonly Repository[], view: GroupedTitle): ExpectedGroup[] {
	const all = repositories.flatMap((repository) => [...repository.pullRequests.values()]);
	const titles = new Map<string | null, string | null>([[null, null]]);
	for (const title of all.flatMap(titlesOf[view])) if (!titles.has(title.toLowerCase())) titles.set(title.toLowerCase(), title);
	return [...titles].flatMap(([key, title]) => {
		const members = all.filter((one) => {
			const own = titlesOf[view](one).map((name) => name.toLowerCase());
			return key === null ? own.length === 0 : own.includes(key);
		});
		const open = members.filter(({ state }) => state === 'OPEN');
		return open.length === 0 ? [] : [{ title, open, closed: members.length - open.length, total: members.length }];
	});
}
