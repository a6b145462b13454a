import assert from 'node:assert/strict';
import type { RepositoryReport, SeedProgress } from '../../../src/core/sync/seedReport';
import { progressPercent, progressText, reportText, shortProgressText } from '../../../src/host/format/progressText';
import { english } from './english';

const limits = { graphql: { limit: 5000, remaining: 4950, used: 50, resetAt: '2026-01-01T11:00:00Z' }, rest: null };
const listing: SeedProgress = { nameWithOwner: 'octo/harbor', phase: 'listing', done: 120, total: 310 };

describe('progress text', () => {
	it('says how far it is and what is left', () => {
		assert.equal(progressText(listing, limits, english), 'Listing 120 of 310 pull requests · 4,950 points left');
	});

	it('leaves out what is not known', () => {
		assert.equal(progressText({ ...listing, done: 0, total: 0 }, undefined, english), 'Listing pull requests');
		assert.equal(progressText(listing, { graphql: null, rest: null }, english), 'Listing 120 of 310 pull requests');
	});

	it('says until when it is paused, and why', () => {
		const pausedUntil = new Date(2026, 0, 1, 14, 5).getTime();
		const waiting: SeedProgress = { ...listing, phase: 'waiting', pausedUntil };
		assert.equal(progressText(waiting, limits, english), 'Paused until 14:05 (rate limit)');
		assert.equal(progressText({ ...waiting, pauseReason: 'network' }, limits, english), 'Paused until 14:05 (network)');
		assert.equal(shortProgressText(waiting, english), 'paused until 14:05');
	});

	it('counts in hundredths only where a total is known', () => {
		assert.equal(progressPercent(listing), 38);
		assert.equal(progressPercent({ ...listing, total: 0 }), undefined);
		assert.equal(progressPercent({ ...listing, done: 400 }), 100);
	});
});

describe('report text', () => {
	const report: RepositoryReport = {
		nameWithOwner: 'octo/harbor',
		mode: 'full',
		pullRequests: 310,
		added: 12,
		updated: 3,
		removed: 0,
		partial: [],
		durationMs: 0,
		notes: [],
		requests: { graphql: 1, rest: 0, notModified: 0 },
		points: 1,
		waitedMs: 0,
	};

	it('names what changed', () => {
		assert.equal(reportText(report, english), 'octo/harbor: 310 pull requests (12 new, 3 updated)');
		assert.equal(reportText({ ...report, removed: 1, partial: [7] }, english), 'octo/harbor: 310 pull requests (12 new, 3 updated, 1 removed, 1 incomplete)');
	});

	it('says so when nothing did', () => {
		assert.equal(reportText({ ...report, pullRequests: 1, added: 0, updated: 0 }, english), 'octo/harbor: 1 pull request (nothing new)');
	});
});
