import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seal } from '../../src/core/store/file/checksum';
import { Random } from '../github-server/random';
import { sqlJs } from '../unit/store/fixtures';
import { REPO, type SyncHarness } from '../unit/sync/syncHarness';
import { restore, twoRuns, withSeededFolder } from './files';

/** However strange the folder is, each case is over by then. */
const LONGEST_MS = 10_000;

type Attack = (random: Random, paths: readonly string[], h: SyncHarness, good: ReadonlyMap<string, Buffer>) => Promise<void>;

/**
 * Runs over storage folders that somebody has prepared: databases with another schema, pipes, folders, links and huge files
 * in a file's place, locks that lead astray. Each case ends within 10 seconds, with an error for a person at most, and
 * the run after it is whole.
 * @returns what became of them, and how often
 */
export function fuzzStorage(count: number, seed = 1): Promise<Record<string, number>> {
	const random = new Random(seed);
	return withSeededFolder(async (h, good) => {
		const ends: Record<string, number> = {};
		for (let done = 0; done < count; done++) {
			await restore(h, good);
			const attack = random.pick([craftedSchema, craftedSchema, strangeFile, madeUpLock]);
			await attack(random, [...good.keys()], h, good);
			const name = `seed ${seed}, case ${done} (${attack.name})`;
			const end = await inTime(twoRuns(h, name), name);
			ends[`${attack.name}: ${end}`] = (ends[`${attack.name}: ${end}`] ?? 0) + 1;
		}
		return ends;
	});
}

async function inTime<T>(work: Promise<T>, name: string): Promise<T> {
	const startedAt = performance.now();
	const result = await work;
	const ms = performance.now() - startedAt;
	assert.ok(ms < LONGEST_MS, `${name}: ${Math.round(ms)} ms`);
	return result;
}

const TABLES = ['repository', 'pull_request', 'label', 'milestone', 'member', 'review', 'check_run', 'linked_issue'];
const NAMES = [...TABLES, 'begin', 'commit', 'sqlite_master', 'temp', 'main', 'x"y', "x'y", '🚢', 'pull_request_by_author'];
const ENDLESS = 'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS id, x AS number, x AS host FROM n';
const HEAVY = "printf('%.*c', 300000000, 'x')";
/** What the database holds: to make it up must not take longer than to find it out. */
const LONG = "printf('%.*c', 20000, 'x')";

/** SQL that makes something of its own in a database, or in a table's place. */
const CRAFTS: ((random: Random) => string)[] = [
	(random) => `CREATE VIEW ${quoted(random.pick(NAMES))} AS ${random.pick([ENDLESS, 'SELECT 1 AS one', `SELECT ${HEAVY} AS id`])}`,
	(random) => {
		const table = random.pick(TABLES);
		return `PRAGMA foreign_keys = OFF; DROP TABLE ${table}; CREATE VIEW ${table} AS ${random.pick([ENDLESS, 'SELECT 1 AS id'])}`;
	},
	(random) => `CREATE TRIGGER t AFTER ${random.pick(['INSERT', 'UPDATE', 'DELETE'])} ON ${random.pick(TABLES)} BEGIN ${random.pick(['DELETE FROM repository', `SELECT count(*) FROM (${ENDLESS})`, "SELECT RAISE(ABORT, 'no')"])}; END`,
	(random) => `CREATE ${random.pick(['', 'UNIQUE '])}INDEX ${quoted(random.pick(['mine', 'pull_request_by_author_2']))} ON pull_request (${random.pick(['state', LONG, 'title, number', "state || 'x'"])})`,
	(random) => `CREATE TABLE ${quoted(random.pick(['mine', '🚢', 'begin']))} (a, b ${random.pick(['', `AS (${HEAVY})`, 'CHECK (b > 0)'])})`,
	(random) => `ALTER TABLE ${random.pick(TABLES)} ADD COLUMN mine ${random.pick(['TEXT', `TEXT AS (${LONG})`])}`,
	(random) => `PRAGMA foreign_keys = OFF; DROP TABLE ${random.pick(TABLES)}`,
	(random) => `DROP INDEX ${random.pick(['pull_request_by_author', 'pull_request_by_update'])}`,
	(random) => `PRAGMA user_version = ${random.pick([-1, 0, 1, 2, 3, 5, 99, 2 ** 31 - 1])}`,
	(random) => `PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = ${random.pick(["replace(sql, 'TEXT', 'BLOB')", "'CREATE VIRTUAL TABLE label USING fts3(x)'", "sql || ' WITHOUT ROWID'", 'NULL', "'nonsense'"])} WHERE name = '${random.pick(TABLES)}'`,
	(random) => `PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = ${random.pick([0, 1, 2, 9_999])} WHERE name = '${random.pick(TABLES)}'`,
	() => 'ANALYZE',
	(random) => `ANALYZE; UPDATE sqlite_stat1 SET stat = ${random.pick(["'0 0 0'", "'x'", LONG, "'9223372036854775807 1'"])}`,
	(random) => `CREATE TABLE ${quoted('n\u202e'.repeat(random.pick([1, 200_000])))} (a)`,
	(random) => `CREATE VIRTUAL TABLE ${quoted(random.pick(['mine', 'begin']))} USING ${random.pick(['fts3(x)', 'rtree(a, b, c)', 'dbstat'])}`,
	(random) => `PRAGMA ${random.pick(['auto_vacuum = 2', 'page_size = 512', 'page_size = 65536', 'application_id = 7'])}; VACUUM`,
	(random) => `UPDATE pull_request SET title = ${random.pick(["x'ff'", "CAST(x'c328' AS TEXT)", 'printf(\'%.*c\', 5000000, \'x\')'])}`,
	(random) => `UPDATE repository SET ${random.pick(['host', 'name_with_owner', 'synced_at', 'node_id', 'revision', 'pushed_at'])} = ${random.pick(["''", "'../../x'", "'a\u202eb'", "'9999-99-99'"])}`,
];

