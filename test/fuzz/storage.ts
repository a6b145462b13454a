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

/** How many seconds ago something was made, or in how many. */
const AGES = [-3_600, -1, 0, 1, 4, 31] as const;

/** Resolves with what it did, for whoever has to find out why a case failed. */
type Attack = (random: Random, paths: readonly string[], h: SyncHarness, good: ReadonlyMap<string, Buffer>) => Promise<string>;

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
			const did = await attack(random, [...good.keys()], h, good);
			const name = `seed ${seed}, case ${done} (${attack.name}: ${did})`;
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
	(random) => `PRAGMA writable_schema = ON; INSERT INTO sqlite_schema VALUES (${random.pick([
		"'trigger', 'sqlite_stat1', 'pull_request', 0, 'CREATE TRIGGER sqlite_stat1 AFTER INSERT ON pull_request BEGIN DELETE FROM repository; END'",
		`'view', 'sqlite_stat4', 'sqlite_stat4', 0, 'CREATE VIEW sqlite_stat4 AS ${ENDLESS}'`,
		"'table', 'sqlite_stat1', 'sqlite_stat1', 0, 'CREATE TABLE sqlite_stat1(tbl,idx,stat)'",
		"'table', 'sqlite_stat3', 'sqlite_stat3', 2, 'CREATE TABLE sqlite_stat3(tbl,idx,neq,nlt,ndlt,sample)'",
		"'table', 'sqlite_stat4', 'sqlite_stat4', 3, 'CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)'",
	])})`,
	(random) => `ANALYZE; PRAGMA writable_schema = ON; UPDATE sqlite_schema SET ${random.pick([
		`sql = 'CREATE TABLE sqlite_stat1(tbl,idx,stat CHECK (${HEAVY.replaceAll("'", "''")} <> 1))'`,
		`sql = 'CREATE TABLE sqlite_stat1(tbl,idx,stat AS (${HEAVY.replaceAll("'", "''")}))'`,
		'rootpage = 2',
		'rootpage = 0',
	])} WHERE name = 'sqlite_stat1'`,
	(random) => `ANALYZE; DELETE FROM sqlite_stat1; INSERT INTO sqlite_stat1 VALUES (${random.pick(["'pull_request', 'pull_request_by_author', '1 1 1'", "'pull_request', NULL, '-1'", "'repository', 'x', x'00'", "NULL, NULL, NULL"])})`,
	(random) => `CREATE TABLE ${quoted('n\u202e'.repeat(random.pick([1, 200_000])))} (a)`,
	(random) => `CREATE VIRTUAL TABLE ${quoted(random.pick(['mine', 'begin']))} USING ${random.pick(['fts3(x)', 'rtree(a, b, c)', 'dbstat'])}`,
	(random) => `PRAGMA ${random.pick(['auto_vacuum = 2', 'page_size = 512', 'page_size = 65536', 'application_id = 7'])}; VACUUM`,
	(random) => `UPDATE pull_request SET title = ${random.pick(["x'ff'", "CAST(x'c328' AS TEXT)", 'printf(\'%.*c\', 1000000, \'x\')'])}`,
	(random) => `UPDATE repository SET ${random.pick(['host', 'name_with_owner', 'synced_at', 'node_id', 'revision', 'pushed_at'])} = ${random.pick(["''", "'../../x'", "'a\u202eb'", "'9999-99-99'"])}`,
];

function quoted(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}

async function setDate(random: Random, path: string, ages: readonly number[]): Promise<void> {
	// What is fresh is waited for, which takes a while.
	const at = random.chance(0.3) ? Date.now() / 1_000 - random.pick(ages) : 0;
	await utimes(path, at, at);
}

const craftedSchema: Attack = async (random, paths, _, good) => {
	const path = paths.find((one) => one.endsWith('.sqlite')) ?? '';
	// sql.js works on the very bytes that it is given.
	const database = new (await sqlJs()).Database(Uint8Array.from(good.get(path) ?? []));
	let isSound = true;
	const made: string[] = [];
	try {
		for (let left = random.pick([1, 1, 2, 3]); left > 0; left--) {
			try {
				const sql = random.pick(CRAFTS)(random);
				made.push(sql.slice(0, 300));
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
	return made.join('; ');
};

/**
 * As a tool with other habits leaves a file, or somebody who knows how we tell that it is ours. What we take for ours is
 * not looked through for damage within a page, so that is done to sound ones alone.
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
	const lock = join(h.storage, 'prs.sqlite.lock');
	const path = random.pick([...paths, lock, join(h.storage, 'prs.sqlite-wal'), join(h.storage, 'cache/github.com', REPO, 'lease.json')]);
	await rm(path, { recursive: true, force: true });
	const what = random.pick(['pipe', 'folder', 'link', 'huge', 'empty', 'deep'] as const);
	switch (what) {
		case 'pipe':
			execFileSync('mkfifo', [path]);
			break;
		case 'folder':
			await mkdir(join(path, 'with', 'more'), { recursive: true });
			break;
		case 'link':
			await symlink(random.pick(['/dev/zero', '/dev/tty', '/nowhere', h.storage, path]), path);
			return `link ${path}`;
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
	// An empty lock may be one that is being written: for half a minute it is somebody's.
	const isBeingWritten = what === 'empty' && path === lock;
	await setDate(random, path, isBeingWritten ? [27, 3_600] : AGES);
	return `${what} ${path}`;
};

const madeUpLock: Attack = async (random, _, h) => {
	const lock = random.pick([join(h.storage, 'prs.sqlite.lock'), join(h.storage, 'cache/github.com', REPO, 'lease.json')]);
	const token = () => random.pick(['a', 'b', 'c', 'x'.repeat(300), '../x', '', '\u0000']);
	const made: string[] = [];
	for (const path of [lock, `${lock}.a`, `${lock}.b`, `${lock}.c`]) {
		if (path === lock || random.chance(0.7)) {
			const holder = { pid: random.pick([2 ** 22 + 1, -1, 0, 1.5, 2 ** 53]), time: random.pick([0, 1e300, -1]), token: token() };
			const text = random.pick([JSON.stringify(holder), JSON.stringify(holder), '{"version":2,"holders":[]}', '['.repeat(5_000), 'not JSON']);
			await writeFile(path, text);
			made.push(`${path} ${text.slice(0, 100)}`);
			// JSON is a lock of somebody elsewhere, or of a later release, until it has been silent for half a minute.
			await setDate(random, path, text.startsWith('{') && path.includes('sqlite') ? [27, 29, 31, 3_600] : AGES);
		}
	}
	return made.join('; ');
};
