import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CacheFolders } from '../../src/core/cache/cacheFolders';
import { openRepositoryCache } from '../../src/core/cache/openRepositoryCache';
import { nodeFiles } from '../../src/core/files/nodeFiles';
import { parseRepository } from '../../src/core/model/repository';
import { Seeder } from '../../src/core/seeder';
import { loadSqlJs } from '../../src/core/store/sqlite/loadSqlJs';
import { openSqlStore } from '../../src/core/store/sqlStore';
import { rollupContexts } from '../github-server/checks';
import { ManualClock } from '../github-server/clock';
import { GithubServer } from '../github-server/githubServer';
import { isStatusContext, type PullRequest } from '../github-server/model';
import { Random } from '../github-server/random';
import { syntheticRepository } from '../github-server/syntheticRepository';
import { World } from '../github-server/world';
import { REPOSITORY, TOKEN } from './protocol';
import { amount, row } from './report';
import { line } from './targets';

const PULL_REQUESTS = 5_000;
const OPEN = 300;
const RUNS = 96;
const INTERVAL_MS = 15 * 60_000;
const STALE = 5;
const REQUESTS = 478;
/** What happens in a day, besides what pushes and new pull requests bring along: their checks begin, and settle in the next quarter of an hour. */
const EVENTS = { opened: 40, merged: 35, closed: 5, pushed: 150, reviewed: 120, labelled: 80, rerun: 60 } as const;

interface Day {
	requests: number;
	points: number;
	read: number;
	mostStale: number;
	/** The same without what a check alone makes stale. */
	mostStaleByDate: number;
}

/** Prints what it costs to keep a busy repository up to date for a day, a run every quarter of an hour. */
export async function measureDay(): Promise<void> {
	const day = await live();
	console.log(`### A day: ${amount(PULL_REQUESTS)} pull requests, ${amount(OPEN)} open, ${RUNS} runs\n`);
	console.log([row(['', 'requests', 'points', 'PRs read', 'most open ones stale after a run', 'of them by more than a check']), row(['---', ...Array.from({ length: 5 }, () => '---:')])].join('\n'));
	console.log(`${row(['PR Seeder', amount(day.requests), amount(day.points), amount(day.read), amount(day.mostStale), amount(day.mostStaleByDate)])}\n`);
	console.log(line(day.mostStale <= STALE, `at most ${STALE} open ones stale after a run`, amount(day.mostStale)));
	console.log(line(day.requests <= REQUESTS, `at most ${REQUESTS} requests in the day`, amount(day.requests)));
}

async function live(): Promise<Day> {
	const newest = Date.UTC(2026, 2, 2);
	const clock = new ManualClock(newest + 3_600_000);
	const world = new World(clock);
	world.mergeJobMs = 0;
	world.addRepository(syntheticRepository({ count: PULL_REQUESTS, open: OPEN, now: newest }));
	const server = await GithubServer.start({ world, tokens: [TOKEN] });
	const storage = await mkdtemp(join(tmpdir(), 'pr-seeder-bench-'));
	try {
		const store = await openSqlStore({ files: nodeFiles, folder: storage, loadSql: () => loadSqlJs(join(process.cwd(), 'dist', 'sql-wasm.wasm')), log: () => undefined });
		const sleep = (ms: number) => {
			clock.advance(ms);
			return Promise.resolve();
		};
		const seeder = new Seeder({ storage, files: nodeFiles, clock: { now: () => clock.now(), steady: () => clock.now(), sleep }, store, fetch: globalThis.fetch, log: () => undefined });
		const run = async (): Promise<number> => {
			const { repositories, failures } = await seeder.seed([parseRepository(REPOSITORY)], {}, {
				credentials: (host) => Promise.resolve({ host, apiUrl: server.url, account: 'bench', token: TOKEN }),
			});
			if (failures[0]) {
				throw failures[0].error;
			}
			return repositories.reduce((sum, { added, updated }) => sum + added + updated, 0);
		};
		await run();
		const day: Day = { requests: 0, points: 0, read: 0, mostStale: 0, mostStaleByDate: 0 };
		const life = new Life(world, clock);
		for (let i = 0; i < RUNS; i++) {
			life.pass();
			server.clearRequests();
			day.read += await run();
			day.requests += server.requests.length;
			day.points += server.requests.reduce((sum, { points }) => sum + points, 0);
			const stale = await staleOnes(world, storage);
			day.mostStale = Math.max(day.mostStale, stale.all);
			day.mostStaleByDate = Math.max(day.mostStaleByDate, stale.byDate);
		}
		return day;
	} finally {
		await server.stop();
		await rm(storage, { recursive: true, force: true });
	}
}

