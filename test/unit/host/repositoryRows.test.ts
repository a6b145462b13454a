import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sshHostName } from '../../../src/core/model/sshConfig';
import { readSshConfig } from '../../../src/host/git/sshConfigFile';
import type { RepositoryRef } from '../../../src/core/model/repository';
import { remoteRepositories } from '../../../src/host/git/remoteRepositories';
import { repositoryRows, wantsMoreOwn, type RepositoryChoices } from '../../../src/host/seed/repositoryRows';
import { english } from './english';

const ref = (name: string, host = 'github.com'): RepositoryRef => ({ host, owner: 'octo', name });
const own = (name: string) => ({ ref: ref(name), isPrivate: true, isArchived: false });
const choices: RepositoryChoices = {
	text: '',
	hosts: ['github.com'],
	workspace: [ref('harbor')],
	seeded: [ref('Harbor'), ref('pier')],
	own: [own('pier'), own('quay')],
	ownPending: false,
};
const labels = (more: Partial<RepositoryChoices>) =>
	repositoryRows({ ...choices, ...more }, english).map((row) => (row.kind === 'separator' ? `— ${row.label}` : row.label));

describe('the rows to choose a repository from', () => {
	it('are grouped, each repository once', () => {
		assert.deepEqual(labels({}), [
			'— This workspace',
			'$(folder) octo/harbor',
			'— Recently synced',
			'$(database) octo/pier',
			'— Your repositories',
			'$(repo) octo/quay',
		]);
	});

	it('narrow down to what contains the words typed', () => {
		assert.deepEqual(labels({ text: 'oct qu' }), ['— Your repositories', '$(repo) octo/quay']);
	});

	it('begin with what has been typed when it names a repository', () => {
		assert.deepEqual(labels({ text: 'octo/lighthouse' }), ['$(arrow-right) octo/lighthouse']);
		assert.deepEqual(labels({ text: 'octo/qua' }), ['$(arrow-right) octo/qua', '— Your repositories', '$(repo) octo/quay']);
	});

	it('do not repeat what has been typed when it is known', () => {
		assert.deepEqual(labels({ text: 'octo/quay' }), ['— Your repositories', '$(repo) octo/quay']);
		assert.deepEqual(labels({ text: 'https://github.com/octo/quay/pull/3' }), ['— Your repositories', '$(repo) octo/quay']);
	});

	it('have one row a host for a bare name', () => {
		const rows = repositoryRows({ ...choices, hosts: ['ghe.example.com', 'github.com'], text: 'octo/new' }, english);
		assert.deepEqual(
			rows.map((row) => (row.kind === 'repository' ? [row.ref.host, row.description] : [])),
			[['ghe.example.com', 'ghe.example.com'], ['github.com', 'github.com']],
		);
		assert.equal(repositoryRows({ ...choices, hosts: ['ghe.example.com', 'github.com'], text: 'https://github.com/octo/new' }, english).length, 1);
	});

	it('put a known repository before the same name on another host', () => {
		const hosts = ['ghe.example.com', 'github.com'];
		const rows = repositoryRows({ ...choices, hosts, text: 'octo/quay' }, english);
		assert.deepEqual(
			rows.map((row) => (row.kind === 'repository' ? row.description : row.label)),
			['Your repositories', 'github.com · private', 'ghe.example.com'],
		);
	});

	it('say what is wrong with what has been typed', () => {
		const [row, ...rest] = repositoryRows({ ...choices, text: 'lighthouse' }, english);
		assert.deepEqual(row, { kind: 'message', label: '$(error) "lighthouse" is not a repository: write owner/name, as in octo-org/hello-world.' });
		assert.equal(rest.length, 0);
		assert.match(labels({ text: '$(zap) x y' })[0] ?? '', /^\$\(error\) "\\\$\(zap\) x y"/);
	});

	it('say what to do while there is nothing, and that more is on its way', () => {
		const nothing = { workspace: [], seeded: [], own: [] };
		assert.deepEqual(labels(nothing), ['Type a repository as owner/name, or paste its address.']);
		assert.deepEqual(labels({ ...nothing, ownPending: true }), ['$(loading~spin) Looking for your repositories…']);
	});

	it('mention quietly that the own repositories are missing', () => {
		const rows = repositoryRows({ ...choices, ownProblem: 'no network' }, english);
		assert.deepEqual(rows.at(-1), { kind: 'message', label: '$(warning) Your repositories could not be listed', description: 'no network' });
	});
});

describe('fetching more of the own repositories', () => {
	it('is worth it only while the typed text finds nothing and is no repository itself', () => {
		const wants = (more: Partial<RepositoryChoices>) => wantsMoreOwn({ ...choices, ownPending: true, ...more });
		assert.equal(wants({ text: 'lighthouse' }), true);
		assert.equal(wants({ text: 'lighthouse', ownPending: false }), false);
		assert.equal(wants({ text: 'quay' }), false);
		assert.equal(wants({ text: 'octo/lighthouse' }), false);
		assert.equal(wants({ text: ' ' }), false);
	});
});

