import { CacheFolders } from '../../../src/core/cache/cacheFolders';
import { lastSyncedAt, storedState } from '../../../src/core/cache/storedState';
import type { BackgroundPlan } from '../../../src/core/background/backgroundPorts';
import { BackgroundSync } from '../../../src/core/background/backgroundSync';
import { withLead } from '../../../src/core/background/lead';
import type { FilePort } from '../../../src/core/files/filePort';
import { nodeFiles } from '../../../src/core/files/nodeFiles';
import type { Clock } from '../../../src/core/model/clock';
import type { RepositoryRef } from '../../../src/core/model/repository';
import { Seeder } from '../../../src/core/seeder';
import { openSqlStore, type SqlStore } from '../../../src/core/store/sqlStore';
import type { RepositoryReport } from '../../../src/core/sync/seedReport';
import { QuietSeeder } from '../../../src/host/background/quietSeeder';
import { sqlJs } from '../store/fixtures';
import type { VirtualClock } from './virtualClock';

export interface SimulatedWindowOptions {
	storage: string;
	clock: VirtualClock;
	/** Where the stand-in answers. */
	apiUrl: string;
	token: string;
	plan: BackgroundPlan;
	/** Local minus server time, in milliseconds. */
	wrongBy?: number;
}

/** A window of the editor as background sync knows it: with a store and a seeder of its own, over a storage folder that is shared. */
export class SimulatedWindow {
	/** Somebody looks at it. A change is told by {@link BackgroundSync.wake}, as the editor does. */
	attendedUntil = Infinity;
	signedIn = true;
	/** Why the store can't be opened; `undefined`: it can. */
	problem: Error | undefined;
	readonly reports: RepositoryReport[] = [];
	readonly failures: unknown[] = [];
	readonly sync: BackgroundSync;
	readonly quiet: QuietSeeder;
	private dead = false;

	private constructor(
		readonly store: SqlStore,
		readonly seeder: Seeder,
		public plan: BackgroundPlan,
		options: SimulatedWindowOptions,
	) {
		const { apiUrl, clock, storage, token } = options;
		const files = trackedFiles(clock);
		const state = (ref: RepositoryRef) => storedState(new CacheFolders(files, storage), ref);
		this.quiet = new QuietSeeder({
			service: () => Promise.resolve(seeder),
			silent: (host) => Promise.resolve(this.signedIn ? { host, apiUrl, account: 'octo-viewer', token } : undefined),
			seedOptions: () => ({}),
			onDidUse: () => undefined,
			onDidSeed: (report) => this.reports.push(report),
			onDidEnd: () => undefined,
		});
		const own = this.clockOf(clock, options.wrongBy ?? 0);
		this.sync = new BackgroundSync({
			clock: own,
			plan: () => this.plan,
			attendedUntil: () => this.attendedUntil,
			lead: (work) => withLead({ files, storage, clock: own, log: () => undefined }, work),
			lastSyncedAt: async (ref) => lastSyncedAt(await state(ref)),
			account: async (ref) => {
				if (this.problem) {
					throw this.problem;
				}
				const account = await this.quiet.account(ref);
				return account && { ...account, seed: (one, run) => clock.track(account.seed(one, run)) };
			},
			onDidFail: (error) => this.failures.push(error),
		});
	}

	static async open(options: SimulatedWindowOptions): Promise<SimulatedWindow> {
		const { clock, storage, wrongBy = 0 } = options;
		const log = () => undefined;
		const store = await openSqlStore({ files: nodeFiles, folder: storage, loadSql: sqlJs, log });
		const inside = clock.inside;
		const seeder = new Seeder({
			storage,
			files: nodeFiles,
			clock: { ...inside, now: () => inside.now() + wrongBy },
			store,
			fetch: globalThis.fetch,
			log,
		});
		const window = new SimulatedWindow(store, seeder, options.plan, options);
		window.sync.start();
		return window;
	}

	/** The person turns to another window: this one counts as attended for a while yet. */
	leave(attendedUntil: number): void {
		this.attendedUntil = attendedUntil;
	}

	focus(): void {
		this.attendedUntil = Infinity;
		this.sync.wake();
	}

	choose(plan: Partial<BackgroundPlan>): void {
		this.plan = { ...this.plan, ...plan };
		this.sync.reconsider();
	}

	/** The process is gone: nothing of it happens any more, and what it held stays where it is. */
	kill(): void {
		this.dead = true;
	}

	async close(): Promise<void> {
		if (!this.dead) {
			await this.sync.stop();
			await this.store.close();
		}
	}

	private clockOf(clock: VirtualClock, wrongBy: number): Clock {
		const never = new Promise<void>(() => undefined);
		return {
			now: () => clock.now() + wrongBy,
			steady: () => clock.steady(),
			sleep: (ms, signal) =>
				clock.sleep(ms, signal).then(
					() => (this.dead ? never : undefined),
					(error: unknown) => (this.dead ? never : Promise.reject(error as Error)),
				),
		};
	}
}

/** Node's files, while whose work no time passes. A file was always made just now: the disk's own clock is another. */
function trackedFiles(clock: VirtualClock): FilePort {
	return new Proxy(nodeFiles, {
		get(target, name) {
			const method = Reflect.get(target, name) as (...parameters: unknown[]) => Promise<unknown>;
			return async (...parameters: unknown[]) => {
				const result = await clock.track(method.apply(target, parameters));
				return name === 'stat' && result ? { ...result, modifiedMs: clock.now() } : result;
			};
		},
	});
}
