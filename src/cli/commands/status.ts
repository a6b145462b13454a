import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { GITHUB_HOST, nameWithOwner } from '../../core/model/repository';
import { storedStatus, type StoredStatus } from '../../core/storedStatus';
import type { Command } from '../command';
import { endpointOfCommand } from '../endpoint';
import { EXIT } from '../exitCode';
import { ageText, numberText, partText, sizeText } from '../measures';
import { withSession } from '../session';
import { optionalRepository, repositoryTitle } from '../storedRepository';

export const statusCommand: Command = {
	name: 'status',
	synopsis: '[OWNER/REPO]',
	summary: 'what is stored: pull requests, age, size, what is incomplete',
	options: [],
	emptyDocument: { repositories: [] },
	run: (invocation) => {
		const { words, output } = invocation;
		const ref = optionalRepository('status', words, endpointOfCommand(invocation));
		return withSession(invocation, async ({ storage, store, service }) => {
			const now = Date.now();
			const known = await storedStatus({ service: service((line) => output.warn(line)), store, now }, ref);
			const database = join(storage, 'prs.sqlite');
			const databaseBytes = (await stat(database).catch(() => undefined))?.size ?? 0;
			await output.table(
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
					partText(one.pullRequests, one.totalCount),
					syncedText(one, now),
					one.cached ? sizeText(one.bytes) : 'none',
					numberText(one.partial),
					one.resumable ? 'yes' : 'no',
				]),
				ref === undefined ? 'Nothing is stored yet. Begin with pr-seeder seed OWNER/REPO.' : `Nothing is stored of ${nameWithOwner(ref)}.`,
			);
			for (const line of staleLines(known)) {
				output.note(line);
			}
			output.note(databaseBytes === 0 ? `\nStorage: ${storage}` : `\nDatabase: ${database} (${sizeText(databaseBytes)})`);
			await output.document({ repositories: known, storage, database, databaseBytes });
			return EXIT.done;
		});
	},
};

function syncedText({ syncedAt, stale }: StoredStatus, now: number): string {
	return syncedAt === null ? 'not yet' : `${ageText(now - Date.parse(syncedAt))}${stale ? ' (stale)' : ''}`;
}

/** How to bring up to date what is old: a command for each host. */
function staleLines(known: readonly StoredStatus[]): string[] {
	const byHost = new Map<string, string[]>();
	for (const { host, nameWithOwner: name } of known.filter(({ stale }) => stale)) {
		byHost.set(host, [...(byHost.get(host) ?? []), name]);
	}
	return [...byHost].map(
		([host, names]) => `\nNot brought up to date for more than 7 days; to do so: pr-seeder seed ${names.join(' ')}${host === GITHUB_HOST ? '' : ` --host ${host}`}`,
	);
}
