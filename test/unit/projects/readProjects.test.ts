import assert from 'node:assert/strict';
import { readProjects } from '../../../src/core/projects/readProjects';

const NOW = Date.parse('2026-06-01T12:00:00Z');

/** The one project that the value holds. */
function only(value: unknown, options = {}) {
	const { projects, problems } = readProjects({ Editors: value }, { now: NOW, options });
	assert.deepEqual(problems, []);
	assert.equal(projects.length, 1);
	return projects[0]!;
}

describe('a reader of projects', () => {
	it('takes a group of repositories with its options', () => {
		const value = { repositories: ['microsoft/vscode', 'neovim/neovim'], maxPullRequests: 500, daysBack: 90, checkRuns: true };
		assert.deepEqual(only(value), {
			name: 'Editors',
			repositories: [{ host: 'github.com', owner: 'microsoft', name: 'vscode' }, { host: 'github.com', owner: 'neovim', name: 'neovim' }],
			options: { maxPullRequests: 500, since: '2026-03-03T12:00:00Z', checkRuns: true },
		});
	});

	it('takes addresses on any host, and each repository once', () => {
		const value = { repositories: ['octo/harbor', 'https://ghe.example.com:8443/octo/harbor', 'git@ghe.example.com:octo/pier.git', 'https://github.com/Octo/HARBOR/pulls'] };
		assert.deepEqual(only(value).repositories.map(({ host, owner, name }) => `${host}/${owner}/${name}`), [
			'github.com/octo/harbor',
			'ghe.example.com:8443/octo/harbor',
			'ghe.example.com/octo/pier',
		]);
	});

	it('keeps what holds otherwise where the project says nothing', () => {
		const defaults = { maxPullRequests: 100, checkRuns: false, waitForReset: true };
		const repositories = ['octo/harbor'];
		assert.deepEqual(only({ repositories }, defaults).options, defaults);
		assert.deepEqual(only({ repositories, maxPullRequests: 0 }, defaults).options, { checkRuns: false, waitForReset: true });
		assert.deepEqual(only({ repositories, maxPullRequests: 7, checkRuns: true }, defaults).options, { maxPullRequests: 7, checkRuns: true, waitForReset: true });
	});

	it('keeps the order in which they are written, and any name', () => {
		const names = ['Zebra', 'Änderungen', 'constructor', ' spaced ', '🚢 "quoted"'];
		const value = JSON.parse(`{${[...names, '__proto__'].map((name) => `${JSON.stringify(name)}: { "repositories": ["octo/harbor"] }`).join(',')}}`) as unknown;
		const { projects, problems } = readProjects(value, { now: NOW });
		assert.deepEqual([projects.map(({ name }) => name), problems], [[...names, '__proto__'], []]);
	});

	const repositories = ['octo/harbor'];
	const wrong: [title: string, value: unknown, message: RegExp][] = [
		['no object', { Editors: 'octo/harbor' }, /^Project "Editors" is not an object: write \{ "Editors": \{ "repositories": \[/],
		['a list', { Editors: ['octo/harbor'] }, /^Project "Editors" is not an object/],
		['nothing', { Editors: null }, /^Project "Editors" is not an object/],
		['a blank name', { ' ': { repositories } }, /^A project has no name/],
		['no repositories', { Editors: { maxPullRequests: 5 } }, /^Project "Editors" names no repository: write "repositories" as a list/],
		['an empty list', { Editors: { repositories: [] } }, /^Project "Editors" names no repository/],
		['a text for a list', { Editors: { repositories: 'octo/harbor' } }, /^Project "Editors" names no repository: write "repositories" as a list/],
		['a number for a repository', { Editors: { repositories: ['octo/harbor', 7] } }, /^Project "Editors", repository 2 is 7: write a text, as in "octo-org\/hello-world"/],
		['half a repository', { Editors: { repositories: ['harbor'] } }, /^Project "Editors", repository 1: "harbor" is not a repository: write owner\/name/],
		['an empty text', { Editors: { repositories: [''] } }, /^Project "Editors", repository 1: Type a repository/],
		['a wrong name', { Editors: { repositories: ['octo/har bor'] } }, /^Project "Editors", repository 1: "har bor" can't be a repository name/],
		['a misspelt entry', { Editors: { repositories, maxPullRequest: 5 } }, /^Project "Editors" has an unknown key "maxPullRequest"; allowed: repositories, maxPullRequests, allOpen, daysBack, checkRuns/],
		['a maximum as text', { Editors: { repositories, maxPullRequests: '500' } }, /^Project "Editors", "maxPullRequests" is "500": write a whole number, as in 500; 0 fetches all/],
		['half a pull request', { Editors: { repositories, maxPullRequests: 1.5 } }, /"maxPullRequests" is 1\.5/],
		['less than none', { Editors: { repositories, maxPullRequests: -1 } }, /"maxPullRequests" is -1/],
		['no day', { Editors: { repositories, daysBack: 0 } }, /^Project "Editors", "daysBack" is 0: write a whole number of at least 1/],
		['neither true nor false', { Editors: { repositories, checkRuns: 'yes' } }, /^Project "Editors", "checkRuns" is "yes": write true or false/],
	];
	for (const [title, value, message] of wrong) {
		it(`says what to write instead: ${title}`, () => {
			const { projects, problems } = readProjects({ Good: { repositories }, ...(value as object) }, { now: NOW });
			assert.deepEqual(projects.map(({ name }) => name), ['Good']);
			assert.equal(problems.length, 1);
			assert.match(problems[0]!.error.message, message);
			assert.equal(problems[0]!.name, Object.keys(value as object)[0]);
		});
	}

	it('says so when there is not even an object', () => {
		for (const value of [undefined, null, 7, 'Editors', [], true]) {
			const { projects, problems } = readProjects(value, { now: NOW });
			assert.deepEqual([projects, problems.length, problems[0]?.name], [[], 1, null]);
			assert.match(problems[0]!.error.message, /^Projects are an object with a name for each: write \{ "Editors": /);
		}
	});

	it('knows none in an empty object, and bounds what it repeats', () => {
		assert.deepEqual(readProjects({}, { now: NOW }), { projects: [], problems: [] });
		const { problems } = readProjects({ ['x'.repeat(10_000)]: { repositories: ['y'.repeat(500), { deep: 'z'.repeat(10_000) }] } }, { now: NOW });
		assert.ok((problems[0]?.error.message.length ?? 0) < 800, problems[0]?.error.message);
	});
});