describe('the repositories of git remotes', () => {
	const hosts = ['127.0.0.1:8080', 'github.com'];

	it('come upstream first, each once, and only from known hosts', () => {
		const found = remoteRepositories(
			[
				{ name: 'fork', fetchUrl: 'https://github.com/ada/harbor.git' },
				{ name: 'origin', fetchUrl: 'git@github.com:octo/harbor.git', pushUrl: 'https://github.com/Octo/Harbor' },
				{ name: 'upstream', fetchUrl: 'ssh://git@github.com:22/big/harbor.git' },
				{ name: 'elsewhere', fetchUrl: 'https://gitlab.com/octo/harbor.git' },
				{ name: 'local', fetchUrl: '../harbor' },
				{ name: 'path', fetchUrl: '/github.com/octo/secret' },
				{ name: 'file', fetchUrl: 'file:///github.com/octo/secret' },
				{ name: 'empty' },
			],
			hosts,
		);
		assert.deepEqual(found.map(({ owner, name }) => `${owner}/${name}`), ['big/harbor', 'octo/harbor', 'ada/harbor']);
	});

	it('may belong to owners with hyphens at the ends', () => {
		const found = remoteRepositories([{ name: 'origin', fetchUrl: 'git@github.com:octo-/harbor.git' }, { name: 'fork', fetchUrl: 'https://github.com/-ada/harbor' }], hosts);
		assert.deepEqual(found.map(({ owner, name }) => `${owner}/${name}`), ['octo-/harbor', '-ada/harbor']);
	});

	it('find the port of a server that ssh does not name', () => {
		assert.deepEqual(remoteRepositories([{ name: 'origin', fetchUrl: 'git@127.0.0.1:octo/harbor.git' }], hosts), [ref('harbor', '127.0.0.1:8080')]);
	});

	it('knows GitHub’s own address for SSH over port 443', () => {
		const found = remoteRepositories(
			[
				{ name: 'origin', fetchUrl: 'ssh://git@ssh.github.com:443/octo/harbor.git', pushUrl: 'git@github.com:octo/harbor.git' },
				{ name: 'other', fetchUrl: 'ssh://git@ssh.octo.ghe.com:443/octo/pier.git' },
				{ name: 'gist', fetchUrl: 'git@gist.github.com:0123456789.git' },
			],
			['github.com', 'octo.ghe.com'],
		);
		assert.deepEqual(found, [ref('harbor'), ref('pier', 'octo.ghe.com')]);
	});

	it('need no user, and may be on a server that ssh knows by another name', () => {
		const addresses = ['github.com:octo/harbor', 'github.com-work:octo/pier.git', 'git@work:octo/quay', 'work:octo/crane', 'C:\\git\\octo\\secret', 'C:/octo/secret', 'unknown:octo/secret', './a:octo/secret'];
		const sshHost = (name: string) => (name === 'work' ? 'github.com' : name);
		const found = remoteRepositories(addresses.map((fetchUrl, i) => ({ name: `remote ${i}`, fetchUrl })), hosts, sshHost);
		assert.deepEqual(found.map(({ name }) => name), ['harbor', 'pier', 'quay', 'crane']);
	});
});

describe('the configuration of ssh on disk', () => {
	let home: string;
	beforeEach(async () => {
		home = await mkdtemp(join(tmpdir(), 'pr-seeder-home-'));
	});
	afterEach(() => rm(home, { recursive: true }));

	it('is read with what it includes', async () => {
		await mkdir(join(home, '.ssh', 'config.d'), { recursive: true });
		await writeFile(join(home, '.ssh', 'config'), `Include config.d/*.conf\nInclude ~/more absent\nInclude ${join(home, 'most')}\nHost work\n  HostName github.com\n`);
		await writeFile(join(home, '.ssh', 'config.d', 'one.conf'), 'Host one\nHostName one.example.com\n');
		await writeFile(join(home, '.ssh', 'config.d', 'two.off'), 'Host two\nHostName two.example.com\n');
		await writeFile(join(home, 'more'), 'Host three\nHostName three.example.com\n');
		await writeFile(join(home, 'most'), 'Host four\nHostName four.example.com\n');
		const config = await readSshConfig(home);
		assert.deepEqual(
			['work', 'one', 'two', 'three', 'four'].map((name) => sshHostName(config, name)),
			['github.com', 'one.example.com', 'two', 'three.example.com', 'four.example.com'],
		);
	});

	it('may not be there', async () => {
		assert.equal(sshHostName(await readSshConfig(home), 'work'), 'work');
	});
});
