import assert from 'node:assert/strict';
import { HIDDEN_TEAM } from '../../../src/core/model/pullRequest';
import { Access } from '../../github-server/access';
import { readable, readableLists, type ReadableList, type ReadablePullRequest } from '../../github-server/readableState';
import { holdsScope } from '../../github-server/scopes';
import { hasScopes, type Token } from '../../github-server/tokens';
import { comparable, serverState, storedState } from './equality';
import type { SyncHarness } from './syncHarness';

export interface Reading {
	token: Token;
	/** All that the server has was stored before by a better token: it is still there, and what can't be read now may be marked or not. */
	isKnown?: boolean;
	/** Lists that the host answers as empty when they may not be read, without a word: nobody can tell, and so they are not marked. */
	untold?: readonly ReadableList[];
}

/** How many pull requests lack a list, and how many do not name a team. */
export type Gaps = Partial<Record<ReadableList | 'teams', number>>;

type Row = Record<string, unknown>;

/**
 * What lies in the storage folder is what the token may read, all of it: lists that it may read whole equal the server's; of the others what it
 * may read is there and they are marked as incomplete, except that a team without its name is a team.
 * @returns what is marked
 */
export async function assertEqualsReadable(h: Pick<SyncHarness, 'storage' | 'world'>, name: string, reading: Reading): Promise<Gaps> {
	const { token } = reading;
	const state = readable(h.world, name, token);
	assert.ok(state.listing && state.catalogue, 'the token reads pull requests at all');
	const stored = await storedState(h.storage, name);
	const server = serverState(h.world, name, { teamNames: true });
	assert.deepEqual({ ...stored, pullRequests: [] }, { ...server, pullRequests: [], strangers: [] });
	assert.deepEqual(stored.pullRequests.map(({ number }) => number), server.pullRequests.map(({ number }) => number), 'the same pull requests');
	const gaps: Gaps = {};
	const count = (what: ReadableList | 'teams'): void => void (gaps[what] = (gaps[what] ?? 0) + 1);
	const access = new Access(token, token.login ?? 'octo-viewer', h.world);
	const named: Named = { workflows: access.may(['actions'], h.world.repository(name)), reviewCommits: access.may(['contents'], h.world.repository(name)), ...teamsFor(access) };
	server.pullRequests.forEach((all: Row, i) => {
		const found: Row = stored.pullRequests[i] ?? {};
		const may = state.pullRequests[i];
		assert.ok(may);
		const marked = JSON.parse(String(found['partial'])) as ReadableList[];
		assertMarks(marked, may, reading);
		// Where checks are answered as none without a word, they are none.
		const isUntold = reading.untold?.includes('checks') === true && may.closed.includes('checks');
		// That there are no checks may have changed without any sign.
		const knownState = marked.includes('checks') && all['checks_state'] === 'NONE' ? null : all['checks_state'];
		const expected = reading.isKnown === true ? { ...all, checks_state: knownState } : { ...reduced(all, may, named, name), ...(isUntold ? { checks_state: 'NONE' } : {}) };
		const ignored = reading.isKnown === true ? (reading.untold ?? []).map(columnOf) : [];
		if (ignored.includes('issues:rows')) ignored.push('linked_issues');
		const compared = (row: Row): Row => ({ ...comparable(row), partial: '', ...Object.fromEntries(ignored.map((column) => [column, ''])) });
		assert.deepEqual(compared(found), compared(expected), `#${may.number}`);
		marked.forEach(count);
		if (may.hiddenReviewers > 0) count('teams');
	});
	return gaps;
}

function assertMarks(marked: readonly ReadableList[], { number, partly, closed }: ReadablePullRequest, { isKnown = false, untold = [] }: Reading): void {
	// A team whose name is not told is shown as one.
	const lacking = readableLists.filter((list) => (partly.includes(list) || closed.includes(list)) && list !== 'reviewRequests' && !untold.includes(list));
	if (isKnown) assert.deepEqual(marked.filter((list) => !lacking.includes(list)), [], `#${number}: nothing is marked that can be read`);
	else assert.deepEqual(marked, lacking, `#${number}: what may not be read is marked, and nothing else`);
}

function teamsFor(access: Access): Pick<Named, 'teams' | 'hiddenTeam'> {
	return hasScopes(access.token) ? { teams: holdsScope(access.token, 'read:org'), hiddenTeam: HIDDEN_TEAM } : { teams: access.may(['members'], undefined), hiddenTeam: null };
}

/** Of rows that all come, whether the token may know what belongs to them. */
interface Named {
	workflows: boolean;
	reviewCommits: boolean;
	teams: boolean;
	/** What is said of a team instead. */
	hiddenTeam: string | null;
}

/** What is left of a pull request for one who may read just that. */
function reduced(all: Row, may: ReadablePullRequest, named: Named, name: string): Row {
	const { closed, checkIds, hiddenReviewers, linkedIssues, reviewers } = may;
	const rows = (list: ReadableList): Row[] => (closed.includes(list) ? [] : (all[columnOf(list)] as Row[]));
	const issues = rows('linkedIssues').filter((row) => linkedIssues.includes(`${String(row['issue_repository'])}#${Number(row['issue_number'])}`));
	const logins = [...reviewers, ...Array.from({ length: hiddenReviewers }, () => HIDDEN_TEAM)].sort();
	return {
		...all,
		...Object.fromEntries(readableLists.map((list) => [columnOf(list), rows(list)])),
		'reviewRequests:rows': logins.map((login) => ({ login })),
		'reviews:rows': rows('reviews').map((row) => (named.reviewCommits ? row : { ...row, commit_oid: null })),
		'events:rows': (all['events:rows'] as Row[]).map((row) => (named.teams || !String(row['subject_login']).includes('/') ? row : { ...row, subject_login: named.hiddenTeam })),
		'checks:rows': rows('checks')
			.filter((row) => checkIds.includes(String(row['node_id'])))
			.map((row) => (named.workflows ? row : { ...row, workflow: null, event: null })),
		[columnOf('linkedIssues')]: issues,
		checks_state: closed.includes('checks') ? null : all['checks_state'],
		linked_issues: issues.filter((row) => row['issue_repository'] === name).map((row) => Number(row['issue_number'])).sort(),
	};
}

function columnOf(list: ReadableList): string {
	return `${list === 'linkedIssues' ? 'issues' : list}:rows`;
}
