import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SqlJsStatic } from 'sql.js';
import type { FilePort } from '../../../src/core/files/filePort';
import { nodeFiles } from '../../../src/core/files/nodeFiles';
import { NO_CHECKS, type Actor, type PullRequest, type PullRequestDetails } from '../../../src/core/model/pullRequest';
import { loadSqlJs } from '../../../src/core/store/sqlite/loadSqlJs';
import { openSqlStore } from '../../../src/core/store/sqlStore';
import type { SqlStore } from '../../../src/core/store/sqlStore';
import type { QueryResult } from '../../../src/core/store/read/readOnlyQuery';
import type { StoredRepository } from '../../../src/core/store/write/repositoryChange';

export const NOW = Date.parse('2026-06-01T00:00:00Z');

const require = createRequire(join(process.cwd(), 'package.json'));
let loading: Promise<SqlJsStatic> | undefined;

/** sql.js from the installed package, loaded once for all tests. */
export function sqlJs(): Promise<SqlJsStatic> {
	loading ??= loadSqlJs(join(dirname(require.resolve('sql.js')), 'sql-wasm.wasm'));
	return loading;
}

export function user(login: string): Actor {
	return { login, kind: 'USER' };
}

export function repository(name = 'octo/harbor', nodeId = `R_${name}`): StoredRepository {
	const [owner = '', repo = ''] = name.split('/');
	return {
		ref: { host: 'github.com', owner, name: repo },
		nodeId,
		pushedAt: '2026-05-01T00:00:00Z',
		syncedAt: '2026-05-02T00:00:00Z',
		totalCount: null,
		cachePosition: null,
	};
}

export function pullRequest(number: number, changes: Partial<PullRequest> = {}): PullRequest {
	return {
		number,
		id: `PR_${number}`,
		databaseId: String(1000 + number),
		title: `Change ${number}`,
		body: null,
		state: 'OPEN',
		isDraft: false,
		author: user('ada'),
		createdAt: '2026-01-01T00:00:00Z',
		updatedAt: new Date(Date.parse('2026-02-01T00:00:00Z') + number * 60_000).toISOString().replace('.000', ''),
		closedAt: null,
		mergedAt: null,
		mergedBy: null,
		url: `https://github.com/octo/harbor/pull/${number}`,
		baseRef: 'main',
		headRef: `topic-${number}`,
		headOid: number.toString(16).padStart(40, '0'),
		labelIds: [],
		milestoneId: null,
		assignees: [],
		details: null,
		partial: [],
		...changes,
	};
}

export function details(changes: Partial<PullRequestDetails> = {}): PullRequestDetails {
	return {
		additions: 10,
		deletions: 2,
		changedFiles: 1,
		reviewRequests: [],
		reviews: [],
		commits: [],
		files: [],
		checks: [],
		checksState: (changes.checks ?? []).length > 0 ? null : NO_CHECKS,
		linkedIssues: [],
		standing: null,
		reviewThreads: null,
		events: null,
		...changes,
	};
}

