import assert from 'node:assert/strict';
import { FIRST_SORT } from '../../../src/core/insights/workloadModel';
import { readPageState } from '../../../src/webview/pageState';
import type { HostMessage, PageRequest, SaveResult } from '../../../src/webview/protocol';
import { readPageRequest } from '../../../src/webview/readPageRequest';
import { RequestChannel } from '../../../src/webview/requestChannel';
import { fill } from '../../../src/webview/texts';

const selection = { login: 'ada', role: 'assignee', part: 'stale', staleBefore: '2026-05-25T00:00:00Z' } as const;

describe('the page’s requests', () => {
	it('are read as they were sent', () => {
		const requests: PageRequest[] = [
			{ kind: 'start', id: 1 },
			{ kind: 'workload', id: 2, repository: null, mergedDays: 30, role: null },
			{ kind: 'workload', id: 2, repository: null, mergedDays: 30, role: 'reviewer' },
			{ kind: 'milestones', id: 3, repository: 'github.com/octo/harbor' },
			{ kind: 'milestone', id: 4, milestone: '[1,"M"]' },
			{ kind: 'filter', id: 5, selection: null },
			{ kind: 'filter', id: 6, selection: { ...selection, login: null, repository: { host: 'github.com', nameWithOwner: 'octo/harbor' } } },
			{ kind: 'save', id: 7, format: 'csv', content: 'a' },
		];
		for (const request of requests) {
			assert.deepEqual(readPageRequest(JSON.parse(JSON.stringify(request))), request);
		}
	});

	it('are nothing else', () => {
		const others: unknown[] = [
			null,
			'start',
			{ kind: 'start' },
			{ kind: 'start', id: 1.5 },
			{ kind: 'unknown', id: 1 },
			{ kind: 'workload', id: 1, repository: null, mergedDays: 31, role: null },
			{ kind: 'workload', id: 1, repository: null, mergedDays: 30 },
			{ kind: 'workload', id: 1, repository: null, mergedDays: 30, role: 'owner' },
			{ kind: 'filter', id: 1, selection: { ...selection, role: 'reviewer', part: 'reviewRequested' } },
			{ kind: 'workload', id: 1, repository: 5, mergedDays: 30, role: null },
			{ kind: 'milestones', id: 1 },
			{ kind: 'milestone', id: 1, milestone: {} },
			{ kind: 'filter', id: 1 },
			{ kind: 'filter', id: 1, selection: { ...selection, part: 'everything' } },
			{ kind: 'filter', id: 1, selection: { ...selection, login: undefined } },
			{ kind: 'filter', id: 1, selection: { ...selection, repository: 'octo/harbor' } },
			{ kind: 'save', id: 1, format: 'exe', content: '' },
		];
		for (const other of others) {
			assert.equal(readPageRequest(other), undefined, JSON.stringify(other));
		}
	});

	it('keep no more than is known of a selection', () => {
		const request = readPageRequest({ kind: 'filter', id: 1, selection: { ...selection, states: ['MERGED'] } });
		assert.deepEqual(request, { kind: 'filter', id: 1, selection });
	});
});

describe('the request channel', () => {
	const make = () => {
		const sent: PageRequest[] = [];
		const events: HostMessage[] = [];
		const channel = new RequestChannel((message) => sent.push(message), (event) => events.push(event));
		return { channel, sent, events };
	};

	it('gives each answer to whoever asked, in whatever order they come', async () => {
		const { channel, sent } = make();
		const first = channel.ask<'save'>({ kind: 'save', format: 'csv', content: '' });
		const second = channel.ask<'save'>({ kind: 'save', format: 'svg', content: '' });
		const answer = (index: number, result: SaveResult) => channel.receive({ kind: 'reply', id: sent[index]!.id, result });
		answer(1, { name: 'b' });
		answer(0, { name: 'a' });
		assert.deepEqual([await first, await second], [{ name: 'a' }, { name: 'b' }]);
	});

	it('fails with the extension’s words', async () => {
		const { channel, sent } = make();
		const asked = channel.ask<'start'>({ kind: 'start' });
		channel.receive({ kind: 'error', id: sent[0]!.id, message: 'No database.' });
		await assert.rejects(asked, { message: 'No database.' });
	});

	it('drops an answer that nobody waits for, and hands on what is none', () => {
		const { channel, events } = make();
		channel.receive({ kind: 'reply', id: 9, result: null });
		channel.receive({ kind: 'error', id: 9, message: '' });
		channel.receive({ kind: 'dataChanged' });
		channel.receive({ kind: 'showTab', tab: 'milestones' });
		assert.deepEqual(events, [{ kind: 'dataChanged' }, { kind: 'showTab', tab: 'milestones' }]);
	});
});

describe('the page’s state', () => {
	it('is as at first when nothing was kept', () => {
		const first = readPageState(undefined);
		assert.deepEqual(first, {
			tab: 'workload',
			repository: null,
			mergedDays: 30,
			role: null,
			view: { sort: FIRST_SORT, search: '', withIdle: false },
			milestone: null,
			withClosedMilestones: false,
			scroll: 0,
		});
		assert.deepEqual(readPageState(JSON.parse(JSON.stringify(first))), first);
	});

	it('leaves out what it does not understand', () => {
		const kept = { tab: 'gantt', repository: 5, mergedDays: 8, role: 'owner', view: { sort: { by: 'score', descending: 1 }, search: [], withIdle: true }, scroll: Number.NaN };
		assert.deepEqual(readPageState(kept), { ...readPageState(undefined), view: { sort: FIRST_SORT, search: '', withIdle: true } });
		const before = { view: { sort: { by: 'name', descending: false }, search: '', withIdle: true } };
		assert.deepEqual(readPageState(before).view, readPageState(undefined).view, 'of a release without roles');
		assert.equal(readPageState({ tab: 'milestones', mergedDays: 90 }).mergedDays, 90);
	});
});

describe('the page’s texts', () => {
	it('take values as they are', () => {
		assert.equal(fill('{1} of {0}', '{1}', '$&'), '$& of {1}');
		assert.equal(fill('{2} stays', 1), '{2} stays');
	});
});
