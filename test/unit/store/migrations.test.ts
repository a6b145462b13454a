import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { repositoryRoot } from '../../vscode/paths';
import { Connection } from '../../../src/core/store/sqlite/connection';
import { MIGRATIONS, migrate } from '../../../src/core/store/schema/migrate';
import { Bench, pullRequest, repository, rows, sqlJs, user } from './fixtures';

/** Databases as the code of each version wrote them; `version1.sqlite.gz` holds what {@link CONTENT} says. */
const FOLDER = join(repositoryRoot, 'test', 'unit', 'store', 'databases');

/** What the databases hold, whichever version wrote them. */
const CONTENT = {
	"SELECT name_with_owner, number, title, state, author_login, labels, assignees, milestone_title, partial FROM pull_request JOIN repository ON id = repository_id ORDER BY 1, 2": [
		['octo/harbor', 1, 'Change 1', 'OPEN', 'ada', '["bug","feature"]', '["ada","grace"]', 'First', '[]'],
		['octo/harbor', 2, 'Change 2', 'MERGED', null, '["feature"]', '[]', null, '[]'],
		['octo/harbor', 3, 'Change 3', 'OPEN', 'Lin', '[]', '[]', null, '["reviews"]'],
		['octo/lighthouse', 1, 'Change 1', 'OPEN', 'bea', '[]', '[]', null, '[]'],
	],
	'SELECT (SELECT count(*) FROM review), (SELECT count(*) FROM pull_request_commit), (SELECT count(*) FROM changed_file), (SELECT count(*) FROM check_run), (SELECT count(*) FROM linked_issue), (SELECT count(*) FROM review_request)': [[4, 4, 2, 6, 4, 6]],
	"SELECT CAST(max(database_id) AS TEXT) FROM review": [['9223372036854775807']],
};

/** What the last version adds, made of what was there. */
const ADDED = {
	'SELECT name_with_owner, login FROM repository_member JOIN repository ON id = repository_id ORDER BY 1, 2': [
		...['ada', 'Bob', 'grace', 'Lin'].map((login) => ['octo/harbor', login]),
		['octo/lighthouse', 'bea'],
	],
};

describe('A database of an earlier version', () => {
	let bench: Bench;

	beforeEach(async () => {
		bench = await Bench.make();
	});

	afterEach(() => bench.dispose());

	it('is there to test with for every version before the present one', async () => {
		assert.deepEqual((await readdir(FOLDER)).sort(), MIGRATIONS.slice(1).map((_, i) => `version${i + 1}.sqlite.gz`));
	});

	for (let version = 1; version < MIGRATIONS.length; version++) {
		it(`is taken from version ${version} to the present one, with all its rows`, async () => {
			await writeFile(bench.path, gunzipSync(await readFile(join(FOLDER, `version${version}.sqlite.gz`))));
			const store = await bench.open();
			assert.deepEqual([store.isNew, store.recovered, store.readOnlyReason], [false, false, undefined]);
			for (const [sql, expected] of Object.entries({ ...CONTENT, ...ADDED })) {
				assert.deepEqual(await rows(store, sql), expected, sql);
			}
			assert.deepEqual(await schemaOf(await readSaved()), await schemaOf());
			await store.apply({ repository: repository(), pullRequests: [pullRequest(4, { author: user('new') })] });
			assert.deepEqual((await store.read.groups('author', {})).map(({ title }) => title), ['ada', 'bea', 'Lin', 'new', '']);

			async function readSaved(): Promise<Uint8Array> {
				await store.save();
				return readFile(bench.path);
			}
		});
	}
});

/** Tables and indexes as SQLite keeps them; of a database that begins with the present version when none is given. */
async function schemaOf(bytes?: Uint8Array): Promise<string[]> {
	const connection = new Connection(await sqlJs(), bytes);
	try {
		if (bytes === undefined) {
			migrate(connection);
		}
		return connection.all('SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name', [], (row) => `${row.text('name')}: ${row.text('sql')}`);
	} finally {
		connection.close();
	}
}
