import fc from 'fast-check';
import type { Answer } from '../../../github-server/answer';
import type { GithubServer } from '../../../github-server/githubServer';

type Key = string | number;
type Row = Record<string, unknown>;

/** A place in an answer, and the path to it; the value that an error there takes may stand further up, at `taken`. */
interface Place {
	holder: Row;
	path: Key[];
	taken?: { holder: Row; key: Key };
}

type Kind = (place: Place, key: Key) => boolean;

const isPullRequest = ({ holder }: Place) => 'headRefOid' in holder;
const ofPullRequest = (name: string): Kind => (place, key) => key === name && isPullRequest(place);
const isNode = (place: Place, key: Key) => typeof key === 'number' && place.path.at(-2) === 'nodes';
const startsWith = ({ path }: Place, ...start: Key[]) => start.every((key, i) => path[i] === key);
const isCatalogue = (key: Key | undefined) => ['labels', 'moreLabels', 'milestones', 'moreMilestones', 'list'].includes(String(key));

/** What an answer may lack, with an error or without a word. */
const FIELDS = {
	author: ofPullRequest('author'),
	milestone: ofPullRequest('milestone'),
	closedAt: ofPullRequest('closedAt'),
	mergedAt: ofPullRequest('mergedAt'),
	labels: ofPullRequest('labels'),
	assignees: ofPullRequest('assignees'),
	reviewRequests: ofPullRequest('reviewRequests'),
	reviews: ofPullRequest('reviews'),
	linkedIssues: ofPullRequest('closingIssuesReferences'),
	/** Takes the whole row with it. */
	commits: ofPullRequest('commits'),
	files: ofPullRequest('files'),
	rollup: ofPullRequest('statusCheckRollup'),
	rollupState: ofPullRequest('rollupState'),
	reviewAuthor: (place, key) => key === 'author' && 'submittedAt' in place.holder,
	reviewer: (_place, key) => key === 'requestedReviewer',
	commitAuthor: (place, key) => key === 'user' && place.path.includes('commit'),
	checkSuite: (_place, key) => key === 'checkSuite',
	allLabels: (place, key) => key === 'labels' && place.path.length === 2 && startsWith(place, 'repository'),
	allMilestones: (place, key) => key === 'milestones' && place.path.length === 2,
} satisfies Record<string, Kind>;

const ROWS = {
	nested: (place, key) => isNode(place, key) && (startsWith(place, 'nodes') || startsWith(place, 'repository', 'pullRequests')) && place.path.length > 4,
	listed: (place, key) => isNode(place, key) && startsWith(place, 'repository', 'pullRequests', 'nodes') && place.path.length === 4,
	probed: (place, key) => isNode(place, key) && (startsWith(place, 'repository', 'updated') || startsWith(place, 'repository', 'open')) && place.path.length === 4,
	detailed: (place, key) => typeof key === 'number' && startsWith(place, 'nodes') && place.path.length === 2,
	watched: (place, key) => typeof key === 'number' && startsWith(place, 'watched') && place.path.length === 2,
	catalogue: (place, key) => isNode(place, key) && isCatalogue(place.path[1]) && place.path.length === 4,
} satisfies Record<string, Kind>;

const KINDS: Record<string, Kind> = { ...FIELDS, ...ROWS };

/** Something is missing from answers. */
export interface Hole {
	what: keyof typeof FIELDS | keyof typeof ROWS | 'uncounted';
	/** With an error, with one that says that it is forbidden, or without a word (rows alone: a field would be empty then). */
	how: 'failed' | 'forbidden' | 'silent';
	/** Every so manieth that there is, in each answer. */
	every: number;
	/** From how many answers that have it, in one run. */
	times: number;
	/** In how many runs, this one included. */
	runs: number;
}

/** A field alone could be taken for empty; a list that is missing is known to be incomplete by its count too. */
const SINGLE = ['author', 'milestone', 'closedAt', 'mergedAt', 'reviewAuthor'] as const;
const fields = fc.oneof({ weight: 1, arbitrary: fc.constantFrom(...(Object.keys(FIELDS) as (keyof typeof FIELDS)[])) }, { weight: 1, arbitrary: fc.constantFrom(...SINGLE) });

