import assert from 'node:assert/strict';
import type { Fault } from '../../github-server/faults';
import { inEnglish } from '../../../src/core/model/sentence';
import type { RepositoryReport } from '../../../src/core/sync/seedReport';
import { assertEqualsServer } from './equality';
import { REPO, SyncHarness } from './syncHarness';

const UNREAD_LABELS = 'Some labels of this repository could not be read this time; the next run asks again.';

function said({ notes }: RepositoryReport): string[] {
	return notes.map((note) => inEnglish(note.said));
}

interface Nodes {
	nodes: ({ name?: string } | null)[];
}

describe('labels and milestones', () => {
	let h: SyncHarness;
	beforeEach(async () => {
		h = await SyncHarness.start();
		h.createPullRequests(3);
	});
	afterEach(() => h.stop());

	function createLabels(count: number): void {
		for (let i = 0; i < count; i++) {
			h.world.createLabel(REPO, `label ${String(i).padStart(3, '0')}`);
		}
	}

	/** Withholds one label wherever the list of labels is answered. */
	function withholding(name: string): Fault {
		return {
			kind: 'patch',
			times: Infinity,
			match: { kind: 'graphql' },
			patch: (answer) => {
				const body = structuredClone(answer.body) as { data?: { repository?: Record<string, Nodes | undefined> } };
				const { labels, list, moreLabels } = body.data?.repository ?? {};
				for (const found of [labels, list, moreLabels]) {
					if (found) {
						found.nodes = found.nodes.map((node) => (node?.name === name ? null : node));
					}
				}
				return { ...answer, body };
			},
		};
	}

	/** Fails to say when milestones of a number above `first` are due. */
	function failingDueDates(first: number): Fault {
		return {
			kind: 'patch',
			times: Infinity,
			match: { kind: 'graphql' },
			patch: (answer) => {
				const body = structuredClone(answer.body) as { data?: { repository?: Record<string, { nodes: { number: number; dueOn: string | null }[] } | undefined> } };
				const errors = ['milestones', 'list', 'moreMilestones'].flatMap((name) =>
					(body.data?.repository?.[name]?.nodes ?? []).flatMap((node, i) => {
						if (!('dueOn' in node) || node.number < first) return [];
						node.dueOn = null;
						return { message: 'Something went wrong.', path: ['repository', name, 'nodes', i, 'dueOn'] };
					}),
				);
				return errors.length > 0 ? { ...answer, body: { ...body, errors } } : answer;
			},
		};
	}

	const milestoneRows = async () => (await (await h.open()).store.query('SELECT number, title, due_on FROM milestone ORDER BY number', { rows: 999 })).rows;

	for (const count of [3, 120]) {
		it(`of ${count} milestones those whose due date alone fails keep it, and all the rest is read`, async () => {
			for (let number = 1; number <= count; number++) {
				h.world.createMilestone(REPO, { title: `First ${number}`, dueOn: '2026-05-01T07:00:00Z' });
			}
			h.later();
			await h.seed();
			h.world.editMilestone(REPO, 1, { title: 'Renamed' });
			h.world.editMilestone(REPO, count, { title: 'Renamed too', dueOn: '2026-06-01T07:00:00Z' });
			h.world.createMilestone(REPO, { title: 'New', dueOn: '2026-07-01T07:00:00Z' });
			h.later();
			h.server.addFault(failingDueDates(count));
			const report = await h.seed();
			assert.deepEqual(said(report), ['Some milestones of this repository could not be read this time; the next run asks again.']);
			const rows = await milestoneRows();
			assert.deepEqual([rows[0], rows.at(-1)], [[1, 'Renamed', '2026-05-01T07:00:00Z'], [count, 'Renamed too', '2026-05-01T07:00:00Z']]);
			h.server.clearFaults();
			h.later();
			await h.seed();
			if (count > 100) await h.seed();
			await assertEqualsServer(h);
		});
	}

	async function labelsOf(number: number): Promise<unknown> {
		const { store } = await h.open();
		const { rows } = await store.query(`SELECT labels FROM pull_request WHERE number = ${number}`, { rows: 1 });
		return rows[0]?.[0];
	}

	for (const [count, withheld] of [[3, 'label 002'], [120, 'label 110']] as const) {
		it(`one of ${count} that is missing from an answer is kept, and nothing is asked for without end`, async () => {
			createLabels(count);
			h.world.addLabel(REPO, 1, withheld);
			h.later();
			await h.seed();
			h.server.addFault(withholding(withheld));
			h.world.renameLabel(REPO, 'label 001', 'another');
			h.later();
			await h.seed();
			assert.equal(await labelsOf(1), JSON.stringify([withheld]));
			h.later();
			await h.seed();
			h.later();
			await h.seed();
			assert.deepEqual(h.operations, ['Probe']);
			h.server.clearFaults();
			h.later();
			await h.seed();
			await assertEqualsServer(h);
		});

		it(`one of ${count} that is missing from the first answer comes with a later one`, async () => {
			createLabels(count);
			h.world.addLabel(REPO, 1, withheld);
			h.later();
			h.server.addFault(withholding(withheld));
			assert.deepEqual(said(await h.seed()), [UNREAD_LABELS]);
			h.later();
			assert.deepEqual(said(await h.seed()), [UNREAD_LABELS]);
			assert.deepEqual(h.operations, ['Probe']);
			h.server.clearFaults();
			h.later();
			await h.seed();
			h.later();
			assert.deepEqual(said(await h.seed()), []);
			await assertEqualsServer(h);
		});
	}

	it('that an error explains are told of from the first time on, and asked for again', async () => {
		const { milestones } = h.world.repository(REPO);
		assert.ok(milestones.length === 0);
		h.world.createMilestone(REPO, { title: 'v1' });
		h.later();
		h.server.addFault({
			kind: 'patch',
			times: Infinity,
			match: { kind: 'graphql' },
			patch: (answer) => {
				const body = structuredClone(answer.body) as { data?: { repository?: { milestones?: { nodes: { dueOn: unknown }[] } } }; errors?: object[] };
				const [first] = body.data?.repository?.milestones?.nodes ?? [];
				if (first) {
					first.dueOn = null;
					body.errors = [{ type: 'FORBIDDEN', path: ['repository', 'milestones', 'nodes', 0, 'dueOn'], message: 'Resource not accessible' }];
				}
				return { ...answer, body };
			},
		});
		for (let run = 0; run < 2; run++) {
			assert.deepEqual(said(await h.seed()), ['Some milestones of this repository could not be read this time; the next run asks again.']);
			h.later();
		}
		h.server.clearFaults();
		assert.deepEqual(said(await h.seed()), []);
		await assertEqualsServer(h);
	});

	it('one that was deleted and whose id comes back is on its pull requests again', async () => {
		createLabels(3);
		h.world.addLabel(REPO, 1, 'label 002');
		h.later();
		await h.seed();
		// As if it had been deleted: the count goes down with it.
		const deleted: Fault = withholding('label 002');
		h.server.addFault({
			...deleted,
			kind: 'patch',
			patch: (answer) => {
				const body = structuredClone(answer.body) as { data?: { repository?: { labels?: Nodes & { totalCount: number } } } };
				const labels = body.data?.repository?.labels;
				if (labels) {
					labels.nodes = labels.nodes.filter((node) => node?.name !== 'label 002');
					labels.totalCount = labels.nodes.length;
				}
				return { ...answer, body };
			},
		});
		h.later();
		await h.seed();
		assert.equal(await labelsOf(1), '[]');
		h.server.clearFaults();
		h.later();
		await h.seed();
		assert.equal(await labelsOf(1), '["label 002"]');
		await assertEqualsServer(h);
	});

	it('beyond the first hundred a rename, and one in the place of another, are seen within as many runs as there are pages', async () => {
		createLabels(330);
		for (let number = 1; number <= 330; number++) {
			h.world.createMilestone(REPO, { title: `Milestone ${number}` });
		}
		h.world.addLabel(REPO, 1, 'label 250');
		h.world.setMilestone(REPO, 2, 250);
		h.later();
		await h.seed();
		h.later();
		await h.seed();
		assert.deepEqual([h.operations, h.requests.map(({ points }) => points)], [['Probe'], [1]]);
		h.world.renameLabel(REPO, 'label 250', 'renamed');
		h.world.deleteLabel(REPO, 'label 320');
		h.world.createLabel(REPO, 'label 320 again');
		h.world.editMilestone(REPO, 250, { title: 'Renamed' });
		for (let run = 0; run < 3; run++) {
			h.later();
			await h.seed();
		}
		await assertEqualsServer(h);
	});

	it('are not taken from rows that a run has not come to', async () => {
		createLabels(3);
		h.world.createMilestone(REPO, { title: 'First' });
		for (const number of [1, 2, 3]) {
			h.world.addLabel(REPO, number, 'label 001');
			h.world.setMilestone(REPO, number, 1);
		}
		h.later();
		await h.seed();
		h.server.addFault({ kind: 'reset', times: Infinity, match: { operationName: 'Listing' } });
		await h.fail({ noCache: true });
		h.server.clearFaults();
		await assertEqualsServer(h);
		await h.forgetProcess();
		h.server.addFault({ kind: 'reset', times: Infinity, match: { operationName: 'Details' } });
		await h.fail({ noCache: true });
		h.server.clearFaults();
		assert.deepEqual([await labelsOf(1), await labelsOf(2)], ['["label 001"]', '["label 001"]']);
	});

	it('are not lost to a run without the cache that is not shown all of them', async () => {
		createLabels(3);
		h.world.addLabel(REPO, 1, 'label 002');
		h.later();
		await h.seed();
		h.world.renameLabel(REPO, 'label 001', 'another');
		h.world.deleteLabel(REPO, 'label 000');
		h.later();
		h.server.addFault(withholding('label 002'));
		await h.seed({ noCache: true });
		const { rows } = await (await h.open()).store.query('SELECT name FROM label ORDER BY name', { rows: 5 });
		assert.deepEqual([rows.flat().filter((name) => name !== 'label 000'), await labelsOf(1)], [['another', 'label 002'], '["label 002"]']);
		h.server.clearFaults();
		h.later();
		await h.seed();
		await assertEqualsServer(h);
	});

	it('that were edited come to the database after a run without the cache too', async () => {
		createLabels(3);
		h.world.addLabel(REPO, 1, 'label 001');
		h.later();
		await h.seed();
		h.world.renameLabel(REPO, 'label 001', 'renamed');
		h.later();
		await h.seed({ noCache: true });
		h.world.renameLabel(REPO, 'renamed', 'renamed again');
		h.later();
		await h.seed();
		assert.equal(await labelsOf(1), '["renamed again"]');
		await assertEqualsServer(h);
	});
});
