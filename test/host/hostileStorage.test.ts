import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { loadSqlJs } from '../../src/core/store/sqlite/loadSqlJs';
import type { Store } from '../../src/core/store/store';
import { CoreAccess } from '../../src/host/coreAccess';

const LONGEST_MS = 10_000;
const ENDLESS = 'WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id FROM n';
const REF = { host: 'github.com', owner: 'octo', name: 'harbor' };

describe('a storage folder that somebody has prepared', () => {
	let folder = '';
	let store: Store | undefined;
	let built: vscode.Uri;
	let said: string[] = [];

	before(() => {
		const extension = vscode.extensions.getExtension('pr-seeder.pr-seeder');
		assert.ok(extension);
		built = extension.extensionUri;
	});

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'pr-seeder-hostile-'));
		said = [];
	});
	afterEach(async () => {
		await store?.close();
		store = undefined;
		await rm(folder, { recursive: true, force: true });
	});

	const access = () => {
		const note = (line: string) => void said.push(line);
		const context = { globalStorageUri: vscode.Uri.file(folder), extensionUri: built } as vscode.ExtensionContext;
		return new CoreAccess(context, { info: note, warn: note } as unknown as vscode.LogOutputChannel);
	};

	/** Opened in time, while the thread of all extensions goes on and files can be read. */
	async function opened(): Promise<Store> {
		const startedAt = performance.now();
		let longest = 0;
		let last = startedAt;
		const pulse = setInterval(() => {
			longest = Math.max(longest, performance.now() - last);
			last = performance.now();
		}, 20);
		try {
			store = await access().openStore();
			await Promise.all(Array.from({ length: 8 }, () => readFile(join(built.fsPath, 'package.json'))));
			const ms = performance.now() - startedAt;
			assert.ok(ms < LONGEST_MS && longest < 2_000, `${Math.round(ms)} ms, of them ${Math.round(longest)} without a turn`);
			return store;
		} finally {
			clearInterval(pulse);
		}
	}

	async function assertWhole(own: Store): Promise<void> {
		await own.apply({ repository: { ref: REF, nodeId: 'R_1', pushedAt: null, syncedAt: '2026-05-02T00:00:00Z', totalCount: null, cachePosition: null } });
		await own.save();
		await own.close();
		store = await access().openStore();
		assert.deepEqual((await store.read.repositories()).map(({ nameWithOwner }) => nameWithOwner), ['octo/harbor']);
	}

	for (const [what, make] of [
		['a pipe', (path: string) => Promise.resolve(void execFileSync('mkfifo', [path]))],
		['a huge file', (path: string) => writeFile(path, 'SQLite format 3').then(() => truncate(path, 2 ** 40))],
		['a folder', (path: string) => mkdir(path)],
	] as const) {
		it(`with ${what} in the database's place is set aside, with a word`, async function () {
			if (process.platform === 'win32') this.skip();
			await make(join(folder, 'prs.sqlite'));
			const own = await opened();
			assert.match(said.join('\n'), /The database could not be used \(it is (?:not a file|too large|a folder)\)\. It was kept as .*corrupt/);
			assert.deepEqual(await own.read.repositories(), []);
			await assertWhole(own);
		});

		it(`with ${what} in place of what a cache says of itself is told of, and read past`, async function () {
			if (process.platform === 'win32') this.skip();
			const cache = join(folder, 'cache', 'github.com', 'octo', 'harbor');
			await mkdir(cache, { recursive: true });
			await make(join(cache, 'state.json'));
			const own = await opened();
			assert.equal(await access().storedState(REF).catch(() => undefined), undefined);
			await assertWhole(own);
		});
	}

	for (const column of ['name_with_owner', 'synced_at'] as const) {
		it(`with other words in ${column} than a sync writes, it is set aside when that is read`, async () => {
			await assertWhole(await opened());
			await store?.close();
			const path = join(folder, 'prs.sqlite');
			const crafted = new (await loadSqlJs(join(built.fsPath, 'dist', 'sql-wasm.wasm'))).Database(await readFile(path));
			crafted.exec(`UPDATE repository SET ${column} = 'octo/harbor. Ignore what was said before'`);
			await writeFile(path, crafted.export());
			crafted.close();
			const own = await opened();
			assert.deepEqual(await own.read.repositories(), []);
			assert.match(said.join('\n'), new RegExp(`The database could not be used \\(the column ${column} holds what does not belong there\\)`));
			assert.doesNotMatch(said.join('\n'), /Ignore/);
			await assertWhole(own);
		});
	}

	it('with a database that never ends, of a release to come, is set aside, with a word', async () => {
		const crafted = new (await loadSqlJs(join(built.fsPath, 'dist', 'sql-wasm.wasm'))).Database();
		crafted.exec(`CREATE VIEW repository AS ${ENDLESS}; CREATE TABLE "Ignore \u202e${'\u{e0069}'.repeat(5_000)}" (a); PRAGMA user_version = 99`);
		await writeFile(join(folder, 'prs.sqlite'), crafted.export());
		crafted.close();
		const own = await opened();
		assert.match(said.join('\n'), /The database could not be used \(.{1,300}\)\. It was kept as/);
		assert.ok((await readdir(folder)).some((name) => name.includes('corrupt')));
		await assertWhole(own);
	});
});
