import type { CheckConclusion, CheckStatus, StatusState } from './model';

// What the sample is made of: a made-up product, Harbor, that plans berths and cranes for a port. No login here is a real person's.

export const people = [
	'mika-quay', 'ostro-dev', 'rill-anchor', 'tamsin-b', 'jetty9', 'nolan-fairway', 'pia-keel', 'sorrel-k', 'wren-harbour', 'ulf-mooring', 'dockhand-eli',
	// The longest login that GitHub allows is 39 characters; enterprise accounts with a short code may reach 40.
	'a-login-that-is-exactly-forty-characters',
] as const;

export const bot = 'harbor-dependabot';

/** Not one of the sample's: an issue of it is linked. */
export const otherRepository = 'octo-sample/tide-data';

export const teams = ['octo-sample/berth-planners', 'octo-sample/web'] as const;

export const labels: readonly (readonly [name: string, color: string, description: string | null])[] = [
	['bug', 'd73a4a', 'Something does not work'],
	['enhancement', 'a2eeef', 'A new wish'],
	['documentation', '0075ca', null],
	['dependencies', '0366d6', 'Updates a dependency'],
	['area: planning', 'fbca04', 'Berth plan and tides'],
	['area: cranes', 'bfd4f2', null],
	['needs "second look"', 'e99695', 'A label with quotes'],
	['size, large', '5319e7', 'A label with a comma'],
	['🚢 release blocker', 'b60205', 'Must be in before the release'],
	['バグ修正', 'c2e0c6', 'Japanese for bug fix'],
	["won't fix?", 'ffffff', null],
	['good first issue', '7057ff', 'Good for newcomers'],
	['unused', 'ededed', 'No pull request has it'],
];

/** `dueInDays` counts from the moment that the sample is made for. */
export const milestones: readonly { readonly title: string; readonly dueInDays: number | null; readonly closed?: boolean; readonly description?: string }[] = [
	{ title: '3.0 Breakwater', dueInDays: -200, closed: true },
	{ title: '3.1 Capstan', dueInDays: -95, closed: true },
	{ title: '3.2 Davit', dueInDays: -9, description: 'Late: the tide service was down for a week.' },
	{ title: '3.3 Ebb', dueInDays: 5 },
	{ title: '4.0 Fairway, "the big one"', dueInDays: 75 },
	{ title: 'Backlog', dueInDays: null },
	// Titles need not be unique.
	{ title: 'Backlog', dueInDays: null, description: 'The second milestone of this title.' },
];

const verbs = ['Add', 'Fix', 'Speed up', 'Rework', 'Remove', 'Document', 'Test', 'Simplify', 'Show', 'Validate'];
const things = [
	'the tide table import', 'berth overlap warnings', 'crane shift handover', 'the vessel search', 'quay colour coding', 'the weekly berth plan', 'draught limits',
	'pilot bookings', 'the export to spreadsheets', 'time zones of arrivals', 'the mooring checklist', 'undo in the planner', 'weather alerts',
	'the yard map', 'container reservations', 'sign-in by passkey', 'the audit trail', 'keyboard navigation', 'late arrival notices', 'the public status page',
];
const folders = ['planner', 'cranes', 'tides', 'web', 'notices', 'export', 'pilot', 'docs'];
const names = ['plan', 'overlap', 'shift', 'search', 'table', 'import', 'map', 'alerts', 'limits', 'index', 'form', 'store'];

export function title(pick: <T>(items: readonly T[]) => T): string {
	return `${pick(verbs)} ${pick(things)}`;
}

/** A path that no other `index` of the same pull request has. */
export function filePath(pick: <T>(items: readonly T[]) => T, index: number): string {
	return `src/${pick(folders)}/${pick(names)}-${String(index).padStart(3, '0')}.ts`;
}

export const checkNames = ['build', 'unit tests', 'lint', 'end-to-end (chromium)', 'end-to-end (firefox)', 'docs', 'package'];

/** Every status that a check run can have, and every conclusion. */
export const runOutcomes: readonly (readonly [CheckStatus, CheckConclusion | null])[] = [
	['QUEUED', null], ['IN_PROGRESS', null], ['WAITING', null], ['PENDING', null], ['REQUESTED', null],
	['COMPLETED', 'ACTION_REQUIRED'], ['COMPLETED', 'TIMED_OUT'], ['COMPLETED', 'CANCELLED'], ['COMPLETED', 'FAILURE'], ['COMPLETED', 'SUCCESS'],
	['COMPLETED', 'NEUTRAL'], ['COMPLETED', 'SKIPPED'], ['COMPLETED', 'STARTUP_FAILURE'], ['COMPLETED', 'STALE'],
];

export const statusStates: readonly StatusState[] = ['EXPECTED', 'ERROR', 'FAILURE', 'PENDING', 'SUCCESS'];

/** Pull requests that tend to break a client, by the branch that finds them: `case/html-title`. */
export const unusualTitles: Readonly<Record<string, string>> = {
	'html-title': '<img src=x onerror="alert(1)"> & <b>bold</b> crane names',
	'markdown-title': '**Bold** [link](command:workbench.action.quit) `code` | pipe | # heading',
	'icon-title': '$(flame) $(sync~spin) Icons are text here',
	'rtl-title': 'تحديث جدول الأرصفة \u202Eنص معكوس\u202C end',
	'emoji-title': '🚢⚓️👩🏽‍🔧 Ship it, 港の予定表を直す',
	'long-title': `A very long title: ${'berths and cranes and tides, '.repeat(180)}`.slice(0, 5000).padEnd(5000, '.'),
	'quote-title': `It's a "quoted" title; DROP TABLE pull_request; -- \\ %s {0}`,
};
