import assert from 'node:assert/strict';
import { arrangePeople, barLength, columnValue, segments, workloadModel, type WorkloadView } from '../../../src/core/insights/workloadModel';
import type { WorkloadRow } from '../../../src/core/store/read/workload';

const all: WorkloadView = { sort: { by: 'name', descending: false }, search: '', withIdle: true };

function row(login: string | null, changes: Partial<WorkloadRow> = {}): WorkloadRow {
	return { login, ready: 0, changesRequested: 0, draft: 0, stale: 0, alsoStale: 0, reviewRequested: 0, merged: 0, reviewed: 0, ...changes };
}

/** So many pull requests, spread over a tenth as many people and all parts. */
function rowsOf(pullRequests: number): WorkloadRow[] {
	const parts = ['ready', 'changesRequested', 'draft', 'stale', 'reviewRequested'] as const;
	const people = Array.from({ length: Math.ceil(pullRequests / 10) }, (_, index) => row(`user-${index}`));
	for (let index = 0; index < pullRequests; index++) {
		people[index % people.length]![parts[(index * 7) % 5]!] += 1;
	}
	return people;
}

describe('the workload', () => {
	for (const count of [0, 1, 300, 100_000]) {
		it(`adds up for ${count} pull requests`, () => {
			const model = workloadModel(rowsOf(count));
			assert.equal(model.people.reduce((sum, { total }) => sum + total, 0), count);
			assert.equal(model.scale, Math.min(count, 10));
			assert.equal(model.unassigned.total, 0);
			for (const person of model.people) {
				assert.equal(segments(person).reduce((sum, segment) => sum + segment.count, 0), person.total);
				const { length, toScale } = barLength(person, model.scale);
				assert.ok(length > 0 && length <= 1 && toScale);
			}
			const startedAt = performance.now();
			const arranged = arrangePeople(model.people, { ...all, sort: { by: 'total', descending: true } }, 'en');
			assert.equal(arranged.length, model.people.length);
			assert.ok(performance.now() - startedAt < 2_000);
		});
	}

	const model = workloadModel([
		row('ada', { ready: 2, stale: 1 }),
		row('Bob'),
		row('zoe', { reviewRequested: 3, merged: 4 }),
		row('user-10', { draft: 1 }),
		row('user-9', { draft: 1 }),
		row(null, { ready: 40, stale: 20 }),
	]);
	const names = (view: Partial<WorkloadView>) => arrangePeople(model.people, { ...all, ...view }, 'en').map(({ login }) => login);

	it('stands in the order of names, those with nothing among them', () => {
		assert.deepEqual(names({}), ['ada', 'Bob', 'user-9', 'user-10', 'zoe']);
		assert.deepEqual(names({ sort: { by: 'name', descending: true } }), ['zoe', 'user-10', 'user-9', 'Bob', 'ada']);
	});

	it('leaves out those with nothing, and finds by a part of the name', () => {
		assert.deepEqual(names({ withIdle: false }), ['ada', 'user-9', 'user-10', 'zoe']);
		assert.deepEqual(names({ search: ' USER-' }), ['user-9', 'user-10']);
		assert.deepEqual(names({ search: 'nobody' }), []);
	});

	it('sorts by any column, those alike by name', () => {
		assert.deepEqual(names({ sort: { by: 'draft', descending: true } }), ['user-9', 'user-10', 'ada', 'Bob', 'zoe']);
		assert.deepEqual(names({ sort: { by: 'merged', descending: true } })[0], 'zoe');
		assert.deepEqual(names({ sort: { by: 'total', descending: false } }), ['Bob', 'user-9', 'user-10', 'ada', 'zoe']);
		assert.equal(columnValue(model.people[0]!, 'stale'), 1);
	});

	it('shows what nobody took apart, and says when its bar is not to scale', () => {
		assert.equal(model.scale, 3);
		assert.equal(model.unassigned.total, 60);
		assert.equal(workloadModel([row('ada', { ready: 3 }), row(null, { ready: 6 })]).scale, 6);
		assert.equal(workloadModel([row('ada'), row(null, { ready: 6 })]).scale, 6);
		assert.deepEqual(barLength(model.unassigned, model.scale), { length: 1, toScale: false });
		assert.deepEqual(barLength(workloadModel([]).unassigned, 0), { length: 0, toScale: true });
		assert.deepEqual(segments(model.people[0]!), [{ part: 'ready', count: 2 }, { part: 'stale', count: 1 }]);
	});
});
