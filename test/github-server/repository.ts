import { nodeId, stableHash } from './identifiers';
import type { Check, Issue, Label, Milestone, PullRequest, PullRequestRows } from './model';

export type PullRequestOrder = 'CREATED_AT' | 'UPDATED_AT' | 'COMMENTS';

/** Makes the longer lists of a large made repository from the number alone, the same each time. */
export interface RowSource {
	rows(pullRequest: PullRequest): PullRequestRows;
	/** undefined: no such commit. */
	checks(oid: string): Check[] | undefined;
}

export interface RepositoryOptions {
	readonly createdAt?: string;
	readonly description?: string | null;
	readonly isPrivate?: boolean;
	/** Where the numbers of rows begin; the default lies above 2^31, as today's do. */
	readonly firstDatabaseId?: number;
	/** Tells apart repositories that had the same name one after the other. */
	readonly generation?: number;
}

/** One repository: its rows, the lookups that the API needs, and sorted views that stay cheap with 100,000 pull requests. */
export class Repository {
	readonly __typename = 'Repository';
	readonly databaseId: number;
	readonly id: string;
	readonly generation: number;
	owner: string;
	name: string;
	description: string | null;
	isPrivate: boolean;
	readonly createdAt: string;
	updatedAt: string;
	pushedAt: string;
	readonly defaultBranch = 'main';
	readonly labels: Label[] = [];
	readonly milestones: Milestone[] = [];
	readonly issues = new Map<number, Issue>();
	rowSource: RowSource | undefined;

	readonly #pullRequests = new Map<number, PullRequest>();
	readonly #byId = new Map<string, PullRequest>();
	#byDatabaseId: Map<number, PullRequest> | undefined;
	readonly #checks = new Map<string, Check[]>();
	readonly #commits = new Set<string>();
	readonly #recentRows = new Map<number, PullRequestRows>();
	readonly #views = new Map<string, { version: number; rows: PullRequest[] }>();
	#version = 0;
	#lastDatabaseId: number;
	#lastNumber = 0;

	constructor(nameWithOwner: string, options: RepositoryOptions = {}) {
		const [owner = '', name = ''] = nameWithOwner.split('/');
		this.owner = owner;
		this.name = name;
		this.generation = options.generation ?? 0;
		const hash = stableHash(`${nameWithOwner.toLowerCase()}#${this.generation}`);
		this.databaseId = 1 + (hash % 1_200_000_000);
		this.id = nodeId('R', this.databaseId);
		this.description = options.description ?? null;
		this.isPrivate = options.isPrivate ?? false;
		this.createdAt = options.createdAt ?? '2020-01-01T00:00:00Z';
		this.updatedAt = this.createdAt;
		this.pushedAt = this.createdAt;
		this.#lastDatabaseId = (options.firstDatabaseId ?? 2_400_000_000 + (hash % 1000) * 1_000_000) - 1;
	}

	get nameWithOwner(): string {
		return `${this.owner}/${this.name}`;
	}

	/** By number, ascending as added. */
	get pullRequests(): ReadonlyMap<number, PullRequest> {
		return this.#pullRequests;
	}

	nextDatabaseId(): number {
		return ++this.#lastDatabaseId;
	}

	/** Issues and pull requests share one sequence of numbers. */
	nextNumber(): number {
		return this.#lastNumber + 1;
	}

	/** A node id in this repository. */
	nodeId(prefix: string, databaseId: number): string {
		return nodeId(prefix, this.databaseId, databaseId);
	}

	addPullRequest(pullRequest: PullRequest): void {
		this.#pullRequests.set(pullRequest.number, pullRequest);
		this.#byId.set(pullRequest.id, pullRequest);
		this.#byDatabaseId = undefined;
		this.#lastNumber = Math.max(this.#lastNumber, pullRequest.number);
		this.#lastDatabaseId = Math.max(this.#lastDatabaseId, pullRequest.databaseId);
		this.#views.clear();
		this.touch();
	}

