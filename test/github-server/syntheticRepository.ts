import { actor, team } from './actors';
import { buildCheckRun, buildCommit, buildFile, buildIssue, buildLabel, buildMilestone, buildPullRequest, buildReview, buildReviewRequest } from './builders';
import { checkSuite } from './checkSuites';
import { isoSeconds } from './clock';
import { stableHash } from './identifiers';
import type { Actor, Check, PullRequest, PullRequestRows } from './model';
import { Random } from './random';
import { Repository, type RowSource } from './repository';

export interface SyntheticOptions {
	/** How many pull requests, up to 100,000 and more. */
	readonly count: number;
	/** The average length of each longer list (reviews, commits, files, checks). Default 4. */
	readonly nestedRows?: number;
	/** How many are open: the newest. Default: a tenth. */
	readonly open?: number;
	readonly seed?: number;
	/** Default `octo-bench/synthetic`. */
	readonly nameWithOwner?: string;
	/** The newest pull request's time, milliseconds since 1970. Default: 2 March 2026. */
	readonly now?: number;
}

/** A repository for measurements. Scalars are kept; the longer lists are made from the number when they are asked for, the same each time. */
export function syntheticRepository(options: SyntheticOptions): Repository {
	const { count, nestedRows = 4, open = Math.ceil(count / 10), seed = 1, now = Date.UTC(2026, 2, 2) } = options;
	const createdAt = isoSeconds(now - (count + 1) * minutes);
	const repository = new Repository(options.nameWithOwner ?? 'octo-bench/synthetic', { createdAt, firstDatabaseId: 2_000_000_000 });
	for (let index = 0; index < 20; index++) repository.labels.push(buildLabel(repository, createdAt, `label ${index}`, (index * 0x0c0ffe).toString(16).padStart(6, '0').slice(-6)));
	for (let index = 0; index < 10; index++) repository.milestones.push(buildMilestone(repository, createdAt, { title: `Release ${index}`, dueOn: isoSeconds(now + index * 7 * 86_400_000) }));
	repository.addIssue(buildIssue(repository, createdAt, count + 1, { title: 'The one issue' }));
	const accounts = Array.from({ length: 40 }, (_, index) => actor(`bench-user-${index}`));
	const random = new Random(seed);
	for (let number = 1; number <= count; number++) {
		const created = now - (count - number) * minutes;
		const isOpen = number > count - open;
		const closedAt = isOpen ? null : isoSeconds(created + random.between(1, 5000) * 1000);
		const size = sizes(seed, number, nestedRows);
		repository.addPullRequest(buildPullRequest(repository, isoSeconds(created), {
			number,
			title: `Synthetic change ${number}`,
			body: bodies[number % bodies.length] ?? '',
			state: isOpen ? 'OPEN' : number % 7 === 0 ? 'CLOSED' : 'MERGED',
			isDraft: isOpen && number % 9 === 0,
			updatedAt: closedAt ?? isoSeconds(created + random.between(1, 900) * 1000),
			closedAt,
			mergedAt: number % 7 === 0 ? null : closedAt,
			author: accounts[number % accounts.length] ?? null,
			headRefOid: oid(number, 0),
			additions: size.files * 3,
			deletions: size.files,
			changedFiles: size.files,
			commentCount: number % 5,
			labels: random.some(repository.labels, number % 4),
			milestone: number % 3 === 0 ? null : (repository.milestones[number % 10] ?? null),
			assignees: number % 2 === 0 ? [accounts[number % 13]!] : [],
			rows: undefined as never,
		}));
	}
	repository.updatedAt = isoSeconds(now);
	repository.pushedAt = repository.updatedAt;
	repository.rowSource = new SyntheticRows(repository, { seed, nestedRows, accounts });
	return repository;
}

const minutes = 15 * 60_000;
const bodies = Array.from({ length: 20 }, (_, index) => `Synthetic body ${index}. ${'It says little at some length. '.repeat(index)}`);

