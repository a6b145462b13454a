import { stableHash } from './identifiers';
import type { Actor, CheckRun, StatusContext } from './model';
import type { Repository } from './repository';

// GitHub's documented REST JSON, made from the rows.

/** https://docs.github.com/rest/users/users#get-the-authenticated-user */
export function userJson(account: Actor, webUrl: string): object {
	const login = account.__typename === 'Bot' ? `${account.login}[bot]` : account.login;
	return {
		login,
		id: account.databaseId,
		node_id: account.id,
		avatar_url: `${webUrl}/avatars/${account.databaseId}`,
		gravatar_id: '',
		url: `${webUrl}/api/v3/users/${login}`,
		html_url: `${webUrl}/${login}`,
		type: account.__typename,
		site_admin: false,
		name: account.name,
	};
}

/** The number of an organization, as in GraphQL. */
export function organizationId(login: string): number {
	return 1_000 + (stableHash(`org:${login}`) % 200_000_000);
}

/** https://docs.github.com/rest/repos/repos#get-a-repository */
export function repositoryJson(repository: Repository, webUrl: string): object {
	const open = [...repository.pullRequests.values()].filter((one) => one.state === 'OPEN').length;
	return {
		id: repository.databaseId,
		node_id: repository.id,
		name: repository.name,
		full_name: repository.nameWithOwner,
		private: repository.isPrivate,
		owner: {
			login: repository.owner, id: organizationId(repository.owner), type: 'Organization', html_url: `${webUrl}/${repository.owner}`,
		},
		html_url: `${webUrl}/${repository.nameWithOwner}`,
		description: repository.description,
		fork: false,
		url: `${webUrl}/api/v3/repos/${repository.nameWithOwner}`,
		created_at: repository.createdAt,
		updated_at: repository.updatedAt,
		pushed_at: repository.pushedAt,
		archived: false,
		disabled: false,
		open_issues_count: open,
		default_branch: repository.defaultBranch,
		visibility: repository.isPrivate ? 'private' : 'public',
		permissions: { admin: false, maintain: false, push: true, triage: true, pull: true },
	};
}

/** https://docs.github.com/rest/checks/runs#list-check-runs-for-a-git-reference */
export function checkRunJson(run: CheckRun, repository: Repository, oid: string, webUrl: string): object {
	const api = `${webUrl}/api/v3/repos/${repository.nameWithOwner}/check-runs/${run.databaseId}`;
	return {
		id: run.databaseId,
		name: run.name,
		node_id: run.id,
		head_sha: oid,
		external_id: '',
		url: api,
		html_url: `${webUrl}/${repository.nameWithOwner}/runs/${run.databaseId}`,
		details_url: run.detailsUrl,
		status: run.status.toLowerCase(),
		conclusion: run.conclusion?.toLowerCase() ?? null,
		started_at: run.startedAt,
		completed_at: run.completedAt,
		output: { title: null, summary: null, text: null, annotations_count: 0, annotations_url: `${api}/annotations` },
		check_suite: { id: run.suite.databaseId },
		app: { id: run.suite.app.databaseId, slug: run.suite.app.slug, node_id: run.suite.app.id, name: run.suite.app.name },
		pull_requests: [],
	};
}

/** https://docs.github.com/rest/commits/statuses#list-commit-statuses-for-a-reference */
export function statusJson(status: StatusContext, repository: Repository, oid: string, webUrl: string): object {
	return {
		url: `${webUrl}/api/v3/repos/${repository.nameWithOwner}/statuses/${oid}`,
		avatar_url: `${webUrl}/avatars/0`,
		id: status.databaseId,
		node_id: status.id,
		state: status.state.toLowerCase(),
		description: status.description,
		target_url: status.targetUrl,
		context: status.context,
		created_at: status.createdAt,
		updated_at: status.createdAt,
		creator: status.creator && userJson(status.creator, webUrl),
	};
}
