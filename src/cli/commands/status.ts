import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { nameWithOwner } from '../../core/model/repository';
import type { CacheStatus } from '../../core/seedService';
import type { RepositoryRow } from '../../core/store/store';
import type { Command } from '../command';
import { endpointOf } from '../endpoint';
import { EXIT } from '../exitCode';
import { ageText, numberText, sizeText } from '../measures';
import { withSession } from '../session';
import { isNamed, optionalRepository, repositoryTitle } from '../storedRepository';

export const statusCommand: Command = {
	name: 'status',
	synopsis: '[OWNER/REPO]',
	summary: 'what is stored: pull requests, age, size, what is incomplete',
	options: [],
	emptyDocument: { repositories: [] },
	run: (invocation) => {
		const { words, options, output } = invocation;
		const ref = optionalRepository('status', words, endpointOf({ host: options.host, apiUrl: options['api-url'] }));
		return withSession(invocation, async ({ storage, store, service }) => {
			const cached = await service((line) => output.warn(line)).status(ref);
			const rows = (await store.repositories()).filter((row) => ref === undefined || isNamed(row, ref));
			const known = [...cached.map((one) => ({ ...one, cached: true })), ...withoutCache(rows, cached)];
			const database = join(storage, 'prs.sqlite');
			const databaseBytes = (await stat(database).catch(() => undefined))?.size ?? 0;
			output.table(
				[
					{ title: 'Repository' },
					{ title: 'PRs', align: 'right' },
					{ title: 'Synced' },
					{ title: 'Cache', align: 'right' },
					{ title: 'Partial', align: 'right' },
					{ title: 'Resumable' },
				],
				known.map((one) => [
					repositoryTitle(one),
					numberText(one.pullRequests),
					one.syncedAt === null ? 'not yet' : ageText(Date.now() - Date.parse(one.syncedAt)),
					one.cached ? sizeText(one.bytes) : 'none',
					numberText(one.partial),
					one.resumable ? 'yes' : 'no',
				]),
				ref === undefined ? 'Nothing is stored yet. Begin with pr-seeder seed OWNER/REPO.' : `Nothing is stored of ${nameWithOwner(ref)}.`,
			);
			output.note(databaseBytes === 0 ? `\nStorage: ${storage}` : `\nDatabase: ${database} (${sizeText(databaseBytes)})`);
			output.document({ repositories: known, storage, database, databaseBytes });
			return EXIT.done;
		});
	},
};

/** What was seeded with `--no-cache` has rows alone. */
function withoutCache(rows: readonly RepositoryRow[], cached: readonly CacheStatus[]): (CacheStatus & { cached: boolean })[] {
	return rows
		.filter((row) => !cached.some(({ host, nameWithOwner: name }) => host === row.host && name.toLowerCase() === row.nameWithOwner.toLowerCase()))
		.map(({ host, nameWithOwner: name, pullRequests, syncedAt, partial }) => ({
			host,
			nameWithOwner: name,
			pullRequests,
			bytes: 0,
			syncedAt,
			partial,
			resumable: false,
			cached: false,
		}));
}
