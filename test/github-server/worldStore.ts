import { actor, actorOrTeamByDatabaseId, actorOrTeamById, team } from './actors';
import { isoSeconds, systemClock, type Clock } from './clock';
import { decodeTextNodeId, textNodeId } from './identifiers';
import { isStatusContext, type Actor, type Check, type Commit, type EnterpriseTeam, type Issue, type Label, type Milestone, type PullRequest, type Team } from './model';
import { readLegacyNodeId } from './nodeIdForms';
import { Policies } from './policies';
import { Repository, type RepositoryOptions } from './repository';

export interface CommitNode {
	readonly __typename: 'Commit';
	readonly repository: Repository;
	readonly commit: Commit;
}

export type WorldNode = Repository | PullRequest | Label | Milestone | Issue | Actor | Team | EnterpriseTeam | CommitNode;

/** What the server knows: repositories under their present and former names, and the time. */
export class WorldStore {
	clock: Clock;
	/** Where `url` fields point. Not the server's own address, so that a restart on another port changes nothing. */
	webUrl = 'https://github.example';
	/** What organizations ask of tokens. Default: nothing. */
	readonly policies = new Policies();
	/** Logins of owners that are people, in small letters; all others are organizations. */
	readonly people = new Set<string>();
	readonly #members = new Map<Team, Set<string>>();
	readonly #repositories: Repository[] = [];
	readonly #formerNames = new Map<string, Repository>();
	readonly #elsewhere = new Map<string, Repository>();

	constructor(clock: Clock = systemClock) {
		this.clock = clock;
	}

	get repositories(): readonly Repository[] {
		return this.#repositories;
	}

	/** @param combinedSlug `organization/slug` */
	joinTeam(combinedSlug: string, login: string): void {
		const joined = team(combinedSlug);
		this.#members.set(joined, (this.#members.get(joined) ?? new Set()).add(login.toLowerCase()));
	}

	/** Those that anybody has joined. @param logins only teams with one of these */
	teamsOf(organization: string, logins?: readonly string[]): Team[] {
		return [...this.#members].flatMap(([one, members]) =>
			one.organization.toLowerCase() === organization.toLowerCase() && (!logins || logins.some((login) => members.has(login.toLowerCase()))) ? one : []);
	}

	now(): string {
		return isoSeconds(this.clock.now());
	}

	addRepository(repository: Repository): Repository {
		if (this.#present(repository.nameWithOwner)) throw new Error(`${repository.nameWithOwner} is there already.`);
		this.#repositories.push(repository);
		return repository;
	}

	/** An empty repository. */
	createRepository(nameWithOwner: string, options: RepositoryOptions = {}): Repository {
		return this.addRepository(new Repository(nameWithOwner, { createdAt: this.now(), ...options }));
	}

	removeRepository(nameWithOwner: string): void {
		const repository = this.repository(nameWithOwner);
		this.#repositories.splice(this.#repositories.indexOf(repository), 1);
	}

	/** The repository under its present name, or under a former one that nobody has taken since. Case does not matter. */
	findRepository(nameWithOwner: string, followRenames = true): Repository | undefined {
		const present = this.#present(nameWithOwner);
		if (present || !followRenames) return present;
		const renamed = this.#formerNames.get(nameWithOwner.toLowerCase());
		return renamed && this.#repositories.includes(renamed) ? renamed : undefined;
	}

	/** @throws Error when there is none. */
	repository(nameWithOwner: string): Repository {
		const found = this.findRepository(nameWithOwner);
		if (!found) throw new Error(`The world has no repository ${nameWithOwner}.`);
		return found;
	}

	/** The world's repository of that name, else one that is known by name alone, as where a linked issue comes from. */
	anyRepository(nameWithOwner: string): Repository {
		const key = nameWithOwner.toLowerCase();
		const found = this.findRepository(nameWithOwner) ?? this.#elsewhere.get(key);
		if (found) return found;
		const repository = new Repository(nameWithOwner, { createdAt: this.now() });
		this.#elsewhere.set(key, repository);
		return repository;
	}

	/** @throws Error when there is none. */
	pullRequest(nameWithOwner: string, number: number): PullRequest {
		const found = this.repository(nameWithOwner).pullRequests.get(number);
		if (!found) throw new Error(`${nameWithOwner} has no pull request ${number}.`);
		return found;
	}

	/** What the server lists for a commit at this moment. */
	checksOf(repository: Repository, oid: string): readonly Check[] {
		const now = this.clock.now();
		const isShown = (check: Check): boolean => isStatusContext(check) || check.shownFrom === undefined || check.shownFrom <= now;
		const checks = repository.checksOf(oid);
		return checks.every(isShown) ? checks : checks.filter(isShown);
	}

	user(login: string): Actor {
		return actor(login);
	}

	/** Ids of both forms. */
	nodeById(id: string): WorldNode | undefined {
		return this.#nodeById(id) ?? this.#nodeByLegacyId(id);
	}

	#nodeById(id: string): WorldNode | undefined {
		for (const repository of this.#repositories) {
			if (repository.id === id) return repository;
			const found = repository.pullRequestById(id)
				?? repository.labels.find((label) => label.id === id)
				?? repository.milestones.find((milestone) => milestone.id === id);
			if (found) return found;
		}
		return this.#commitById(id) ?? this.#issueById(id) ?? actorOrTeamById(id);
	}