	addIssue(issue: Issue): void {
		this.issues.set(issue.number, issue);
		this.#lastNumber = Math.max(this.#lastNumber, issue.number);
	}

	removePullRequest(pullRequest: PullRequest): void {
		this.#pullRequests.delete(pullRequest.number);
		this.#byId.delete(pullRequest.id);
		this.#byDatabaseId = undefined;
		this.#views.clear();
		this.touch();
	}

	pullRequestByDatabaseId(databaseId: number): PullRequest | undefined {
		// Made when it is first wanted: few clients send ids of the former form.
		this.#byDatabaseId ??= new Map([...this.#pullRequests.values()].map((one) => [one.databaseId, one]));
		return this.#byDatabaseId.get(databaseId);
	}

	pullRequestById(id: string): PullRequest | undefined {
		return this.#byId.get(id);
	}

	/** Call after any change of a pull request, so that the sorted views are looked over. */
	touch(): void {
		this.#version++;
	}

	/** To read. A made list is kept for the moment only; {@link editableRows} keeps it for good. */
	rowsOf(pullRequest: PullRequest): PullRequestRows {
		if (pullRequest.rows) return pullRequest.rows;
		let rows = this.#recentRows.get(pullRequest.number);
		if (!rows) {
			rows = this.rowSource?.rows(pullRequest) ?? { reviewRequests: [], reviews: [], commits: [], files: [], closingIssues: [] };
			if (this.#recentRows.size > 200) this.#recentRows.clear();
			this.#recentRows.set(pullRequest.number, rows);
		}
		return rows;
	}

	editableRows(pullRequest: PullRequest): PullRequestRows {
		pullRequest.rows ??= this.rowsOf(pullRequest);
		return pullRequest.rows;
	}

	checksOf(oid: string): readonly Check[] {
		return this.#checks.get(oid) ?? this.rowSource?.checks(oid) ?? [];
	}

	editableChecks(oid: string): Check[] {
		const checks = this.#checks.get(oid) ?? this.rowSource?.checks(oid) ?? [];
		this.#checks.set(oid, checks);
		this.#commits.add(oid);
		return checks;
	}

	/** Remembers a commit that no pull request's list shows any more, so that REST still answers for it. */
	rememberCommit(oid: string): void {
		this.#commits.add(oid);
	}

	hasCommit(oid: string): boolean {
		if (this.#commits.has(oid) || this.#checks.has(oid) || this.rowSource?.checks(oid)) return true;
		for (const pullRequest of this.#pullRequests.values()) {
			if (pullRequest.headRefOid === oid || pullRequest.rows?.commits.some((commit) => commit.oid === oid)) return true;
		}
		return false;
	}

	/** Every pull request in ascending order of (field, databaseId). */
	sorted(order: PullRequestOrder): readonly PullRequest[] {
		const view = this.#views.get(order) ?? { version: -1, rows: [...this.#pullRequests.values()] };
		if (view.version !== this.#version) {
			// Sorting the former order again is nearly free: few rows have moved.
			view.rows.sort(comparators[order]);
			view.version = this.#version;
			this.#views.set(order, view);
		}
		return view.rows;
	}

	/** A filtered or turned view, made once per version. */
	view(key: string, make: () => PullRequest[]): readonly PullRequest[] {
		const known = this.#views.get(key);
		if (known?.version === this.#version) return known.rows;
		const rows = make();
		this.#views.set(key, { version: this.#version, rows });
		return rows;
	}
}

const comparators: Record<PullRequestOrder, (left: PullRequest, right: PullRequest) => number> = {
	CREATED_AT: (left, right) => compareText(left.createdAt, right.createdAt) || left.databaseId - right.databaseId,
	UPDATED_AT: (left, right) => compareText(left.updatedAt, right.updatedAt) || left.databaseId - right.databaseId,
	COMMENTS: (left, right) => left.commentCount - right.commentCount || left.databaseId - right.databaseId,
};

function compareText(left: string, right: string): number {
	return left < right ? -1 : left > right ? 1 : 0;
}
