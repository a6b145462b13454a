import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { HumanError } from '../../../src/core/model/humanError';
import { nodeFiles } from '../../../src/core/files/nodeFiles';
import { Connection } from '../../../src/core/store/sqlite/connection';
import { MIGRATIONS, migrate, NewerDatabaseError } from '../../../src/core/store/schema/migrate';
import { checkSchema, NEWEST_SCHEMA, schemaDigest } from '../../../src/core/store/schema/schemaCheck';
import { Bench, pullRequest, repository, rows, sqlJs } from './fixtures';

// The names that other tools rely on.
const CONTRACT: Record<string, string> = {
	repository: 'id host name_with_owner node_id pushed_at synced_at',
	pull_request:
		'repository_id number node_id database_id title body state is_draft author_login created_at updated_at closed_at merged_at additions deletions changed_files base_ref head_ref head_oid url labels milestone_number milestone_title assignees linked_issues partial review_decision mergeable merge_state auto_merge_at in_merge_queue comments author_association is_cross_repository head_owner merged_by review_threads unresolved_threads',
	label: 'repository_id node_id name color',
	pull_request_label: 'repository_id number label_node_id',
	milestone: 'repository_id node_id number title state due_on',
	member: 'host login',
	pull_request_assignee: 'repository_id number login',
	review_request: 'repository_id number login',
	review: 'repository_id number database_id state submitted_at author_login body commit_oid',
	pull_request_commit: 'repository_id number oid message author_login authored_at additions deletions',
	changed_file: 'repository_id number path additions deletions change_type',
	check_run: 'repository_id number head_oid database_id kind name status conclusion started_at completed_at url',
	linked_issue: 'repository_id number issue_number issue_title issue_repository',
	pull_request_event: 'repository_id number kind actor_login subject_login at',
};

async function withConnection(work: (connection: Connection) => void): Promise<void> {
	const connection = new Connection(await sqlJs());
	try {
		work(connection);
	} finally {
		connection.close();
	}
}

const names = (connection: Connection, sql: string) => connection.all(sql, [], (row) => row.text('name'));
const version = (connection: Connection) => connection.first('PRAGMA user_version', [], (row) => row.number('user_version'));

describe('The schema', () => {
	it('has the tables and columns that others rely on, all of them STRICT', () =>
		withConnection((connection) => {
			migrate(connection);
			for (const [table, columns] of Object.entries(CONTRACT)) {
				const found = new Set(names(connection, `SELECT name FROM pragma_table_info('${table}')`));
				assert.deepEqual(columns.split(' ').filter((column) => !found.has(column)), [], table);
			}
			assert.deepEqual(names(connection, "SELECT name FROM pragma_table_list WHERE schema = 'main' AND NOT strict AND name NOT LIKE 'sqlite_%'"), []);
			assert.equal(version(connection), MIGRATIONS.length);
			assert.equal(migrate(connection), false);
		}));

	it('is known by its digest', () =>
		withConnection((connection) => {
			migrate(connection);
			assert.equal(NEWEST_SCHEMA, schemaDigest(connection));
			connection.script('ANALYZE');
			assert.equal(schemaDigest(connection), NEWEST_SCHEMA);
			connection.script('CREATE TRIGGER seen AFTER INSERT ON member BEGIN SELECT 1; END');
			assert.notEqual(schemaDigest(connection), NEWEST_SCHEMA);
		}));

	it('is looked at table by table', async () => {
		const tables: string[] = [];
		const sql = await sqlJs();
		await withConnection((connection) => {
			migrate(connection);
			checkSchema(connection, MIGRATIONS.length, sql);
			tables.push(...names(connection, "SELECT name FROM sqlite_schema WHERE type = 'table'"));
		});
		assert.ok(tables.length >= Object.keys(CONTRACT).length);
		for (const table of tables) {
			await withConnection((connection) => {
				migrate(connection);
				connection.script(`PRAGMA foreign_keys = OFF; DROP TABLE ${table}; CREATE TABLE ${table} (other TEXT) STRICT`);
				assert.throws(() => checkSchema(connection, MIGRATIONS.length, sql), new RegExp(`table ${table} is another`));
			});
		}
	});

	it('takes a database forward step by step, and keeps its rows', () =>
		withConnection((connection) => {
			const steps = [
				'CREATE TABLE a (id INTEGER PRIMARY KEY, old TEXT) STRICT; CREATE TABLE b (a_id INTEGER REFERENCES a (id) ON DELETE CASCADE) STRICT;',
				"CREATE TABLE a_new (id INTEGER PRIMARY KEY, renamed TEXT) STRICT; INSERT INTO a_new SELECT id, old FROM a; DROP TABLE a; ALTER TABLE a_new RENAME TO a;",
				"ALTER TABLE a ADD COLUMN more TEXT NOT NULL DEFAULT 'm';",
			];
			assert.equal(migrate(connection, steps.slice(0, 1)), true);
			connection.script("INSERT INTO a VALUES (1, 'one'); INSERT INTO b VALUES (1);");
			assert.equal(migrate(connection, steps), true);
			assert.equal(version(connection), 3);
			assert.deepEqual(connection.all('SELECT renamed, more FROM a JOIN b ON a_id = a.id', [], (row) => [row.text('renamed'), row.text('more')]), [['one', 'm']]);
			assert.equal(connection.first('PRAGMA foreign_keys', [], (row) => row.number('foreign_keys')), 1);
		}));

	it('stays at its version when a step fails or loses what others refer to', () =>
		withConnection((connection) => {
			const first = 'CREATE TABLE a (id INTEGER PRIMARY KEY) STRICT; CREATE TABLE b (a_id INTEGER REFERENCES a (id)) STRICT;';
			migrate(connection, [first]);
			connection.script('INSERT INTO a VALUES (1); INSERT INTO b VALUES (1);');
			assert.throws(() => migrate(connection, [first, 'CREATE TABLE c (id INTEGER); SELECT missing FROM nowhere;']), /no such table/);
			assert.throws(() => migrate(connection, [first, 'DELETE FROM a;']), /refer to nothing/);
			assert.equal(version(connection), 1);
			assert.deepEqual(names(connection, "SELECT name FROM sqlite_schema WHERE type = 'table'"), ['a', 'b']);
			assert.equal(connection.all('SELECT id FROM a', [], () => true).length, 1);
		}));

	it('does not touch a newer database', () =>
		withConnection((connection) => {
			migrate(connection, ['CREATE TABLE a (id INTEGER)', 'CREATE TABLE b (id INTEGER)']);
			assert.throws(() => migrate(connection, ['CREATE TABLE a (id INTEGER)']), (error) => error instanceof NewerDatabaseError && error.found === 2 && error.known === 1);
		}));
});