	/** Moves the pull request's `updatedAt`. */
	protected bump(name: string, number: number): PullRequest {
		const pullRequest = this.pullRequest(name, number);
		pullRequest.updatedAt = this.now();
		pullRequest.repository.touch();
		return pullRequest;
	}

	protected rememberName(nameWithOwner: string, repository: Repository): void {
		this.#formerNames.set(nameWithOwner.toLowerCase(), repository);
	}

	#present(nameWithOwner: string): Repository | undefined {
		const wanted = nameWithOwner.toLowerCase();
		return this.#repositories.find((repository) => repository.nameWithOwner.toLowerCase() === wanted);
	}

	#nodeByLegacyId(id: string): WorldNode | undefined {
		const legacy = readLegacyNodeId(id);
		if (!legacy) return undefined;
		// A commit's text is its repository's number and its own id.
		const databaseId = Number.parseInt(legacy.own, 10);
		const is = (one: { readonly databaseId: number }): boolean => one.databaseId === databaseId;
		const inEach = <T>(find: (repository: Repository) => T | undefined): T | undefined => {
			for (const repository of [...this.#repositories, ...this.#elsewhere.values()]) {
				const found = find(repository);
				if (found) return found;
			}
			return undefined;
		};
		switch (legacy.type) {
			case 'Repository': return this.#repositories.find(is);
			case 'PullRequest': return inEach((repository) => repository.pullRequestByDatabaseId(databaseId));
			case 'Label': return inEach((repository) => repository.labels.find(is));
			case 'Milestone': return inEach((repository) => repository.milestones.find(is));
			case 'Issue': return inEach((repository) => [...repository.issues.values()].find(is));
			case 'Commit': return this.#commitById(textNodeId('C', databaseId, legacy.own.slice(legacy.own.indexOf(':') + 1)));
			default: return actorOrTeamByDatabaseId(legacy.type, databaseId);
		}
	}

	#issueById(id: string): Issue | undefined {
		for (const repository of [...this.#repositories, ...this.#elsewhere.values()]) {
			for (const issue of repository.issues.values()) if (issue.id === id) return issue;
		}
		return undefined;
	}

	#commitById(id: string): CommitNode | undefined {
		const decoded = decodeTextNodeId(id);
		const repository = decoded?.prefix === 'C' ? this.#repositories.find((one) => one.databaseId === decoded.repositoryId) : undefined;
		if (!decoded || !repository) return undefined;
		for (const pullRequest of repository.pullRequests.values()) {
			const commit = pullRequest.rows?.commits.find((one) => one.oid === decoded.text);
			if (commit) return { __typename: 'Commit', repository, commit };
		}
		return undefined;
	}
}
