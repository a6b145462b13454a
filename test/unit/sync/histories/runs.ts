import fc from 'fast-check';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CacheFolders } from '../../../../src/core/cache/cacheFolders';
import type { FilePort } from '../../../../src/core/files/filePort';
import { nodeFiles } from '../../../../src/core/files/nodeFiles';
import { nameWithOwner, parseRepository } from '../../../../src/core/model/repository';
import type { SeedOptions } from '../../../../src/core/sync/seedOptions';
import { fineGrainedToken, installationToken, oauthToken, type Token } from '../../../github-server/tokens';
import type { SyncHarness } from '../syncHarness';
import { edit, type Edit, type EditKind } from './edits';
import { fault, type Fault } from './faults';
import { hole, type Hole, type HoleKind } from './holes';

/** A run, with what goes on while it goes on. Positions are requests, counted from its first one. */
export interface Run {
	kind: 'run';
	options: SeedOptions;
	/** Whose; `first` may read everything. */
	token: 'first' | Name;
	during: { at: number; edit: Edit }[];
	faults: Fault[];
	holes: Hole[];
	/** The process dies with this request: nothing is written any more. */
	killAt: number | null;
	cancelAt: number | null;
	/** Of the local clock, in milliseconds. */
	wrongBy: number;
}

const read = (...names: string[]) => Object.fromEntries(['metadata', 'pull_requests', ...names].map((name) => [name, 'read' as const]));

/** Tokens that may read less than the first one, by their values. None names teams. */
const WEAKER = {
	rows: fineGrainedToken({ value: 'rows', permissions: read() }),
	statuses: fineGrainedToken({ value: 'statuses', permissions: read('statuses') }),
	withoutRuns: fineGrainedToken({ value: 'withoutRuns', permissions: read('contents', 'issues', 'statuses') }),
	checks: installationToken({ value: 'checks', permissions: read('checks', 'statuses', 'issues') }),
	withoutStatuses: installationToken({ value: 'withoutStatuses', permissions: read('contents', 'checks') }),
	withoutChecks: installationToken({ value: 'withoutChecks', permissions: read('contents', 'issues', 'actions') }),
} satisfies Record<string, Token>;

/** Tokens that may read nothing here. */
const USELESS = {
	nothing: fineGrainedToken({ value: 'nothing', permissions: { metadata: 'read' } }),
	public: oauthToken({ value: 'public', scopes: ['public_repo'] }),
	gone: oauthToken({ value: 'gone', expiresAt: '2026-01-01T00:00:00Z' }),
} satisfies Record<string, Token>;

type Name = keyof typeof WEAKER | keyof typeof USELESS;
const names = <T extends Name>(table: Record<T, Token>) => fc.constantFrom(...(Object.keys(table) as T[]));

export const weakerTokens: readonly Token[] = Object.values({ ...WEAKER, ...USELESS });

/** Mostly a part of few, too. */
const few = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 6 }) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 60 }) });
/** As many minutes after the first pull request of a history, which are made a minute apart. */
const instant = fc.integer({ min: 0, max: 20 }).map((minutes) => `2026-03-02T09:${String(minutes).padStart(2, '0')}:00Z`);

const PLAIN = { weight: 8, arbitrary: fc.constant<SeedOptions>({}) };
/** What a run may be asked for; each history draws on some of them. */
export const WAYS: readonly fc.WeightedArbitrary<SeedOptions>[] = [
	{ weight: 3, arbitrary: fc.record({ maxPullRequests: few }) },
	{ weight: 2, arbitrary: fc.record({ maxPullRequests: few, allOpen: fc.constant(true) }) },
	{ weight: 1, arbitrary: fc.record({ since: instant }) },
	{ weight: 1, arbitrary: fc.record({ refresh: fc.constant(true) }) },
	{ weight: 1, arbitrary: fc.record({ refresh: fc.constant(true), maxPullRequests: few }) },
	{ weight: 2, arbitrary: fc.record({ verify: fc.constant(true) }) },
	{ weight: 3, arbitrary: fc.record({ noCache: fc.constant(true) }) },
	{ weight: 1, arbitrary: fc.record({ noCache: fc.constant(true), maxPullRequests: few }) },
	{ weight: 1, arbitrary: fc.record({ keepExtent: fc.constant(true) }) },
	{ weight: 1, arbitrary: fc.record({ keepExtent: fc.constant(true), refresh: fc.constant(true) }) },
	{ weight: 1, arbitrary: fc.record({ checkRuns: fc.constant(false) }) },
	{ weight: 1, arbitrary: fc.record({ clear: fc.constant(true) }) },
];

