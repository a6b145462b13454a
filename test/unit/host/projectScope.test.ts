import assert from 'node:assert/strict';
import { Emitter } from '../../../src/core/model/event';
import { readProjects } from '../../../src/core/projects/readProjects';
import { ProjectScope } from '../../../src/host/projects/projectScope';
import { repositoryRow } from './rows';

/** A scope over settings that a test changes, and what it keeps. */
function scopeOver(kept?: unknown) {
	const settings: { value: unknown } = { value: { Port: { repositories: ['octo/harbor', 'octo/pier'] }, Far: { repositories: ['octo/gone'], daysBack: 3 } } };
	const memory = new Map<string, unknown>([['project', kept]]);
	const changed = new Emitter<undefined>();
	const keeper = { get: (key: string) => memory.get(key), update: (key: string, value: unknown) => Promise.resolve(void memory.set(key, value)) };
	// A clock that goes on: days back are others each time.
	let now = 0;
	const scope = new ProjectScope(keeper, () => readProjects(settings.value, { now: (now += 86_400_000_000) }), changed.event);
	let changes = 0;
	scope.onDidChange(() => changes++);
	const set = (value: unknown) => {
		settings.value = value;
		changed.fire(undefined);
	};
	return { scope, set, memory, changes: () => changes };
}

const rows = [repositoryRow(), repositoryRow({ id: 2, nameWithOwner: 'octo/other' })];

describe('what the views are about', () => {
	it('is all repositories at first', async () => {
		const { scope } = scopeOver();
		assert.deepEqual([scope.project, scope.stored(rows), await scope.inStore({ read: { repositories: () => Promise.reject(new Error('not asked')) } })], [undefined, undefined, {}]);
		scope.dispose();
	});

	it('is the chosen project, also in the next window on this workspace', async () => {
		const { scope, memory, changes } = scopeOver();
		scope.choose('Port');
		scope.choose('Port');
		assert.deepEqual([scope.project?.name, memory.get('project'), changes()], ['Port', 'Port', 1]);
		assert.deepEqual(scope.stored(rows)?.missing.map(({ name }) => name), ['pier']);
		assert.deepEqual(await scope.inStore({ read: { repositories: () => Promise.resolve(rows) } }), { repositoryIds: [1] });
		assert.equal(scopeOver('Port').scope.project?.name, 'Port');
		scope.choose(undefined);
		assert.deepEqual([scope.project, memory.get('project'), changes()], [undefined, undefined, 2]);
	});

	it('is all repositories while the chosen project is not in the settings, without an error', () => {
		for (const kept of ['Gone', 7, null, {}]) assert.equal(scopeOver(kept).scope.project, undefined);
		const { scope, set, changes } = scopeOver('Port');
		for (const value of [{}, undefined, 'nonsense', { Port: { repositories: [] } }]) {
			set(value);
			assert.equal(scope.project, undefined);
		}
		assert.equal(changes(), 1);
		set({ Port: { repositories: ['octo/harbor'] } });
		assert.deepEqual([scope.project?.repositories.length, changes()], [1, 2]);
	});

	it('changes with the project’s repositories, and with nothing else of the settings', () => {
		const { scope, set, changes } = scopeOver('Far');
		set({ Far: { repositories: ['octo/gone'], daysBack: 9 }, Other: { repositories: ['octo/harbor'] } });
		assert.equal(changes(), 0);
		set({ Far: { repositories: ['octo/gone', 'octo/harbor'] } });
		assert.equal(changes(), 1);
		scope.dispose();
		set({});
		assert.equal(changes(), 1, 'nobody is told any more');
	});
});
