import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CacheFolders } from '../../../../src/core/cache/cacheFolders';
import { nodeFiles } from '../../../../src/core/files/nodeFiles';
import { extentOf, type Extent } from '../../../../src/core/model/extent';
import type { SeedOptions } from '../../../../src/core/sync/seedOptions';
import type { PullRequest } from '../../../github-server/model';
import type { Repository } from '../../../github-server/repository';
import type { SyncHarness } from '../syncHarness';

/** Which parts of the repository the runs of a history have asked for. */
export class Extents {
	/** The largest number that some run asked for, and got. */
	private most = 0;

	/** A run that succeeded asked for it. */
	asked(options: SeedOptions): void {
		const { maxPullRequests, since, ...others } = extentOf(options);
		if (options.keepExtent !== true && since === undefined && Object.keys(others).length === 0) {
			this.most = Math.max(this.most, maxPullRequests ?? Infinity);
		}
	}

	/** What is stored of the repository was lost. */
	forget(): void {
		this.most = 0;
	}

	/**
	 * The numbers of the pull requests that an extent holds; it is no smaller than one that was asked for. `undefined`: it
	 * holds everything, and then nothing is stored either that the server does not have.
	 */
	within({ pullRequests }: Repository, extent: Extent): ReadonlySet<number> | undefined {
		const numbers = held([...pullRequests.values()], extent);
		assert.ok(numbers.size >= Math.min(this.most, pullRequests.size), `${numbers.size} of at least ${this.most} pull requests are kept up to date`);
		return Object.keys(extentOf(extent)).length === 0 ? undefined : numbers;
	}
}

/** To what a run that keeps the extent will keep; undefined where nothing says it. */
export async function storedExtent({ storage }: SyncHarness): Promise<Extent | undefined> {
	const folders = new CacheFolders(nodeFiles, storage);
	for (const ref of await folders.list()) {
		try {
			const { extent } = JSON.parse(await readFile(join(await folders.find(ref), 'state.json'), 'utf8')) as { extent?: Extent | null };
			return extent ?? undefined;
		} catch {
			return undefined;
		}
	}
	return undefined;
}

function held(all: PullRequest[], { maxPullRequests = Infinity, since = '', allOpen = false }: Extent): ReadonlySet<number> {
	const newest = all
		.filter(({ createdAt }) => createdAt >= since)
		.sort((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : b.number - a.number))
		.slice(0, maxPullRequests);
	return new Set([...newest, ...all.filter(({ state }) => allOpen && state === 'OPEN')].map(({ number }) => number));
}
