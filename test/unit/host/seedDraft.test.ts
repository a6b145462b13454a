import assert from 'node:assert/strict';
import { draftOf, draftOptions, fieldProblem, fieldsOf, type DraftField, type Extent, type SeedDraft } from '../../../src/host/seed/seedDraft';
import { english } from './english';

const now = Date.parse('2026-03-10T12:00:00Z');
const settings = { checkRuns: true, waitForReset: true, maxWaitMs: 3_600_000 };
const draft = (extent: Extent, fields: Partial<SeedDraft['fields']> = {}, flags: SeedDraft['flags'] = []): SeedDraft => {
	const blank = draftOf(settings);
	return { extent, fields: { ...blank.fields, ...fields }, flags };
};
const problem = (of: SeedDraft, field: DraftField, text: string) => fieldProblem(of, field, text, now, english);
const plain = { maxWaitMs: 3_600_000, refresh: false, noCache: false, clear: false, checkRuns: true, waitForReset: true };

describe('the options of a seed', () => {
	it('begin with what the settings say', () => {
		assert.deepEqual([draftOf(settings).extent, draftOf(settings).flags], ['all', []]);
		const other = draftOf({ maxPullRequests: 40, checkRuns: false, waitForReset: false });
		assert.deepEqual([other.extent, other.fields.newest, other.flags], ['newest', '40', ['noCheckRuns', 'noWait']]);
	});

	it('are the command line’s', () => {
		assert.deepEqual(draftOptions(draft('all'), { ...settings, maxPullRequests: 40 }, now), plain);
		assert.deepEqual(draftOptions(draft('newest', { newest: '40' }), settings, now), { ...plain, maxPullRequests: 40 });
		assert.deepEqual(draftOptions(draft('since', { since: '2026-01-01' }), settings, now), { ...plain, since: '2026-01-01T00:00:00Z' });
		assert.deepEqual(draftOptions(draft('between', { since: '2026-01-01', until: '2026-01-31' }), settings, now), {
			...plain,
			since: '2026-01-01T00:00:00Z',
			until: '2026-02-01T00:00:00Z',
		});
		assert.deepEqual(draftOptions(draft('daysBack', { daysBack: '10' }), settings, now), { ...plain, since: '2026-02-28T12:00:00Z' });
		assert.deepEqual(draftOptions(draft('all', {}, ['refresh', 'noCache', 'clear', 'noCheckRuns', 'noWait']), settings, now), {
			maxWaitMs: 3_600_000,
			refresh: true,
			noCache: true,
			clear: true,
			checkRuns: false,
			waitForReset: false,
		});
	});

	it('forget what was typed for another extent', () => {
		const typed = { since: '2026-01-01', until: '2026-01-31', daysBack: '3', newest: '5' };
		assert.deepEqual(draftOptions(draft('all', typed), settings, now), plain);
		assert.deepEqual(draftOptions(draft('since', typed), settings, now), { ...plain, since: '2026-01-01T00:00:00Z' });
	});

	it('ask for what the extent needs', () => {
		assert.deepEqual((['all', 'newest', 'since', 'between', 'daysBack'] as const).map(fieldsOf), [
			[],
			['newest'],
			['since'],
			['since', 'until'],
			['daysBack'],
		]);
	});
});

describe('a field of the options', () => {
	it('takes whole numbers of at least 1', () => {
		for (const field of ['newest', 'daysBack'] as const) {
			const of = draft(field);
			assert.equal(problem(of, field, ' 30 '), undefined);
			assert.equal(problem(of, field, '999999999999999'), undefined);
			for (const text of ['', '0', '-1', '1.5', 'ten', '9999999999999999']) {
				assert.match(problem(of, field, text) ?? '', /whole number of at least 1/, text);
			}
		}
	});

	it('takes days', () => {
		const of = draft('since');
		assert.equal(problem(of, 'since', '2024-02-29'), undefined);
		for (const text of ['2026-02-29', '1.2.2026', 'yesterday', '2026-1-1']) {
			assert.match(problem(of, 'since', text) ?? '', /is not a date for since: write it as YYYY-MM-DD/, text);
		}
		assert.equal(problem(of, 'since', ' '), 'Type a day as YYYY-MM-DD.');
	});

	it('takes no end before the start, and looks at nothing that comes later', () => {
		const of = draft('between', { since: '2026-03-01', until: '2026-02-01' });
		assert.match(problem(of, 'until', '2026-02-01') ?? '', /since date is after the until date/);
		assert.equal(problem(of, 'until', '2026-03-01'), undefined);
		assert.equal(problem(of, 'since', '2026-04-01'), undefined);
	});
});
