import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BackgroundPlan } from '../../../src/core/background/backgroundPorts';
import { parseRepository, type RepositoryRef } from '../../../src/core/model/repository';
import type { SeedOptions } from '../../../src/core/sync/seedOptions';
import { GithubServer } from '../../github-server/githubServer';
import type { RequestRecord } from '../../github-server/requests';
import { World } from '../../github-server/world';
import { SimulatedWindow } from './simulatedWindow';
import { VirtualClock } from './virtualClock';

export const TOKEN = 'test-token';
export const START = '2026-03-02T09:00:00Z';
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const INTERVAL_MS = 15 * MINUTE_MS;

/** GitHub, a storage folder, and windows that keep repositories up to date while virtual time passes. */
export class BackgroundHarness {
	private readonly windows: SimulatedWindow[] = [];

	private constructor(
		readonly clock: VirtualClock,
		readonly world: World,
		readonly server: GithubServer,
		readonly storage: string,
		readonly refs: RepositoryRef[],
	) {}

	/** A world with so many repositories `octo/repo-1`, …, of three pull requests each. */
	static async start(count: number): Promise<BackgroundHarness> {
		const clock = new VirtualClock(START);
		const world = new World(clock);
		// The clock goes on only where a test says so.
		world.mergeJobMs = 0;
		const names = Array.from({ length: count }, (_, index) => `octo/repo-${index + 1}`);
		for (const name of names) {
			world.createRepository(name);
			for (let i = 1; i <= 3; i++) world.createPullRequest(name, { title: `Change ${i}` });
		}
		// What is read in the second of an edit is read again.
		clock.jump(MINUTE_MS);
		const server = await GithubServer.start({ world, tokens: [TOKEN] });
		const storage = await mkdtemp(join(tmpdir(), 'pr-seeder-background-'));
		return new BackgroundHarness(clock, world, server, storage, names.map((name) => parseRepository(name)));
	}

	async stop(): Promise<void> {
		for (const window of this.windows) await window.close();
		await this.server.stop();
		await rm(this.storage, { recursive: true, force: true });
	}

	/** Opens a window that keeps all repositories up to date, unless told otherwise. */
	async open(plan: Partial<BackgroundPlan> = {}, options: { wrongBy?: number } = {}): Promise<SimulatedWindow> {
		const { clock, refs, server, storage } = this;
		const window = await SimulatedWindow.open({
			storage,
			clock,
			apiUrl: server.url,
			token: TOKEN,
			plan: { repositories: refs, intervalMs: INTERVAL_MS, reserve: 500, ...plan },
			...options,
		});
		this.windows.push(window);
		return window;
	}

	/** Seeds every repository as a person would, so that from here on a sync finds nothing new. */
	async seedAll(): Promise<void> {
		const window = await this.open({ intervalMs: 0 });
		for (const ref of this.refs) await this.seedBy(window, ref);
		await window.close();
		this.server.clearRequests();
	}

	/** A person seeds a repository. */
	async seedBy(window: SimulatedWindow, ref: RepositoryRef, options: SeedOptions = {}): Promise<void> {
		const credentials = { host: ref.host, apiUrl: this.server.url, account: 'octo-viewer', token: TOKEN };
		const { failures } = await window.seeder.seed([ref], options, { credentials: () => Promise.resolve(credentials) });
		const [failure] = failures;
		if (failure) throw failure.error;
	}

	/** The window's process is gone: what it held stays where it is. */
	kill(window: SimulatedWindow): void {
		window.kill();
		this.windows.splice(this.windows.indexOf(window), 1);
	}

	/** What was asked since the last time, by operation, and what it cost. */
	takeRequests(): { operations: Record<string, number>; points: number } {
		const operations: Record<string, number> = {};
		for (const request of this.server.requests) operations[operationOf(request)] = (operations[operationOf(request)] ?? 0) + 1;
		const points = this.server.requests.reduce((sum, request) => sum + request.points, 0);
		this.server.clearRequests();
		return { operations, points };
	}
}

function operationOf({ operationName, path }: RequestRecord): string {
	return operationName ?? path;
}