function quoted(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}

const craftedSchema: Attack = async (random, paths, _, good) => {
	const path = paths.find((one) => one.endsWith('.sqlite')) ?? '';
	// sql.js works on the very bytes that it is given.
	const database = new (await sqlJs()).Database(Uint8Array.from(good.get(path) ?? []));
	let isSound = true;
	try {
		for (let left = random.pick([1, 1, 2, 3]); left > 0; left--) {
			try {
				const sql = random.pick(CRAFTS)(random);
				isSound &&= !sql.includes('writable_schema');
				database.exec(sql);
			} catch {
				// Not every two go together, and SQLite itself refuses some.
			}
		}
		await writeFile(path, dressed(random, database.export(), isSound));
	} catch {
		// So broken that sql.js itself can't write it out: the file stays as it was.
	} finally {
		database.close();
	}
};

/**
 * As a tool with other habits leaves a file, or somebody who knows how we tell that it is ours. What we take for ours is
 * not looked through for damage, so that is done to sound ones alone.
 */
function dressed(random: Random, bytes: Uint8Array, isSound: boolean): Uint8Array {
	if (random.chance(0.2)) {
		// Says that it goes with a write-ahead log: https://www.sqlite.org/fileformat2.html#file_format_version_numbers
		bytes.set([2, 2], 18);
	}
	if (isSound && random.chance(0.5)) {
		seal(bytes);
	}
	return bytes;
}

const strangeFile: Attack = async (random, paths, h) => {
	const path = random.pick([...paths, join(h.storage, 'prs.sqlite.lock'), join(h.storage, 'prs.sqlite-wal'), join(h.storage, 'cache/github.com', REPO, 'lease.json')]);
	await rm(path, { recursive: true, force: true });
	switch (random.pick(['pipe', 'folder', 'link', 'huge', 'empty', 'deep'] as const)) {
		case 'pipe':
			execFileSync('mkfifo', [path]);
			break;
		case 'folder':
			await mkdir(join(path, 'with', 'more'), { recursive: true });
			break;
		case 'link':
			await symlink(random.pick(['/dev/zero', '/dev/tty', '/nowhere', h.storage, path]), path);
			return;
		case 'huge':
			await writeFile(path, '{');
			await truncate(path, 2 ** 40);
			break;
		case 'deep':
			await writeFile(path, '[{"a":'.repeat(200_000));
			break;
		case 'empty':
			await writeFile(path, '');
			break;
	}
	await utimes(path, new Date(0), new Date(0));
};

const madeUpLock: Attack = async (random, _, h) => {
	const lock = random.pick([join(h.storage, 'prs.sqlite.lock'), join(h.storage, 'cache/github.com', REPO, 'lease.json')]);
	const token = () => random.pick(['a', 'b', 'c', 'x'.repeat(300), '../x', '', '\u0000']);
	for (const path of [lock, `${lock}.a`, `${lock}.b`, `${lock}.c`]) {
		if (path === lock || random.chance(0.7)) {
			const holder = { pid: random.pick([2 ** 22 + 1, -1, 0, 1.5, 2 ** 53]), time: random.pick([0, 1e300, -1]), token: token() };
			await writeFile(path, random.chance(0.8) ? JSON.stringify(holder) : '['.repeat(5_000));
			await utimes(path, new Date(0), new Date(0));
		}
	}
};
