import assert from 'node:assert/strict';
import { PageTrees, SCHEMA_PAGE } from '../../../src/core/store/file/pageTrees';
import { Random } from '../../github-server/random';
import { sqlJs } from './fixtures';

/** A database with small and long rows, a table without row ids, an index, and rows that are gone; and where its trees begin. */
async function made(pragma = ''): Promise<{ bytes: Uint8Array; roots: number[] }> {
	const database = new (await sqlJs()).Database();
	try {
		database.exec(`${pragma}; VACUUM;
			CREATE TABLE a (id INTEGER PRIMARY KEY, text); CREATE INDEX by_text ON a (text); CREATE TABLE b (name PRIMARY KEY, text) WITHOUT ROWID; CREATE TABLE c (x);
			WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 3000) INSERT INTO a SELECT x, printf('%.*c', x % 50, 'x') FROM n;
			INSERT INTO a VALUES (10000, printf('%.*c', 300000, 'y')); INSERT INTO b SELECT id, text FROM a; INSERT INTO c SELECT text FROM a; DELETE FROM c WHERE rowid % 2`);
		const roots = (database.exec('SELECT rootpage FROM sqlite_schema')[0]?.values ?? []).map(([page]) => Number(page));
		return { bytes: database.export(), roots };
	} finally {
		database.close();
	}
}

function check({ bytes, roots }: { bytes: Uint8Array; roots: readonly number[] }): void {
	const trees = new PageTrees(bytes);
	[SCHEMA_PAGE, ...roots].forEach((root) => trees.assertSound(root));
}

const pageSizeOf = (bytes: Uint8Array) => Buffer.from(bytes.buffer).readUInt16BE(16);

describe('the pages of a database', () => {
	for (const pragma of ['', 'PRAGMA page_size = 512', 'PRAGMA page_size = 65536', 'PRAGMA auto_vacuum = 2']) {
		it(`are sound where SQLite made them (${pragma || 'as usual'})`, async () => check(await made(pragma)));
	}

	it('are not where two tables have the same', async () => {
		const { bytes, roots } = await made();
		assert.throws(() => check({ bytes, roots: [...roots, ...roots] }), /its page \d+ is used twice/);
	});

	it('are not where one leads to itself', async () => {
		const { bytes, roots } = await made();
		const [root = 0] = roots;
		Buffer.from(bytes.buffer).writeUInt32BE(root, (root - 1) * pageSizeOf(bytes) + 8);
		assert.throws(() => check({ bytes, roots }), /its page \d+ is used twice/);
	});

	it('are not where one is past the end, or was cut off', async () => {
		const { bytes, roots } = await made();
		assert.throws(() => check({ bytes, roots: [9_999_999] }), /its page 9999999 is not there/);
		assert.throws(() => check({ bytes: bytes.slice(0, bytes.length / 2), roots }), /its page \d+ is not there/);
	});

	it('are not where rows say that they are longer than the file', async () => {
		const { bytes, roots } = await made();
		const buffer = Buffer.from(bytes.buffer);
		const [root = 0] = roots;
		const leaf = (buffer.readUInt32BE((root - 1) * pageSizeOf(bytes) + 8) - 1) * pageSizeOf(bytes);
		const cell = leaf + buffer.readUInt16BE(leaf + 8);
		// 2^28 - 1, in four bytes as SQLite writes them.
		buffer.set([0xff, 0xff, 0xff, 0x7f], cell);
		assert.throws(() => check({ bytes, roots }), /its rows hold more than the file/);
	});

	it('are looked at in no time, whatever they hold', async () => {
		const { bytes, roots } = await made();
		const random = new Random(1);
		for (let round = 0; round < 300; round++) {
			const noisy = Uint8Array.from(bytes);
			for (let left = random.pick([1, 100, 10_000]); left > 0; left--) {
				noisy[random.between(16, noisy.length - 1)] = random.between(0, 255);
			}
			const startedAt = performance.now();
			try {
				check({ bytes: noisy, roots });
			} catch (error) {
				assert.match(String(error), /^Error: its (?:page|rows) /);
			}
			assert.ok(performance.now() - startedAt < 1_000);
		}
	});

	it('are those of a database, or nothing is looked at', () => {
		for (const bytes of [Buffer.from(''), Buffer.from('SQLite format 3\0'), Buffer.alloc(10_000)]) {
			assert.throws(() => new PageTrees(bytes), /file is not a database/);
		}
	});
});