const OFTEN_AND_FOR_LONG = { times: fc.constantFrom(1, 2, Infinity, Infinity), runs: fc.constantFrom(1, 1, 1, 2, 4), every: fc.constantFrom(1, 1, 2, 3) };

export const hole: fc.Arbitrary<Hole> = fc.oneof(
	{ weight: 4, arbitrary: fc.record({ what: fields, how: fc.constantFrom('failed' as const, 'failed' as const, 'forbidden' as const), ...OFTEN_AND_FOR_LONG }) },
	{ weight: 3, arbitrary: fc.record({ what: fc.constantFrom(...(Object.keys(ROWS) as (keyof typeof ROWS)[])), how: fc.constantFrom('failed' as const, 'forbidden' as const, 'silent' as const), ...OFTEN_AND_FOR_LONG }) },
	// A label or milestone that is not even counted, as after it was deleted; and then it is there again.
	{ weight: 1, arbitrary: fc.record({ what: fc.constant('uncounted' as const), how: fc.constant('silent' as const), ...OFTEN_AND_FOR_LONG }) },
);

/** Whether it is believed for a day that it may not be read. */
export function isBelieved({ what, how }: Hole): boolean {
	return how === 'forbidden' || (how === 'silent' && what === 'nested');
}

export function addHole(server: GithubServer, hole: Hole): void {
	let left = hole.times;
	const patch = (answer: Answer): Answer => {
		const less = left > 0 ? (hole.what === 'uncounted' ? uncounted(answer, hole) : punched(answer, hole)) : undefined;
		if (less) left--;
		return less ?? answer;
	};
	server.addFault({ kind: 'patch', times: Infinity, match: { kind: 'graphql', when: () => left > 0 }, patch });
}

/** @returns undefined where there is nothing to take */
function punched(answer: Answer, { what, how, every }: Hole): Answer | undefined {
	const body = structuredClone(answer.body) as { data?: Row | null; errors?: unknown[] };
	const places = body.data ? placesOf(body.data, KINDS[what] as Kind) : [];
	const errors = places.filter((_place, i) => i % every === 0).map((place) => {
		const key = place.path.at(-1) as Key;
		const { holder, key: taken } = place.taken ?? { holder: place.holder, key };
		(holder as Record<Key, unknown>)[taken] = null;
		// A reviewer that is forbidden is a team without a name, as it is to some tokens for good.
		return { message: 'Something went wrong.', path: place.path, ...(how === 'forbidden' && what !== 'reviewer' ? { type: 'FORBIDDEN' } : {}) };
	});
	if (errors.length === 0) return undefined;
	if (how === 'silent') return { ...answer, body };
	return { ...answer, body: { ...body, errors: [...(body.errors ?? []), ...errors] } };
}

/** Every place of a kind that holds something. */
function placesOf(data: Row, isMeant: Kind): Place[] {
	const found: Place[] = [];
	const walk = (holder: Row, path: Key[], above?: { holder: Row; key: Key }): void => {
		for (const [name, value] of Object.entries(holder)) {
			const key = Array.isArray(holder) ? Number(name) : name;
			const place: Place = { holder, path: [...path, key], ...(name === 'commits' && above ? { taken: above } : {}) };
			if (value === null) continue;
			if (isMeant(place, key)) found.push(place);
			else if (typeof value === 'object') walk(value as Row, place.path, { holder, key });
		}
	};
	walk(data, []);
	return found;
}

/** One label or milestone less, in the list and in the count. */
function uncounted(answer: Answer, { every }: Hole): Answer | undefined {
	let isLess = false;
	const body = structuredClone(answer.body) as { data?: { repository?: Record<string, { nodes: unknown[]; totalCount: number } | undefined> | null } | null };
	for (const name of ['labels', 'milestones']) {
		const list = body.data?.repository?.[name];
		if (list && list.nodes.length > 0 && list.nodes.length === list.totalCount) {
			list.nodes.splice(every % list.nodes.length, 1);
			list.totalCount--;
			isLess = true;
		}
	}
	return isLess ? { ...answer, body } : undefined;
}
