import fc from 'fast-check';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CacheFolders } from '../../../../src/core/cache/cacheFolders';
import { nodeFiles } from '../../../../src/core/files/nodeFiles';
import { Connection } from '../../../../src/core/store/sqlite/connection';
import { sqlJs } from '../../store/fixtures';
import type { SyncHarness } from '../syncHarness';
import { asAtFirst, makeOlder } from './olderCache';
import type { Debts } from './debts';

/** Something that happens to the storage folder while nothing runs. */
export interface Damage {
	kind: 'damage';
	what: DamageKind;
	pick: number;
}

interface Place {
	h: SyncHarness;
	/** Of the cache. */
	folder: string;
	/** The name of the journal. */
	journal: string;
	pick: number;
	debts: Debts;
}

const DAMAGES = {
	loseDatabase: ({ h }: Place) => rm(join(h.storage, 'prs.sqlite'), { force: true }),
	loseCache: ({ folder }: Place) => rm(folder, { recursive: true, force: true }),
	loseJournal: ({ folder, journal }: Place) => rm(join(folder, journal)),
	loseIndex: ({ folder }: Place) => rm(join(folder, 'index.json'), { force: true }),
	loseState: ({ folder }: Place) => rm(join(folder, 'state.json'), { force: true }),
	damageState: ({ folder, pick }: Place) => writeFile(join(folder, 'state.json'), ['{"version":', '{"version":99}', '{"version":2}', ''][pick % 4] ?? ''),
	damageIndex: ({ folder }: Place) => writeFile(join(folder, 'index.json'), '{"journal":'),
	damageLine: (place: Place) => editLine(place, (line) => line.replace('"number"', '"numb\u0000r"')),
	/** The whole database is made anew from a cache in which a line is damaged. */
	damageLineAndLoseDatabase: async (place: Place) => {
		await DAMAGES.damageLine(place);
		await DAMAGES.loseDatabase(place);
	},
	damageLineAndLoseIndex: async (place: Place) => {
		await DAMAGES.damageLine(place);
		await DAMAGES.loseIndex(place);
	},
	shortenLine: (place: Place) => editLine(place, (line) => line.replace(/"headRef":"[^"]*",/, (found) => ' '.repeat(found.length))),
	joinLines: (place: Place) => editLine(place, (line) => line.replace('\n', ' ')),
	splitLine: (place: Place) => editLine(place, (line) => line.replace('"number":', '"number"\n')),
	tearLine: ({ folder, journal }: Place) => writeFile(join(folder, journal), '{"pullRequest":{"number":2,"ti', { flag: 'a' }),
	/** What an earlier release did not write is not known, and stays so until it is read anew. */
	olderCache: async ({ folder, journal, debts }: Place) => {
		debts.owe('refresh');
		await makeOlder(folder, journal);
	},
	olderState: async ({ folder }: Place) => {
		await writeFile(join(folder, 'state.json'), asAtFirst(await readFile(join(folder, 'state.json'), 'utf8')));
	},
	otherTool: (place: Place) => alter(place, ALTERATIONS),
	otherPeople: (place: Place) => alter(place, OTHER_PEOPLE),
};

const ALTERATIONS = [
	"UPDATE pull_request SET title = 'Other', state = 'CLOSED' WHERE number = $number",
	'PRAGMA foreign_keys = ON; DELETE FROM pull_request WHERE number = $number',
	'DELETE FROM pull_request WHERE number = $number',
	'DELETE FROM pull_request',
	'DELETE FROM repository',
	'DELETE FROM review; DELETE FROM pull_request_commit; DELETE FROM changed_file WHERE number = $number',
	'UPDATE review SET number = number + 900',
	'UPDATE review SET database_id = 9223372036854775806',
	'DELETE FROM label',
	'DELETE FROM pull_request_label',
	"UPDATE milestone SET title = 'Other'",
	'DELETE FROM member; DELETE FROM repository_member',
];

const OTHER_PEOPLE = [
	"UPDATE member SET login = login || '-other'",
	"UPDATE member SET login = login || '-other', seen_at = seen_at + 1000000000",
	"UPDATE member SET login = login || '-other'; UPDATE repository_member SET login = login || '-other'",
];

/** Only a verify looks at the rows of the database. */
async function alter({ h, pick, debts }: Place, alterations: readonly string[]): Promise<void> {
	const path = join(h.storage, 'prs.sqlite');
	const bytes = await nodeFiles.read(path);
	if (!bytes) return;
	debts.owe('rows');
	const connection = new Connection(await sqlJs(), bytes);
	const number = `(SELECT number FROM pull_request LIMIT 1 OFFSET ${pick} % max(1, (SELECT count(*) FROM pull_request)))`;
	connection.script(`PRAGMA foreign_keys = OFF; ${alterations[pick % alterations.length]?.replaceAll('$number', number) ?? ''}`);
	await nodeFiles.writeAtomic(path, connection.export());
	connection.close();
}

async function editLine({ folder, journal, pick }: Place, edited: (line: string) => string): Promise<void> {
	const path = join(folder, journal);
	const lines = (await readFile(path, 'utf8')).split(/(?<=\n)/);
	// One that is superseded is read by nobody.
	const counting = [...new Map(lines.map((line, i) => [/^\{"pullRequest":\{"number":(\d+),/.exec(line)?.[1] ?? '', i])).values()];
	const chosen = pick % 4 === 0 ? pick % lines.length : counting[pick % counting.length];
	await writeFile(path, lines.map((line, i) => (i === chosen ? edited(line) : line)).join(''));
}

export type DamageKind = keyof typeof DAMAGES;
export const DAMAGE_KINDS = Object.keys(DAMAGES) as DamageKind[];

export function damage(kinds: readonly DamageKind[]): fc.Arbitrary<Damage> {
	return fc.record({ kind: fc.constant('damage' as const), what: fc.constantFrom(...kinds), pick: fc.nat(1_000) });
}

/** Does it, where there is anything yet that could be damaged. */
export async function inflict(h: SyncHarness, { what, pick }: Damage, debts: Debts): Promise<void> {
	await h.forgetProcess();
	const folders = new CacheFolders(nodeFiles, h.storage);
	for (const ref of await folders.list()) {
		const folder = await folders.find(ref);
		const journal = (await readdir(folder)).find((name) => name.endsWith('.ndjson'));
		if (journal !== undefined) {
			return DAMAGES[what]({ h, folder, journal, pick, debts });
		}
	}
}
