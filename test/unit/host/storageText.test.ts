import assert from 'node:assert/strict';
import type { StoredStatus } from '../../../src/core/storedStatus';
import { formatSize } from '../../../src/host/format/localizer';
import { staleText, storedRow } from '../../../src/host/storage/storageText';
import { english } from './english';
import { repositoryRow } from './rows';

const now = Date.parse('2026-01-10T12:00:00Z');
const stored: StoredStatus = {
	host: 'github.com', nameWithOwner: 'octo/harbor', pullRequests: 1310, totalCount: null, bytes: 1_234_567, syncedAt: '2026-01-10T09:00:00Z', partial: 0, resumable: false, cached: true, stale: false,
};
const row = (more: Partial<StoredStatus> = {}) => storedRow({ ...stored, ...more }, now, english);

describe('the list of what is stored', () => {
	it('says of a repository how much there is, how old and how large', () => {
		assert.deepEqual(row(), { label: '$(repo) octo/harbor', description: '1,310 pull requests · 3 hours ago', detail: '1.2 MB in the cache' });
		assert.equal(row({ host: 'ghe.example.com', pullRequests: 1 }).description, 'ghe.example.com · 1 pull request · 3 hours ago');
	});

	it('says what is missing, and what is old', () => {
		assert.equal(row({ syncedAt: null, resumable: true }).description, '1,310 pull requests · first sync unfinished');
		assert.equal(row({ partial: 2, resumable: true }).detail, '1.2 MB in the cache · 2 incomplete · stopped early: the next sync continues from there');
		assert.equal(row({ cached: false, bytes: 0 }).detail, 'in the database alone');
		const old = row({ stale: true, syncedAt: '2026-01-02T12:00:00Z' });
		assert.deepEqual([old.label, old.detail], ['$(warning) octo/harbor', '1.2 MB in the cache · not refreshed for more than 7 days']);
	});

	it('draws no icon that a name asks for', () => {
		assert.equal(row({ nameWithOwner: 'octo/$(flame)' }).label, '$(repo) octo/\\$(flame)');
	});

	it('writes sizes in the unit that fits', () => {
		const sizes = [0, 999, 1000, 1_549_000, 2e9, 3e12].map((bytes) => formatSize(bytes, english));
		assert.deepEqual(sizes, ['0 byte', '999 byte', '1 kB', '1.5 MB', '2 GB', '3,000 GB']);
	});
});

describe('what the views say of old data', () => {
	const of = (...moments: (string | null)[]) => staleText(moments.map((syncedAt, i) => repositoryRow({ nameWithOwner: `octo/r${i}`, syncedAt })), now, english);

	it('is nothing while all was refreshed in the last 7 days, or never to its end', () => {
		assert.equal(of(), '');
		assert.equal(of('2026-01-03T12:00:00Z', null, '2026-01-10T12:00:00Z'), '');
	});

	it('names the one that is old, where there are others', () => {
		assert.equal(of('2026-01-02T11:59:59Z'), 'Last refreshed 8 days ago. Use “Refresh from GitHub”.');
		assert.equal(of('2026-01-10T12:00:00Z', '2026-01-03T11:59:59Z'), 'octo/r1 was last refreshed 7 days ago. Use “Refresh from GitHub”.');
	});

	it('counts several', () => {
		assert.equal(of('2025-01-10T12:00:00Z', '2026-01-02T12:00:00Z', null), '2 of 3 repositories were last refreshed more than 7 days ago. Use “Refresh from GitHub”.');
	});
});
