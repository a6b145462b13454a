import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { isObject } from '../../src/core/model/guards';
import type { StateRow } from './ownQueries';

/** What of a pull request can change by itself. */
export const ASPECTS = ['checks', 'mergeability', 'threads', 'labelLooks', 'milestoneLooks', 'reviews', 'rest'] as const;
export type Aspect = (typeof ASPECTS)[number];

/** A pull request as it was seen: no text of it is kept, only whether it is still the same. */
export interface Seen {
	readonly updatedAt: string;
	/** By the id of what looks so, where an aspect is of several things; else under the name `all`. */
	readonly aspects: Readonly<Record<Aspect, Readonly<Record<string, string>>>>;
}

/** What one run saw, for the next one. */
export interface Snapshot {
	readonly repository: string;
	readonly takenAt: string;
	/** By number. */
	readonly pullRequests: Readonly<Record<string, Seen>>;
}

export function snapshotOf(repository: string, rows: readonly StateRow[], takenAt: string): Snapshot {
	return { repository, takenAt, pullRequests: Object.fromEntries(rows.map((row) => [row.number, seen(row)])) };
}

/** What of a pull request differs. A label or milestone that came or went is the pull request's own change, not one of its looks. */
export function changedAspects(before: Seen, after: Seen): Aspect[] {
	return ASPECTS.filter((aspect) => Object.entries(before.aspects[aspect]).some(([key, value]) => (after.aspects[aspect][key] ?? value) !== value));
}

/** @returns `undefined` when there is no such file yet @throws Error when it is something else */
export async function readSnapshot(file: string): Promise<Snapshot | undefined> {
	let text: string;
	try {
		text = await readFile(file, 'utf8');
	} catch (error) {
		if (isObject(error) && error['code'] === 'ENOENT') return undefined;
		throw error;
	}
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		value = undefined;
	}
	if (!isSnapshot(value)) throw new Error(`${file} is no file that this script wrote. It stays as it is: name another one.`);
	return value;
}

export async function writeSnapshot(file: string, snapshot: Snapshot): Promise<void> {
	await writeFile(file, `${JSON.stringify(snapshot, null, '\t')}\n`, { mode: 0o600 });
}

function seen(row: StateRow): Seen {
	const { updatedAt, alone, beside, mergeable, mergeStateStatus, reviewThreads, labels, milestone, reviews, ...rest } = row;
	const shownLabels = (labels?.nodes ?? []).filter((label) => label !== null);
	return {
		updatedAt,
		aspects: {
			checks: { all: digest([alone, beside]) },
			mergeability: { all: digest([mergeable, mergeStateStatus]) },
			threads: { all: digest(reviewThreads?.nodes?.map((thread) => thread?.isResolved)) },
			labelLooks: Object.fromEntries(shownLabels.map(({ id, name, color }) => [id, digest([name, color])])),
			milestoneLooks: milestone ? { [milestone.id]: digest([milestone.title, milestone.dueOn]) } : {},
			reviews: { all: digest(reviews) },
			rest: { all: digest([rest, shownLabels.map(({ id }) => id).sort(), milestone?.id, reviewThreads?.totalCount]) },
		},
	};
}

function digest(value: unknown): string {
	return createHash('sha256').update(JSON.stringify([value])).digest('hex').slice(0, 16);
}

function isSnapshot(value: unknown): value is Snapshot {
	return isObject(value) && typeof value['repository'] === 'string' && typeof value['takenAt'] === 'string' && isObject(value['pullRequests'])
		&& Object.values(value['pullRequests']).every((one) => isObject(one) && typeof one['updatedAt'] === 'string' && isObject(one['aspects']) && hasAspects(one['aspects']));
}

function hasAspects(aspects: Record<string, unknown>): boolean {
	return ASPECTS.every((aspect) => isObject(aspects[aspect]));
}
