import assert from 'node:assert/strict';
import type { RepositoryReport, SeedProgress } from '../../../src/core/sync/seedReport';
import { progressPercent, progressText, reportText, shortProgressText } from '../../../src/host/format/progressText';
import { english } from './english';

const limits = { graphql: { limit: 5000, remaining: 4950, used: 50, resetAt: '2026-01-01T11:00:00Z' }, rest: null };
const now = new Date(2026, 0, 1, 13, 53, 0).getTime();
const listing: SeedProgress = { nameWithOwner: 'octo/harbor', phase: 'listing', done: 120, total: 310 };

describe('progress text', () => {
	it('says how far it is and what is left', () => {
		assert.equal(progressText(listing, limits, now, english), 'Listing 120 of 310 pull requests · 4,950 points left');
	});

	it('leaves out what is not known', () => {
		assert.equal(progressText({ ...listing, done: 0, total: 0 }, undefined, now, english), 'Listing pull requests');
		assert.equal(progressText(listing, { graphql: null, rest: null }, now, english), 'Listing 120 of 310 pull requests');
	});

	it('says until when it is paused, and why', () => {
		const pausedUntil = new Date(2026, 0, 1, 14, 5).getTime();
		const waiting: SeedProgress = { ...listing, phase: 'waiting', pausedUntil };
		const paused = (at: number, reason?: string) =>
			progressText({ ...waiting, ...(reason === undefined ? {} : { pauseReason: reason }) }, limits, at, english);
		assert.equal(paused(now), 'Paused (rate limit). Resumes at 14:05 (12 min)');
		assert.equal(paused(now + 1, 'GitHub asked to slow down'), 'Paused (GitHub asked to slow down). Resumes at 14:05 (12 min)');
		assert.equal(paused(pausedUntil - 60_000, 'network'), 'Paused (network). Resumes at 14:05 (1 min)');
		assert.equal(paused(pausedUntil - 59_001), 'Paused (rate limit). Resumes at 14:05 (1 min)');
		assert.equal(paused(pausedUntil - 59_000), 'Paused (rate limit). Resumes at 14:05 (59 s)');
		assert.equal(paused(pausedUntil), 'Continuing (rate limit)');
		assert.equal(shortProgressText(waiting, english), 'paused until 14:05');
	});

	it('counts in hundredths only where a total is known', () => {
		assert.equal(progressPercent(listing), 38);
		assert.equal(progressPercent({ ...listing, total: 0 }), undefined);
		assert.equal(progressPercent({ ...listing, done: 400 }), 100);
	});
});

describe('report text', () => {
	it('says of how many, where only a part was asked for', () => {
		assert.match(reportText({ ...report, pullRequests: 50, totalCount: 400 }, english), /^octo\/harbor: 50 of 400 pull requests \(/);
	});

	const report: RepositoryReport = {
		nameWithOwner: 'octo/harbor',
		mode: 'full',
		pullRequests: 310,
		added: 12,
		totalCount: null,
		updated: 3,
		removed: 0,
		partial: [],
		pending: [], unreadable: [], mended: [], withheld: 0, compared: null,
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

	it('names what could not be read: that nothing is new would be a guess', () => {
		const none = { ...report, pullRequests: 0, added: 0, updated: 0 };
		assert.equal(reportText({ ...none, unreadable: Array.from({ length: 217 }, (_, i) => i + 1) }, english), 'octo/harbor: 0 pull requests (217 could not be read)');
		assert.equal(reportText({ ...none, withheld: 217 }, english), 'octo/harbor: 0 pull requests (217 could not be read)');
	});

	it('says what was compared, and what came of it', () => {
		assert.equal(reportText({ ...report, added: 0, updated: 0, compared: 310 }, english), 'octo/harbor: 310 pull requests compared with GitHub (all as stored)');
		assert.equal(reportText({ ...report, added: 0, updated: 2, removed: 1, compared: 309 }, english), 'octo/harbor: 309 pull requests compared with GitHub (2 updated, 1 removed)');
		assert.equal(reportText({ ...report, added: 0, updated: 0, mended: [3, 4], compared: 310 }, english), 'octo/harbor: 310 pull requests compared with GitHub (2 restored in the database)');
	});

	it('says so when nothing did', () => {
		assert.equal(reportText({ ...report, pullRequests: 1, added: 0, updated: 0 }, english), 'octo/harbor: 1 pull request (nothing new)');
	});
});