describe('SqlStore, another version', () => {
	let bench: Bench;

	beforeEach(async () => {
		bench = await Bench.make();
	});

	afterEach(() => bench.dispose());

	/** The file as a later release would leave it. */
	async function makeNewer(): Promise<void> {
		const connection = new Connection(await sqlJs(), await nodeFiles.read(bench.path));
		connection.script(`ALTER TABLE pull_request ADD COLUMN later TEXT; PRAGMA user_version = ${MIGRATIONS.length + 1};`);
		await nodeFiles.writeAtomic(bench.path, connection.export());
		connection.close();
	}

	it('only reads a newer database, and says why', async () => {
		const first = await bench.open();
		await first.apply({ repository: repository(), pullRequests: [pullRequest(1)] });
		await first.save();
		await makeNewer();
		const bytes = await nodeFiles.read(bench.path);
		const store = await bench.open();
		assert.match(store.readOnlyReason ?? '', /newer PR Seeder .* Update PR Seeder/);
		assert.deepEqual(await rows(store, 'SELECT number, later FROM pull_request'), [[1, null]]);
		assert.equal((await store.read.pullRequests({}, { offset: 0, limit: 5 })).length, 1);
		for (const write of [store.apply({ repository: repository() }), store.removeRepository(repository().ref)]) {
			await assert.rejects(write, (error) => error instanceof HumanError && error.message === store.readOnlyReason);
		}
		await store.save();
		assert.deepEqual(await nodeFiles.read(bench.path), bytes);
		const newer = new Connection(await sqlJs(), bytes);
		newer.script("UPDATE repository SET name_with_owner = 'octo/moved', revision = 'another'");
		await nodeFiles.writeAtomic(bench.path, newer.export());
		newer.close();
		assert.equal(await store.refresh(), true);
		assert.deepEqual(await rows(store, 'SELECT name_with_owner, later FROM repository, pull_request'), [['octo/moved', null]]);
	});

	it('does not write over a newer database that came while it was open', async () => {
		const store = await bench.open();
		await store.apply({ repository: repository(), pullRequests: [pullRequest(1)] });
		await store.save();
		await makeNewer();
		const bytes = await nodeFiles.read(bench.path);
		assert.equal(await store.refresh(), false);
		assert.equal(await store.refresh(), false);
		assert.equal(bench.log.length, 1);
		await store.apply({ repository: repository(), pullRequests: [pullRequest(2)] });
		await assert.rejects(store.save(), NewerDatabaseError);
		assert.deepEqual(await nodeFiles.read(bench.path), bytes);
		assert.equal((await store.read.repositories())[0]?.pullRequests, 2);
		bench.forget(store);
		await assert.rejects(store.close(), NewerDatabaseError);
	});

	it('keeps a database of something else aside', async () => {
		const connection = new Connection(await sqlJs());
		connection.script('CREATE TABLE repository (something TEXT)');
		await writeFile(bench.path, connection.export());
		connection.close();
		const store = await bench.open();
		assert.equal(store.recovered, true);
		assert.deepEqual(await store.read.repositories(), []);
	});
});