const at = fc.integer({ min: 1, max: 8 });
const sometimes = <T>(arbitrary: fc.Arbitrary<T>, most: number, weight = 1) => fc.oneof({ weight: 2, arbitrary: fc.constant<T[]>([]) }, { weight, arbitrary: fc.array(arbitrary, { minLength: 1, maxLength: most }) });

/** What goes on in the runs of a history. */
export interface RunTheme {
	ways: readonly fc.WeightedArbitrary<SeedOptions>[];
	edits: readonly EditKind[];
	holes: readonly HoleKind[];
}

export function run({ ways, edits, holes }: RunTheme): fc.Arbitrary<Run> {
	return fc.record({
		kind: fc.constant('run' as const),
		options: fc.tuple(fc.oneof(PLAIN, ...ways), fc.boolean()).map(([given, waitForReset]) => ({ ...given, waitForReset })),
		token: fc.oneof({ weight: 9, arbitrary: fc.constant('first' as const) }, { weight: 3, arbitrary: names(WEAKER) }, { weight: 1, arbitrary: names(USELESS) }),
		during: sometimes(fc.record({ at, edit: edit(edits) }), 4),
		faults: sometimes(fault, 2),
		holes: sometimes(hole(holes), 2, 2),
		killAt: fc.option(at, { freq: 5 }),
		cancelAt: fc.option(at, { freq: 8 }),
		wrongBy: fc.constantFrom(0, 0, -7_200_000, 86_400_000),
	});
}

/** Nothing stands in its way, it changes the storage folder as far as it can, and nothing else happens meanwhile. */
export function isClear({ options: { noCache, clear, checkRuns, waitForReset }, token, during, faults, killAt, cancelAt }: Run): boolean {
	return noCache !== true && clear !== true && checkRuns !== false && waitForReset !== false && token === 'first' && during.length + faults.length === 0 && killAt === null && cancelAt === null;
}

export function isWhole({ maxPullRequests, since, keepExtent }: SeedOptions): boolean {
	return maxPullRequests === undefined && since === undefined && keepExtent !== true;
}

/** It goes over everything, as far as the answers allow. */
export function isFullRefresh({ options, token, during }: Run): boolean {
	const { refresh, noCache, checkRuns } = options;
	return refresh === true && isWhole(options) && noCache !== true && checkRuns !== false && token === 'first' && during.length === 0;
}

/** A file system that stops answering with the n-th request, as it would for a process that was killed. */
export function mortal(h: SyncHarness, killAt: number): FilePort {
	let dead = false;
	h.server.before(killAt, () => {
		dead = true;
	});
	return new Proxy<FilePort>(nodeFiles, {
		get(target, name) {
			if (dead) {
				return () => Promise.reject(new Error('The process is dead.'));
			}
			return Reflect.get(target, name) as unknown;
		},
	});
}

/** The locks of a process that is gone are nobody's; here the process lives on, so they have to be taken away. */
export async function dropLocks(h: SyncHarness): Promise<void> {
	const folders = new CacheFolders(nodeFiles, h.storage);
	for (const ref of await folders.list()) {
		await rm(join(await folders.find(parseRepository(nameWithOwner(ref), ref.host)), 'lease.json'), { force: true });
	}
	await rm(join(h.storage, 'prs.sqlite.lock'), { force: true });
}
