import { RECORD_VERSION, type CacheRecord } from '../../../src/core/cache/cacheRecord';
import type { Actor, Label, Milestone, PullRequest } from '../../../src/core/model/pullRequest';
import type { RepositoryChange, StoredRepository } from '../../../src/core/store/write/repositoryChange';

/** Rows in other tables that each pull request has. */
export const NESTED_ROWS = 12;
/** What a transaction holds, as the sync makes it. */
export const BATCH = 50;

const DAY_MS = 86_400_000;
const START = Date.parse('2020-01-01T00:00:00Z');

export const LABELS: Label[] = Array.from({ length: 40 }, (_, i) => ({ id: `LA_kwDOABCDEF${i}`, name: `area: part ${i}`, color: (i * 123_457).toString(16).padStart(6, '0').slice(0, 6) }));

export const MILESTONES: Milestone[] = Array.from({ length: 30 }, (_, i) => ({
	id: `MI_kwDOABCDEF${i}`,
	number: i + 1,
	title: `Release ${i}`,
	state: i < 20 ? 'CLOSED' : 'OPEN',
	dueOn: i % 3 === 0 ? null : isoSeconds(START + i * 60 * DAY_MS),
}));

const BODY = 'This change makes the loader read its settings once, before the first request. '.repeat(8);

/** The repository that everything is of. */
export const REPOSITORY: StoredRepository = {
	ref: { host: 'github.com', owner: 'octo', name: 'harbor' },
	nodeId: 'R_kgDOABCDEF',
	pushedAt: '2026-05-01T00:00:00Z',
	syncedAt: null,
			totalCount: null,
	cachePosition: null,
};

/** The batches in which a repository of so many pull requests is written; made as they are asked for. */
export function* batches(count: number): Generator<RepositoryChange> {
	for (let from = 1; from <= count; from += BATCH) {
		const numbers = Array.from({ length: Math.min(BATCH, count - from + 1) }, (_, i) => from + i);
		yield {
			repository: REPOSITORY,
			...(from === 1 ? { labels: LABELS, milestones: MILESTONES } : {}),
			pullRequests: numbers.map(pullRequest),
		};
	}
}

/** The same as the cache keeps them, in pages as they are fetched. */
export function* cacheRecords(count: number): Generator<CacheRecord[]> {
	for (const { pullRequests = [] } of batches(count)) {
		yield pullRequests.map((one) => ({ version: RECORD_VERSION, pullRequest: one, detailsOf: one.updatedAt, readAt: START, checks: 'SUCCESS 1', tries: 0, refused: [] }));
	}
}

/** One in twelve is open; every kind of row is there, twelve of them. */
export function pullRequest(number: number): PullRequest {
	const createdAt = START + number * 1_800_000;
	const state = number % 12 === 0 ? 'OPEN' : number % 4 === 0 ? 'CLOSED' : 'MERGED';
	const closedAt = state === 'OPEN' ? null : isoSeconds(createdAt + DAY_MS);
	const oid = (salt: number) => (number * 7919 + salt).toString(16).padStart(40, 'a');
	return {
		number,
		id: `PR_kwDOABCDEF${number}`,
		databaseId: String(2_000_000_000 + number),
		title: `Read the settings once before request ${number}`,
		body: BODY.slice(0, 200 + (number % 400)),
		state,
		isDraft: number % 10 === 0,
		author: actor(number),
		createdAt: isoSeconds(createdAt),
		updatedAt: isoSeconds(createdAt + 2 * DAY_MS),
		closedAt,
		mergedAt: state === 'MERGED' ? closedAt : null,
		mergedBy: state === 'MERGED' ? actor(number + 1) : null,
		url: `https://github.com/octo/harbor/pull/${number}`,
		baseRef: 'main',
		headRef: `octo/settings-${number}`,
		headOid: oid(0),
		labelIds: [at(LABELS, number).id, at(LABELS, number + 7).id],
		milestoneId: number % 3 === 0 ? at(MILESTONES, number).id : null,
		assignees: [actor(number + 3)],
		details: {
			additions: number % 500,
			deletions: number % 120,
			changedFiles: 2,
			reviewRequests: [actor(number + 5)],
			reviews: [0, 1].map((i) => ({
				id: `PRR_kwDOABCDEF${number}_${i}`,
				databaseId: String(3_000_000_000 + 2 * number + i),
				state: i === 0 ? 'COMMENTED' : 'APPROVED',
				submittedAt: isoSeconds(createdAt + i * 3_600_000),
				author: actor(number + i + 1),
				body: i === 0 ? 'Could this be read lazily? The first request would not have to wait for it then.' : '',
				commitOid: oid(i),
			})),
			commits: [0, 1].map((i) => ({
				oid: oid(i),
				message: `Read the settings once\n\nThe loader asked the disk for every request; step ${i}.`,
				authorLogin: actor(number).login,
				authorName: 'Octo Person',
				authoredAt: isoSeconds(createdAt + i * 60_000),
				additions: number % 250,
				deletions: number % 60,
			})),
			files: [0, 1].map((i) => ({ path: `src/loader/part-${number % 300}/settings-${i}.ts`, additions: number % 250, deletions: number % 60, changeType: 'MODIFIED' })),
			checks: [
				{
					id: `CR_kwDOABCDEF${number}`,
					databaseId: String(4_000_000_000 + number),
					kind: 'CHECK_RUN',
					name: 'build (ubuntu-latest)',
					status: 'COMPLETED',
					conclusion: 'SUCCESS',
					startedAt: isoSeconds(createdAt),
					completedAt: isoSeconds(createdAt + 600_000),
					url: `https://github.com/octo/harbor/actions/runs/${number}`,
					app: 'github-actions',
					workflow: 'CI',
					event: 'pull_request',
				},
			],
			checksState: 'SUCCESS',
			linkedIssues: [{ repository: null, number: 500_000 + number, title: `The loader is slow ${number}` }],
			standing: {
				reviewDecision: number % 2 === 0 ? 'APPROVED' : null,
				autoMergeAt: null,
				inMergeQueue: false,
				comments: number % 30,
				authorAssociation: 'MEMBER',
				isCrossRepository: number % 4 === 0,
				headOwner: 'octo',
			},
			reviewThreads: [],
			events: [],
		},
		partial: [],
	};
}

function actor(number: number): Actor {
	return { login: `person-${number % 400}`, kind: 'USER' };
}

function at<T>(items: readonly T[], index: number): T {
	const item = items[index % items.length];
	if (item === undefined) throw new RangeError('There are no items.');
	return item;
}

function isoSeconds(time: number): string {
	return new Date(time).toISOString().replace('.000Z', 'Z');
}
