import { LANES, LANES_TO_ACT_ON, myWork, type Lane, type MyPullRequest } from '../../core/insights/myWork';
import { turnOf } from '../../core/insights/turn';
import { storedKey } from '../../core/model/repository';
import { teamsOf } from '../../core/model/viewer';
import type { RepositoryRow } from '../../core/store/read/repositories';
import type { Store } from '../../core/store/store';
import type { Account } from '../auth/gitHubSessions';
import type { CheckedOut } from '../git/checkedOutBranches';
import type { Marks, Snooze } from './marks';

/** One pull request of the person's work. */
export interface MyRow extends Omit<MyPullRequest, 'lane'> {
	repository: RepositoryRow;
	/** The same after its data was fetched anew. */
	name: string;
	/** What of it counts as a change. */
	fingerprint: string;
	isPinned: boolean;
	snooze: Snooze | undefined;
}

export interface MyRows {
	/** From the branch that is checked out, whosever they are. */
	checkedOut: MyRow[];
	/** Those that hold anything, in order. */
	lanes: { lane: Lane; rows: MyRow[] }[];
	snoozed: MyRow[];
	/** How many wait for the person. */
	toActOn: number;
}

export interface MyRowsSource {
	store: Store;
	repositories: readonly RepositoryRow[];
	accounts: readonly Account[];
	checkedOut: readonly CheckedOut[];
	marks: Pick<Marks, 'isPinned' | 'snooze'>;
	stuckDays: number;
	/** Milliseconds since the Unix epoch. */
	now: number;
}

/** The person's own work in the stored repositories, each pull request once, but for what is checked out. What is pinned comes first in its lane. */
export async function myRows(source: MyRowsSource): Promise<MyRows> {
	const mine = (await Promise.all(source.accounts.map((account) => workOf(account, source)))).flat();
	const checkedOut = (await Promise.all(source.checkedOut.map((one) => ofBranch(one, source)))).flat();
	const awake = mine.filter(({ row }) => row.snooze === undefined);
	const lanes = (Object.keys(LANES) as Lane[]).flatMap((lane) => {
		const rows = awake.filter((one) => one.lane === lane).map(({ row }) => row);
		return rows.length === 0 ? [] : [{ lane, rows: [...rows.filter(({ isPinned }) => isPinned), ...rows.filter(({ isPinned }) => !isPinned)] }];
	});
	const toActOn = awake.filter(({ lane }) => LANES_TO_ACT_ON.includes(lane)).length;
	return { checkedOut, lanes, snoozed: mine.flatMap(({ row }) => (row.snooze ? [row] : [])), toActOn };
}

async function workOf({ host, login }: Account, source: MyRowsSource): Promise<{ lane: Lane; row: MyRow }[]> {
	const { store, repositories, now, stuckDays } = source;
	const own = repositories.filter((one) => one.host === host);
	if (own.length === 0) {
		return [];
	}
	const teams = teamsOf(await store.read.viewers(), { host, login });
	const facts = await store.read.myFacts({ host, login, teams }, { repositoryIds: own.map(({ id }) => id) });
	return myWork(facts, { login, teams, now, stuckDays }).flatMap(({ lane, ...one }) => {
		const row = rowOf(one, source);
		return row ? [{ lane, row }] : [];
	});
}

async function ofBranch({ branch, remotes }: CheckedOut, source: MyRowsSource): Promise<MyRow[]> {
	const ids = source.repositories.filter((one) => remotes.includes(storedKey(one))).map(({ id }) => id);
	const owners = remotes.flatMap((path) => path.split('/').slice(1, 2));
	const facts = ids.length === 0 ? [] : await source.store.read.branchFacts({ name: branch, repositoryIds: ids, owners });
	return facts.flatMap((one) => rowOf({ facts: one, turn: turnOf(one) }, source) ?? []);
}

function rowOf({ facts, turn }: Omit<MyPullRequest, 'lane'>, { repositories, marks, now }: MyRowsSource): MyRow | undefined {
	const repository = repositories.find(({ id }) => id === facts.repositoryId);
	if (repository === undefined) {
		return undefined;
	}
	const name = `${storedKey(repository)}#${facts.number}`;
	const fingerprint = JSON.stringify([facts.updatedAt, facts.headOid, facts.checksState, turn.waitsFor, turn.reason]);
	return { facts, turn, repository, name, fingerprint, isPinned: marks.isPinned(name), snooze: marks.snooze(name, fingerprint, now) };
}
