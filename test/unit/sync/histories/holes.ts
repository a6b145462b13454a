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
	mergedBy: ofPullRequest('mergedBy'),
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
	commitName: (place, key) => key === 'name' && place.path.at(-2) === 'author' && place.path.includes('commit'),
	checkSuite: (_place, key) => key === 'checkSuite',
	dueOn: (_place, key) => key === 'dueOn',
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
	what: HoleKind;
	/**
	 * With an error, with one that says that it is forbidden, without a word (rows alone: a field would be empty then), or
	 * with one that says that there is no such thing, as GitHub says of an id to whoever may not see what it is of.
	 */
	how: 'failed' | 'forbidden' | 'silent' | 'notFound';
	/** Every so manieth that there is, in each answer. */
	every: number;
	/** From how many answers that have it, in one run. */
	times: number;
	/** In how many runs, this one included. */
	runs: number;
}

/** A label or milestone that is not even counted, as after it was deleted; and then it is there again. */
const UNCOUNTED = 'uncounted';
export type HoleKind = keyof typeof FIELDS | keyof typeof ROWS | typeof UNCOUNTED;
export const HOLE_KINDS = [...Object.keys(FIELDS), ...Object.keys(ROWS), UNCOUNTED] as HoleKind[];
/** Rows that are asked for by their ids. */
const BY_ID: readonly HoleKind[] = ['detailed', 'watched'];

export function hole(kinds: readonly HoleKind[]): fc.Arbitrary<Hole> {
	return fc
		.record({
			what: fc.constantFrom(...kinds),
			how: fc.constantFrom('failed' as const, 'failed' as const, 'forbidden' as const, 'silent' as const, 'notFound' as const),
			every: fc.constantFrom(1, 1, 2, 3),
			times: fc.constantFrom(1, 2, Infinity, Infinity),
			runs: fc.constantFrom(1, 1, 1, 2, 4),
		})
		.map((one) => ({ ...one, how: possible(one) }));
}

function possible({ what, how }: Pick<Hole, 'what' | 'how'>): Hole['how'] {
	if (what === UNCOUNTED) return 'silent';
	return (how === 'silent' && !(what in ROWS)) || (how === 'notFound' && !BY_ID.includes(what)) ? 'failed' : how;
}

/** Whether it is believed for a day that it may not be read. */
export function isBelieved({ what, how }: Hole): boolean {
	return how === 'forbidden' || how === 'notFound' || (how === 'silent' && what === 'nested');
}

export function addHole(server: GithubServer, hole: Hole): void {
	let left = hole.times;
	const patch = (answer: Answer): Answer => {
		const less = left > 0 ? (hole.what === UNCOUNTED ? uncounted(answer, hole) : punched(answer, hole)) : undefined;
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
		return { message: 'Something went wrong.', path: place.path, ...typed(how, what) };
	});
	if (errors.length === 0) return undefined;
	if (how === 'silent') return { ...answer, body };
	return { ...answer, body: { ...body, errors: [...(body.errors ?? []), ...errors] } };
}

/** A reviewer that is forbidden is a team without a name, as it is to some tokens for good. */
function typed(how: Hole['how'], what: HoleKind): { type?: string } {
	if (how === 'notFound') return { type: 'NOT_FOUND' };
	return how === 'forbidden' && what !== 'reviewer' ? { type: 'FORBIDDEN' } : {};
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