interface Sizes {
	readonly reviews: number;
	readonly commits: number;
	readonly files: number;
	readonly checks: number;
}

function sizes(seed: number, number: number, nestedRows: number): Sizes {
	const random = new Random(stableHash(`${seed}/${number}`));
	const size = (): number => random.between(0, nestedRows * 2);
	return { reviews: size(), commits: Math.max(1, size()), files: size(), checks: size() };
}

/** The number is written into the commit's id, so that a commit finds its pull request without an index. */
function oid(number: number, back: number): string {
	return number.toString(16).padStart(8, '0') + back.toString(16).padStart(4, '0') + stableHash(`${number}/${back}`).toString(16).padStart(28, 'b');
}

class SyntheticRows implements RowSource {
	readonly #repository: Repository;
	readonly #options: { readonly seed: number; readonly nestedRows: number; readonly accounts: readonly Actor[] };

	constructor(repository: Repository, options: { readonly seed: number; readonly nestedRows: number; readonly accounts: readonly Actor[] }) {
		this.#repository = repository;
		this.#options = options;
	}

	rows(pullRequest: PullRequest): PullRequestRows {
		const { number, createdAt } = pullRequest;
		const repository = this.#repository;
		const size = this.#sizes(number);
		const account = (index: number): Actor => this.#options.accounts[(number + index) % this.#options.accounts.length]!;
		// Ids that follow from the number, far from the repository's own sequence: a list made twice is the same.
		const first = 3_000_000_000 + number * 2000;
		const list = <T>(length: number, make: (index: number) => T): T[] => Array.from({ length }, (_, index) => make(index));
		return {
			reviewRequests: pullRequest.state === 'OPEN' ? list(number % 3, (index) => withId(repository, 'RRQ', first + 1900 + index, buildReviewRequest(repository, index === 1 ? team('octo-bench/reviewers') : account(index + 5)))) : [],
			reviews: list(size.reviews, (index) => buildReview(repository, createdAt, {
				databaseId: first + index, author: account(index), state: index % 3 === 0 ? 'APPROVED' : 'COMMENTED', body: bodies[index % 3] ?? '', commitOid: pullRequest.headRefOid,
			})),
			commits: list(size.commits, (index) => buildCommit(createdAt, { oid: oid(number, size.commits - 1 - index), message: `Step ${index}`, additions: 3, deletions: 1, author: pullRequest.author })),
			files: list(size.files, (index) => buildFile(`src/folder-${index % 5}/file-${number}-${index}.ts`, { additions: 3, deletions: 1 })),
			closingIssues: number % 10 === 0 ? [...repository.issues.values()] : [],
		};
	}

	checks(commit: string): Check[] | undefined {
		const number = Number.parseInt(commit.slice(0, 8), 16);
		const back = Number.parseInt(commit.slice(8, 12), 16);
		const pullRequest = this.#repository.pullRequests.get(number);
		if (!pullRequest || oid(number, back) !== commit || back >= this.#sizes(number).commits) return undefined;
		if (back > 0) return [];
		const suite = checkSuite(this.#repository, commit);
		return Array.from({ length: this.#sizes(number).checks }, (_, index) => buildCheckRun(suite, {
			databaseId: 30_000_000_000 + number * 2000 + index, name: `check ${index}`, startedAt: pullRequest.createdAt, completedAt: pullRequest.createdAt,
			conclusion: (number + index) % 11 === 0 ? 'FAILURE' : 'SUCCESS',
		}));
	}

	#sizes(number: number): Sizes {
		return sizes(this.#options.seed, number, this.#options.nestedRows);
	}
}

function withId<T extends { readonly id: string; readonly databaseId: number }>(repository: Repository, prefix: string, databaseId: number, row: T): T {
	return { ...row, id: repository.nodeId(prefix, databaseId), databaseId };
}
