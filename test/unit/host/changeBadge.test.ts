import assert from 'node:assert/strict';
import { Emitter, type Event } from '../../../src/core/model/event';
import type { SqlStore } from '../../../src/core/store/sqlStore';
import { ChangeBadge } from '../../../src/host/background/changeBadge';
import { Bench, pullRequest, repository } from '../store/fixtures';
import { english } from './english';

/** The views, as far as the badge knows them. */
class Views {
	private readonly changed = new Emitter<undefined>();
	readonly onDidChangeVisibility = (listener: () => void) => this.changed.event(listener);
	badge: { value: number; tooltip: string } | undefined;

	constructor(public isVisible: boolean) {}

	showBadge(badge: { value: number; tooltip: string } | undefined): void {
		this.badge = badge;
	}

	setVisible(visible: boolean): void {
		this.isVisible = visible;
		this.changed.fire(undefined);
	}
}

describe('the badge of what changed since somebody looked', () => {
	const at = (minute: number) => `2026-02-01T10:${String(minute).padStart(2, '0')}:00Z`;
	let bench: Bench;
	let store: SqlStore;
	let views: Views;
	let badge: ChangeBadge;
	let kept: Map<string, unknown>;
	let now: string;
	let access: { get: () => Promise<SqlStore>; isOpen: boolean; onDidChange: Event<undefined> };

	const open = () => {
		const keeper = { get: (key: string) => kept.get(key), update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, JSON.parse(JSON.stringify(value)))) };
		access = { get: () => Promise.resolve(store), isOpen: true, onDidChange: new Emitter<undefined>().event };
		badge = new ChangeBadge({ store: access, views, keeper, clock: { now: () => Date.parse(now) }, l10n: english });
	};

	beforeEach(async () => {
		bench = await Bench.make();
		store = await bench.open();
		views = new Views(false);
		kept = new Map();
		now = at(30);
		open();
		await store.apply({ repository: repository(), pullRequests: [pullRequest(1, { updatedAt: at(1) }), pullRequest(2, { updatedAt: at(2) })] });
	});

	afterEach(async () => {
		badge.dispose();
		await bench.dispose();
	});

	const update = (...minutes: [number, number][]) =>
		store.apply({ repository: repository(), pullRequests: minutes.map(([number, minute]) => pullRequest(number, { updatedAt: at(minute) })) });

	const look = async () => {
		views.setVisible(true);
		await badge.update();
	};

	const turnAway = async () => {
		views.setVisible(false);
		await badge.update();
	};

	it('is not there for somebody who has never looked', async () => {
		await badge.update();
		assert.equal(views.badge, undefined);
	});

	it('counts what was updated after the last look, by the server’s time, and says so', async () => {
		await look();
		await turnAway();
		await update([2, 3]);
		await badge.update();
		assert.deepEqual(views.badge, { value: 1, tooltip: '1 pull request changed since you last looked' });
		await update([1, 4], [3, 5]);
		await badge.update();
		assert.deepEqual(views.badge, { value: 3, tooltip: '3 pull requests changed since you last looked' });
	});

	it('tells when the visit before this one ended; a short look elsewhere ends none', async () => {
		assert.equal(badge.lastVisit, '2026-01-31T10:30:00Z');
		await look();
		now = at(40);
		await turnAway();
		now = '2026-02-02T08:00:00Z';
		assert.equal(badge.lastVisit, at(40));
		await look();
		assert.equal(badge.lastVisit, at(40));
		now = '2026-02-02T12:00:00Z';
		await turnAway();
		now = '2026-02-02T12:10:00Z';
		await look();
		assert.equal(badge.lastVisit, at(40));
	});

	it('goes with a look', async () => {
		await look();
		await turnAway();
		await update([1, 4]);
		await badge.update();
		assert.equal((views.badge as { value: number } | undefined)?.value, 1);
		views.setVisible(true);
		await badge.update();
		assert.equal(views.badge, undefined);
		await turnAway();
		assert.equal(views.badge, undefined);
	});

	it('does not count what comes before somebody’s eyes, such as a first seed', async () => {
		await look();
		await store.apply({ repository: repository('octo/pier'), pullRequests: [1, 2, 3].map((number) => pullRequest(number, { updatedAt: at(40 + number) })) });
		await badge.update();
		await turnAway();
		assert.equal(views.badge, undefined);
	});

	it('outlives the window, and takes what is kept for nothing when it is something else', async () => {
		await look();
		await turnAway();
		await update([1, 4]);
		badge.dispose();
		open();
		await badge.update();
		assert.equal(views.badge?.value, 1);
		for (const strange of [7, null, { repositories: 'x' }, { repositories: [{ host: 'h', nodeId: 'n', until: 'never' }], otherwise: at(1) }]) {
			kept.set('seenUpdates', strange);
			await badge.update();
			assert.equal(views.badge, undefined);
		}
	});

	it('stays away while the store can’t be read', async () => {
		await look();
		await turnAway();
		const { get } = access;
		access.get = () => Promise.reject(new Error('no disk'));
		await badge.update();
		assert.equal(views.badge, undefined);
		access.get = get;
		await update([1, 4]);
		await badge.update();
		assert.equal((views.badge as { value: number } | undefined)?.value, 1);
	});
});
