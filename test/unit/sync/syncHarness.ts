import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CacheFolders } from '../../../src/core/cache/cacheFolders';
import { openRepositoryCache } from '../../../src/core/cache/openRepositoryCache';
import type { RepositoryCache } from '../../../src/core/cache/repositoryCache';
import type { FilePort } from '../../../src/core/files/filePort';
import { nodeFiles } from '../../../src/core/files/nodeFiles';
import { CancelledError } from '../../../src/core/model/humanError';
import type { Clock } from '../../../src/core/model/clock';
import { parseRepository, type RepositoryRef } from '../../../src/core/model/repository';
import { inEnglish } from '../../../src/core/model/sentence';
import { Seeder } from '../../../src/core/seeder';
import type { Connection } from '../../../src/core/store/sqlite/connection';
import { openSqlStore, type SqlStore } from '../../../src/core/store/sqlStore';
import type { SeedOptions } from '../../../src/core/sync/seedOptions';
import type { RepositoryReport, SeedProgress, SeedReport } from '../../../src/core/sync/seedReport';
import { ManualClock } from '../../github-server/clock';
import { GithubServer, type GithubServerOptions } from '../../github-server/githubServer';
import type { RequestRecord } from '../../github-server/requests';
import { World } from '../../github-server/world';
import { sqlJs } from '../store/fixtures';

export const TOKEN = 'test-token';
export const REPO = 'octo/harbor';
export const START = '2026-03-02T09:00:00Z';

/** The local clock of the client: as wrong as a test wants it, and its waits take no time. */
export class ClientClock implements Clock {
	readonly sleeps: number[] = [];

	constructor(
		private readonly server: ManualClock,
		/** Local minus server time, in milliseconds. */
		public wrongBy = 0,
	) {}

	now(): number {
		return this.server.now() + this.wrongBy;
	}

	steady(): number {
		return this.server.now();
	}

	sleep(ms: number, signal?: AbortSignal): Promise<void> {
		if (signal?.aborted) {
			return Promise.reject(new CancelledError());
		}
		this.sleeps.push(ms);
		this.server.advance(ms);
		return Promise.resolve();
	}
}

/** GitHub, a storage folder and the seeder between them. */
export class SyncHarness {
	signal: AbortSignal | undefined;
	progress: SeedProgress[] = [];
	files: FilePort = nodeFiles;
	/** The value of the token that the next run signs in with; one that the server was told to accept. */
	token = TOKEN;
	private opened: { seeder: Seeder; store: SqlStore } | undefined;

	private constructor(
		readonly world: World,
		readonly serverClock: ManualClock,
		readonly clock: ClientClock,
		readonly server: GithubServer,
		readonly storage: string,
		private readonly ghes: boolean,
	) {}

	/**
	 * A world with one empty repository, {@link REPO}, at {@link START}.
	 * @param options `temp` is the folder for the storage folder
	 */
	static async start(options: Partial<Omit<GithubServerOptions, 'world'>> & { ghes?: boolean; temp?: string } = {}): Promise<SyncHarness> {
		const clock = new ManualClock(START);
		const world = new World(clock);
		world.createRepository(REPO);
		// A test that is about mergeability says how long it takes.
		world.mergeJobMs = 0;
		const { ghes, temp = tmpdir(), ...serverOptions } = options;
		const server = await GithubServer.start({ world, tokens: [TOKEN], ...serverOptions });
		const storage = await mkdtemp(join(temp, 'pr-seeder-sync-'));
		return new SyncHarness(world, clock, new ClientClock(clock), server, storage, ghes ?? false);
	}

	async stop(): Promise<void> {
		await this.forgetProcess();
		await this.server.stop();
		await rm(this.storage, { recursive: true, force: true });
	}

	/** Lets the server's clock run, so that nothing happens in the same second by accident. */
	later(seconds = 60): void {
		this.serverClock.advance(seconds * 1000);
	}

	get ref(): RepositoryRef {
		return parseRepository(REPO);
	}

	/** What dies with a process: the database in memory, the budget. Nothing is saved. */
	forgetProcess(): Promise<void> {
		// SQLite's memory is one for all databases of this process, and nothing collects what nobody has any more.
		(this.opened?.store as unknown as { connection?: Connection } | undefined)?.connection?.close();
		this.opened = undefined;
		return Promise.resolve();
	}

	async open(): Promise<{ seeder: Seeder; store: SqlStore }> {
		if (!this.opened) {
			const log = () => undefined;
			const store = await openSqlStore({ files: this.files, folder: this.storage, loadSql: sqlJs, log });
			const { files, storage, clock } = this;
			this.opened = { store, seeder: new Seeder({ storage, files, clock, store, fetch: globalThis.fetch, log }) };
		}
		return this.opened;
	}

	/** A run as it comes, failed or not. The request log begins anew with it. */
	async trySeed(options: SeedOptions = {}, name = REPO): Promise<SeedReport> {
		this.server.clearRequests();
		const { seeder } = await this.open();
		const apiUrl = this.ghes ? `${this.server.url}/api/v3` : this.server.url;
		return seeder.seed([parseRepository(name)], options, {
			credentials: (host) => Promise.resolve({ host, apiUrl, account: 'octo-viewer', token: this.token }),
			onProgress: (progress) => this.progress.push(progress),
			...(this.signal ? { signal: this.signal } : {}),
		});
	}

	/** A run that has to succeed. */
	async seed(options: SeedOptions = {}, name = REPO): Promise<RepositoryReport> {
		const report = await this.trySeed(options, name);
		const [failure] = report.failures;
		if (failure) {
			throw failure.error;
		}
		const [repository] = report.repositories;
		assert.ok(repository);
		return repository;
	}

	/** A run that has to fail, with its error. */
	async fail(options: SeedOptions = {}): Promise<Error & { resumable: boolean }> {
		const { failures } = await this.trySeed(options);
		assert.equal(failures.length, 1, 'the run should have failed');
		const [failure] = failures;
		assert.ok(failure);
		return Object.assign(failure.error, { resumable: failure.resumable });
	}

	/** The requests of the last run. */
	get requests(): readonly RequestRecord[] {
		return this.server.requests;
	}

	get operations(): string[] {
		return this.requests.map(({ kind, operationName, path }) => (kind === 'graphql' ? (operationName ?? '?') : path));
	}

	async cache(name = REPO): Promise<RepositoryCache> {
		const ref = parseRepository(name);
		const folder = await new CacheFolders(this.files, this.storage).find(ref);
		return openRepositoryCache(this.files, folder, { host: ref.host, nameWithOwner: name }, (said) => assert.fail(inEnglish(said)));
	}

	/** So many open pull requests, a minute apart, numbered from 1. */
	createPullRequests(count: number): void {
		for (let i = 0; i < count; i++) {
			this.world.createPullRequest(REPO, { title: `Change ${i + 1}` });
			this.later();
		}
	}
}