/** A day of a busy repository: the same on every machine. */
class Life {
	private readonly random = new Random(7);
	private readonly running: { number: number; check: string }[] = [];
	private events = 0;

	constructor(
		private readonly world: World,
		private readonly clock: ManualClock,
	) {}

	/** A quarter of an hour. */
	pass(): void {
		this.settle();
		for (const [kind, perDay] of Object.entries(EVENTS) as [keyof typeof EVENTS, number][]) {
			const expected = perDay / RUNS;
			for (let left = Math.floor(expected) + Number(this.random.chance(expected % 1)); left > 0; left--) {
				this.happen(kind);
			}
		}
		this.clock.advance(INTERVAL_MS);
	}

	private happen(kind: keyof typeof EVENTS): void {
		const { world, random } = this;
		const { number } = random.pick(open(world));
		this.events++;
		switch (kind) {
			case 'opened':
				this.begin(world.createPullRequest(REPOSITORY, { title: `Opened ${this.events}` }).number);
				break;
			case 'merged':
				world.merge(REPOSITORY, number);
				break;
			case 'closed':
				world.close(REPOSITORY, number);
				break;
			case 'pushed':
				world.pushCommit(REPOSITORY, number);
				this.begin(number);
				break;
			case 'reviewed':
				world.addReview(REPOSITORY, number, 'bench-user-1', 'COMMENTED', `Remark ${this.events}`);
				break;
			case 'labelled':
				world.addLabel(REPOSITORY, number, `label ${this.events % 20}`);
				break;
			case 'rerun':
				// Moves no date, wherever the pull request stands.
				this.begin(number);
				break;
		}
	}

	private begin(number: number): void {
		for (let i = 0; i < 3; i++) {
			const check = `check ${this.events}.${i}`;
			this.world.addCheck(REPOSITORY, number, { name: check, status: 'IN_PROGRESS', conclusion: null });
			this.running.push({ number, check });
		}
	}

	private settle(): void {
		for (const { number, check } of this.running.splice(0)) {
			// A later push has left it behind.
			if (checksOf(this.world, this.world.pullRequest(REPOSITORY, number)).some((line) => line.startsWith(`${check} `))) {
				this.world.setCheck(REPOSITORY, number, check, { status: 'COMPLETED', conclusion: this.random.chance(0.8) ? 'SUCCESS' : 'FAILURE' });
			}
		}
	}
}

function open(world: World): PullRequest[] {
	return [...world.repository(REPOSITORY).pullRequests.values()].filter(({ state }) => state === 'OPEN');
}

function checksOf(world: World, { headRefOid }: PullRequest): string[] {
	const contexts = rollupContexts(world.checksOf(world.repository(REPOSITORY), headRefOid));
	return contexts.flatMap((check) => (isStatusContext(check) ? [] : `${check.name} ${check.conclusion ?? ''}`)).sort();
}

/** Open on the server, and stored in another state. */
async function staleOnes(world: World, storage: string): Promise<{ all: number; byDate: number }> {
	const ref = parseRepository(REPOSITORY);
	const folder = await new CacheFolders(nodeFiles, storage).find(ref);
	const cache = await openRepositoryCache(nodeFiles, folder, { host: ref.host, nameWithOwner: REPOSITORY }, () => undefined);
	const rows = open(world);
	const records = await cache.readAll(rows.map(({ number }) => number));
	const byDate = rows.filter(({ headRefOid, number, updatedAt }) => {
		const stored = records.get(number)?.pullRequest;
		return stored?.updatedAt !== updatedAt || stored.headOid !== headRefOid || stored.state !== 'OPEN';
	});
	const byChecks = rows.filter((row) => {
		const stored = records.get(row.number)?.pullRequest.details?.checks ?? [];
		return stored.flatMap(({ conclusion, kind, name }) => (kind === 'CHECK_RUN' ? `${name} ${conclusion ?? ''}` : [])).sort().join('\n') !== checksOf(world, row).join('\n');
	});
	return { all: new Set([...byDate, ...byChecks]).size, byDate: byDate.length };
}
