import assert from 'node:assert/strict';
import { asFilter, type Conditions } from '../../../src/core/filter/conditions';
import { STATE_CHOICES } from '../../../src/core/filter/conditions/state';
import { isDefaultFilter, shownFilter, shownOrder } from '../../../src/host/filter/shownFilter';
import { FilterState, type Keeper } from '../../../src/host/filter/filterState';
import { filterText, orderText } from '../../../src/host/filter/filterText';
import { viewWords } from '../../../src/host/tree/viewMessage';
import { english } from './english';

/** What is kept over a reload goes through JSON, as the editor does it. */
class Memory implements Keeper {
	private readonly texts = new Map<string, string>();

	get(key: string): unknown {
		const text = this.texts.get(key);
		return text === undefined ? undefined : JSON.parse(text);
	}

	update(key: string, value: unknown): Promise<void> {
		this.texts.set(key, JSON.stringify(value));
		return Promise.resolve();
	}
}

const full: Conditions = { state: 'merged', labels: { match: 'none', names: ['bug', 'ui'] }, author: 'ada', draft: false, text: 'crane' };
const work = { login: 'ada', part: 'stale', staleBefore: '2026-01-01T00:00:00Z' } as const;

describe('the filter of the views', () => {
	it('shows what is open at first', () => {
		const state = new FilterState(new Memory());
		assert.deepEqual([state.query, state.isDefault, state.isDefaultOrder], [{ states: ['OPEN'] }, true, true]);
	});

	it('is there again after a reload, with its order', () => {
		const memory = new Memory();
		const before = new FilterState(memory);
		for (const filter of [full, { state: 'all' }, { state: 'open' }, { author: 'ada', state: 'closed' }, { state: 'all', assignee: null, milestone: null }] as Conditions[]) {
			before.set(filter);
			before.setOrder({ by: 'created', ascending: true });
			const after = new FilterState(memory);
			assert.deepEqual(after.get(), filter);
			assert.deepEqual(after.order, { by: 'created', ascending: true });
		}
	});

	it('tells of every change, and forgets all but the order when it is cleared', () => {
		const state = new FilterState(new Memory());
		let changes = 0;
		state.onDidChange(() => changes++);
		state.set(full);
		state.setOrder({ by: 'number', ascending: false });
		state.clear();
		assert.deepEqual([changes, state.isDefault, state.order.by], [3, true, 'number']);
	});

	it('gives way to a part of the work, and comes back', () => {
		const memory = new Memory();
		const state = new FilterState(memory);
		state.set(full);
		state.applyWork(work);
		assert.deepEqual([state.query, state.get(), state.isDefault], [{ work }, full, false]);
		assert.deepEqual(new FilterState(memory).query, asFilter(full), 'not kept over a reload');
		state.applyWork(undefined);
		assert.deepEqual(state.query, asFilter(full));
		state.applyWork(work);
		state.set({ state: 'open' });
		assert.deepEqual([state.work, state.isDefault], [undefined, true]);
	});

	it('is plain data', () => {
		const state = new FilterState(new Memory());
		state.set(full);
		assert.deepEqual(structuredClone(state.query), { states: ['MERGED'], labels: { match: 'none', names: ['bug', 'ui'] }, author: 'ada', draft: false, text: 'crane' });
	});

	it('reads whatever was kept, leaving out what it does not understand', () => {
		for (const odd of [undefined, null, 1, 'x', [], { state: 'gone' }, { labels: 'x', author: 1, draft: 'no', text: {} }, { labels: { match: 'some', names: [] } }]) {
			assert.deepEqual(shownFilter(odd), { state: 'open' }, JSON.stringify(odd));
			assert.deepEqual(shownOrder(odd), { by: 'updated', ascending: false });
		}
		assert.deepEqual(shownFilter({ ...full, later: 1 }), full);
	});

	it('knows its four states', () => {
		assert.deepEqual(STATE_CHOICES.map((state) => asFilter({ state }).states), [['OPEN'], ['MERGED'], ['CLOSED'], undefined]);
		assert.equal(isDefaultFilter({ state: 'open', text: '  ', labels: { match: 'all', names: [] } }), true);
		assert.equal(isDefaultFilter({ state: 'all' }), false);
		assert.equal(isDefaultFilter({ state: 'open', assignee: null }), false);
	});
});

describe('the filter in words', () => {
	const text = (filter: Conditions) => filterText(filter, undefined, english);

	it('names what differs from what is always shown', () => {
		assert.equal(text({ state: 'open' }), '');
		assert.equal(text(full), 'Filter: merged · labeled none of bug, ui · by ada · no drafts · "crane" in the title');
		assert.equal(text({ state: 'all', labels: { match: 'any', names: ['bug'] }, draft: true }), 'Filter: all states · labeled bug · drafts only');
		assert.equal(text({ state: 'open', labels: { match: 'none', names: ['bug'] } }), 'Filter: not labeled bug');
	});

	it('names the part of the work instead', () => {
		assert.equal(filterText(full, work, english), 'Filter: ada – stale');
		assert.equal(filterText(full, { ...work, login: null, part: 'draft' }, english), 'Filter: Unassigned – drafts');
	});

	it('has no line break and no end', () => {
		assert.ok(text({ state: 'all', text: `a\nb${'x'.repeat(5_000)}`, author: 'y'.repeat(5_000) }).length < 400);
	});

	it('has words for every order', () => {
		const orders = (['updated', 'created', 'number'] as const).flatMap((by) => [true, false].map((ascending) => orderText({ by, ascending }, english)));
		assert.equal(new Set(orders).size, 6);
	});

	it('stands above the rows, and beside the title where there are none', () => {
		const shown = { problem: undefined, filter: 'Filter: merged', order: 'Oldest', role: '', repository: '', project: '', missing: '', stale: '' };
		assert.deepEqual(viewWords({ ...shown, hasRows: true }), { message: 'Filter: merged', description: 'Oldest' });
		assert.deepEqual(viewWords({ ...shown, hasRows: false }), { message: '', description: 'Filter: merged' });
		assert.equal(viewWords({ ...shown, hasRows: true, repository: 'harbor · just now' }).description, 'harbor · just now · Oldest');
		assert.equal(viewWords({ ...shown, hasRows: true, role: 'by author', repository: 'harbor' }).description, 'by author · harbor · Oldest');
		assert.equal(viewWords({ ...shown, hasRows: true, problem: 'no disk' }).message, 'no disk');
		assert.equal(viewWords({ ...shown, hasRows: true, stale: 'Old.' }).message, 'Filter: merged · Old.');
		assert.equal(viewWords({ ...shown, filter: '', hasRows: true, stale: 'Old.' }).message, 'Old.');
		assert.equal(viewWords({ ...shown, hasRows: false, stale: 'Old.' }).message, '', 'a message would hide the welcome text');
		const project = { ...shown, project: 'Port', missing: 'Not stored yet: octo/gone.' };
		assert.deepEqual(viewWords({ ...project, hasRows: true }), { message: 'Not stored yet: octo/gone. Filter: merged', description: 'Port · Oldest' });
		assert.deepEqual(viewWords({ ...project, hasRows: false }), { message: 'Not stored yet: octo/gone.', description: 'Port · Filter: merged' });
	});
});
