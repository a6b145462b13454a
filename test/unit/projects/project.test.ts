import assert from 'node:assert/strict';
import { repositoryList, shortNames, storedProject, type Project } from '../../../src/core/projects/project';
import { repositoryRow } from '../host/rows';

const project: Project = {
	name: 'Port',
	repositories: ['pier', 'harbor', 'gone'].map((name) => ({ host: 'github.com', owner: 'octo', name })),
	options: {},
};

describe('a project as far as it is stored', () => {
	it('names its rows in its own order, whatever the spelling, and what is missing', () => {
		const rows = [
			repositoryRow({ id: 1, nameWithOwner: 'Octo/Harbor' }),
			repositoryRow({ id: 2, nameWithOwner: 'octo/other' }),
			repositoryRow({ id: 3, nameWithOwner: 'octo/pier' }),
			repositoryRow({ id: 4, host: 'ghe.example.com', nameWithOwner: 'octo/gone' }),
		];
		const { stored, missing } = storedProject(project, rows);
		assert.deepEqual(stored.map(({ id }) => id), [3, 1]);
		assert.deepEqual(missing.map(({ name }) => name), ['gone']);
		assert.deepEqual(storedProject(project, []).missing, project.repositories);
	});
});

describe('short names of repositories', () => {
	it('are as short as nobody confuses them', () => {
		const rows = [
			repositoryRow({ id: 1, nameWithOwner: 'octo/harbor' }),
			repositoryRow({ id: 2, nameWithOwner: 'octo/Pier' }),
			repositoryRow({ id: 3, nameWithOwner: 'other/pier' }),
			repositoryRow({ id: 4, nameWithOwner: 'octo/quay' }),
			repositoryRow({ id: 5, host: 'ghe.example.com', nameWithOwner: 'Octo/quay' }),
		];
		assert.deepEqual([...shortNames(rows)], [[1, 'harbor'], [2, 'octo/Pier'], [3, 'other/pier'], [4, 'github.com/octo/quay'], [5, 'ghe.example.com/Octo/quay']]);
	});
});

describe('a list of repositories in a sentence', () => {
	it('is cut where it would be long', () => {
		assert.equal(repositoryList(project.repositories), 'octo/pier, octo/harbor, octo/gone');
		assert.equal(repositoryList(project.repositories, 2), 'octo/pier, octo/harbor, …');
	});
});
