import assert from 'node:assert/strict';
import { CertificateError, TransientError, UnauthorizedError } from '../../../src/core/github/errors';
import { formatTime } from '../../../src/host/format/localizer';
import { statusText, type StatusInput } from '../../../src/host/statusText';
import { english } from './english';
import { repositoryRow } from './rows';

const resetAt = '2026-01-01T11:00:00Z';
const at = formatTime(Date.parse(resetAt));
const known: StatusInput = {
	limits: {
		graphql: { limit: 5000, remaining: 4950, used: 50, resetAt },
		rest: { limit: 5000, remaining: 4999, used: 1, resetAt },
	},
	running: [],
	signedIn: true,
	hasStored: true,
	lastSyncedAt: '2026-01-01T10:25:00Z',
	repositories: [repositoryRow({ syncedAt: '2026-01-01T10:25:00Z' })],
	lastFailure: undefined,
	background: { role: 'off', pause: undefined, nextAt: undefined, failures: [], plan: { repositories: [], intervalMs: 900_000, reserve: 500 } },
	warnBelow: 100,
	now: Date.parse('2026-01-01T10:30:00Z'),
};
const status = (more: Partial<StatusInput>) => statusText({ ...known, ...more }, english);

describe('the status bar item', () => {
	it('shows the points that are left, and the rest on hover', () => {
		assert.deepEqual(status({}), {
			text: '$(github) 4,950',
			tooltip: [`GraphQL: 4,950 of 5,000 points left, resets at ${at}`, `REST: 4,999 of 5,000 requests left, resets at ${at}`],
			background: [],
			warning: false,
		});
	});

	it('stays away while there is nothing to tell', () => {
		assert.equal(status({ limits: undefined, hasStored: false }), undefined);
	});

	it('says how old what is stored is, until a budget is known', () => {
		assert.equal(status({ limits: undefined })?.text, '$(github) synced 5 min. ago');
		assert.equal(status({ limits: undefined, lastSyncedAt: undefined })?.text, '$(github) PR Seeder');
	});

	it('says that REST was not used yet, where only GraphQL was', () => {
		const graphql = { limit: 5000, remaining: 4950, used: 50, resetAt };
		assert.deepEqual(status({ limits: { graphql, rest: null } })?.tooltip.slice(1), ['REST: not used yet']);
		assert.ok(!status({ limits: undefined })?.tooltip.some((line) => line.startsWith('REST')));
	});

	it('warns under the threshold, until the hour is over', () => {
		const limits = { graphql: { limit: 5000, remaining: 99, used: 4901, resetAt }, rest: null };
		assert.equal(status({ limits })?.warning, true);
		assert.ok(status({ limits })?.tooltip.includes('Fewer than 100 points are left.'));
		assert.equal(status({ limits, warnBelow: 99 })?.warning, false);
		const later = status({ limits, now: Date.parse('2026-01-01T11:00:01Z') });
		assert.deepEqual([later?.warning, later?.text], [false, '$(github) 5,000']);
	});

	it('shows how far a seed is', () => {
		const progress = { nameWithOwner: 'octo/harbor', phase: 'listing' as const, done: 120, total: 310 };
		assert.equal(status({ running: [progress] })?.text, '$(sync~spin) 120/310 · 4,950');
		assert.equal(status({ running: [undefined], limits: undefined })?.text, '$(sync~spin) syncing');
		const pausedUntil = new Date(2026, 0, 1, 14, 5).getTime();
		assert.equal(status({ running: [{ ...progress, pausedUntil }] })?.text, '$(debug-pause) paused until 14:05 · 4,950');
	});

	it('says on hover what is old', () => {
		const old = repositoryRow({ syncedAt: '2025-12-24T10:00:00Z' });
		assert.equal(status({ repositories: [old] })?.tooltip.at(-1), 'Last refreshed 8 days ago. Use “Refresh from GitHub”.');
	});

	it('says what is kept up to date, and when it looks next', () => {
		const harbor = { host: 'github.com', owner: 'octo', name: 'harbor' };
		const plan = { repositories: [harbor], intervalMs: 900_000, reserve: 500 };
		const nextAt = Date.parse('2026-01-01T10:45:00Z');
		const background = (more: Partial<StatusInput['background']>) => status({ background: { ...known.background, role: 'leading', plan, nextAt, ...more } });
		assert.deepEqual(background({})?.background, ['1 repository is kept up to date every 15 minutes.', `Next sync at ${formatTime(nextAt)}.`]);
		assert.deepEqual(background({ role: 'following' })?.background[1], 'Another window is syncing.');
		assert.deepEqual(background({ plan: { ...plan, repositories: [harbor, { ...harbor, name: 'pier' }] } })?.background[0], '2 repositories are kept up to date every 15 minutes.');
		assert.deepEqual(background({ plan: { ...plan, intervalMs: 0 } })?.background, []);
		const error = new UnauthorizedError('github.com');
		assert.match(background({ failures: [{ ref: harbor, error }] })?.background[2] ?? '', /^octo\/harbor could not be kept up to date: github\.com did not accept/);
	});

	it('says that background sync is paused, and why', () => {
		const until = Date.parse(resetAt);
		const paused = (reason: 'reserve' | 'limit' | 'offline') => status({ background: { ...known.background, plan: { repositories: [{ host: 'github.com', owner: 'octo', name: 'harbor' }], intervalMs: 900_000, reserve: 500 }, pause: { until, reason } } });
		assert.equal(paused('reserve')?.text, '$(debug-pause) sync paused · 4,950');
		assert.equal(paused('reserve')?.background[1], `Paused until ${at}: fewer than 500 points remain, reserved for your own use.`);
		assert.equal(paused('limit')?.background[1], `Paused until ${at}: GitHub asked to slow down.`);
		assert.equal(paused('offline')?.text, '$(github) 4,950');
	});

	it('says signed out and offline', () => {
		assert.equal(status({ signedIn: false })?.text, '$(github) signed out');
		assert.equal(status({ lastFailure: new TransientError('github.com', 'network', undefined) })?.text, '$(github) offline');
		const certificate = new CertificateError('github.com', { code: 'CERT_HAS_EXPIRED', at: undefined, isCertificate: true });
		assert.equal(status({ lastFailure: certificate })?.text, '$(github) offline');
		assert.equal(status({ lastFailure: new TransientError('github.com', 'server', 502) })?.text, '$(github) 4,950');
	});
});