/** A details object in which every list has rows. */
export function fullDetails(): PullRequestDetails {
	return details({
		reviewRequests: [user('grace'), { login: 'octo/reviewers', kind: 'TEAM' }, user('Bob')],
		reviews: [
			{ id: 'PRR_1', databaseId: '9223372036854775807', state: 'CHANGES_REQUESTED', submittedAt: '2026-02-01T00:00:00Z', author: user('grace'), body: 'No 🙅', commitOid: null },
			{ id: 'PRR_2', databaseId: null, state: 'PENDING', submittedAt: null, author: null, body: null, commitOid: null },
		],
		commits: [
			{ oid: 'b'.repeat(40), message: 'Second first\n\nbody', authorLogin: null, authorName: 'No Account', authoredAt: '2026-01-02T00:00:00Z', additions: null, deletions: null },
			{ oid: 'a'.repeat(40), message: 'Then this', authorLogin: 'ada', authorName: 'Ada', authoredAt: '2026-01-01T00:00:00Z', additions: 3, deletions: 4 },
		],
		files: [{ path: 'src/ünïcode "quoted".ts', additions: 1, deletions: 2, changeType: 'MODIFIED' }],
		checks: [
			{ id: 'CR_1', databaseId: '9007199254740993', kind: 'CHECK_RUN', name: 'build', status: 'COMPLETED', conclusion: 'FAILURE', startedAt: '2026-01-01T00:00:00Z', completedAt: '2026-01-01T00:10:00Z', url: null, app: null, workflow: null, event: null },
			{ id: 'CR_2', databaseId: '9007199254740994', kind: 'CHECK_RUN', name: 'build', status: 'IN_PROGRESS', conclusion: null, startedAt: '2026-01-01T00:20:00Z', completedAt: null, url: 'https://ci.example.com/2', app: null, workflow: null, event: null },
			{ id: 'SC_1', databaseId: null, kind: 'STATUS_CONTEXT', name: 'ci/deploy', status: 'PENDING', conclusion: null, startedAt: null, completedAt: null, url: null, app: null, workflow: null, event: null },
		],
		linkedIssues: [
			{ repository: null, number: 9, title: 'Nine' },
			{ repository: 'octo/quay', number: 3, title: 'Three' },
		],
	});
}

/** A storage folder of one test, with the stores opened over it. */
export class Bench {
	readonly log: string[] = [];
	private readonly stores: SqlStore[] = [];

	private constructor(readonly folder: string) {}

	static async make(): Promise<Bench> {
		return new Bench(await mkdtemp(join(tmpdir(), 'pr-seeder-store-')));
	}

	get path(): string {
		return join(this.folder, 'prs.sqlite');
	}

	async open(files: FilePort = nodeFiles): Promise<SqlStore> {
		const store = await openSqlStore({
			files,
			folder: this.folder,
			loadSql: sqlJs,
			log: (line) => this.log.push(line),
		});
		this.stores.push(store);
		return store;
	}

	/** Every store's rows and the file have to be sound, whatever the test did to them. */
	async dispose(): Promise<void> {
		try {
			for (const store of this.stores) {
				await assertSound(store);
				await store.close();
			}
			if (await nodeFiles.stat(this.path)) {
				assert.equal((await nodeFiles.list(this.folder)).filter((name) => /\.(lock|tmp)/.test(name)).length, 0);
				assertSoundFile(this.path);
			}
		} finally {
			await rm(this.folder, { recursive: true, force: true });
		}
	}

	/** For stores that a test has spoilt or closed itself. */
	forget(store: SqlStore): void {
		this.stores.splice(this.stores.indexOf(store), 1);
	}
}

export async function rows(store: SqlStore, sql: string): Promise<QueryResult['rows']> {
	return (await store.query(sql, { rows: 100_000 })).rows;
}

/** The only value of the only row. */
export async function value(store: SqlStore, sql: string): Promise<QueryResult['rows'][number][number]> {
	const found = await rows(store, sql);
	assert.equal(found.length, 1);
	return found[0]![0]!;
}

async function assertSound(store: SqlStore): Promise<void> {
	assert.deepEqual(await rows(store, 'SELECT * FROM pragma_integrity_check'), [['ok']]);
	assert.deepEqual(await rows(store, 'SELECT * FROM pragma_foreign_key_check'), []);
}

/** Asks the sqlite3 command, where there is one, about a file that sql.js wrote. */
export function sqlite3(path: string, sql: string): string | undefined {
	try {
		return execFileSync('sqlite3', ['-readonly', path, sql], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
			return undefined;
		}
		throw error;
	}
}

function assertSoundFile(path: string): void {
	const told = sqlite3(path, 'PRAGMA integrity_check; PRAGMA foreign_key_check;');
	assert.ok(told === undefined || told === 'ok', told);
}

/** A period in which nothing is stale and nothing counts as merged. */
export const NO_TIME = { staleBefore: '1970-01-01T00:00:00Z', mergedSince: '2999-01-01T00:00:00Z' };
