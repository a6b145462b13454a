import { isCount } from '../model/guards';
import type { Check } from '../model/pullRequest';
import type { Dialect } from './dialect';
import type { DetailLists } from './mapping';
import { rollupsOf, type Connection, type WireCheckCounts, type WirePullRequest } from './wire';

// GitHub Enterprise Server 3.12 was reported to answer an App that lacks a permission with empty lists and nulls, and without an error.
// What else such an answer says may contradict them; where nothing does, nobody can tell.

/**
 * Learns that commits and files may not be read, from a pull request which changes files and has neither.
 * Only of tokens that have permissions. @param now server time in milliseconds
 */
export function learnEmptied(dialect: Dialect, nodes: readonly (WirePullRequest | null | undefined)[], now: number): void {
	const isEmptied = (node: WirePullRequest) => isEmpty(node.commits) && isEmpty(node.files) && isCount(node.changedFiles) && node.changedFiles > 0;
	if (!dialect.hasScopes && nodes.some((node) => node && isEmptied(node))) {
		dialect.refuse('PullRequest.commits', 'permission', now);
		dialect.refuse('PullRequest.files', 'permission', now);
	}
}

function isEmpty(list: Connection<unknown> | null | undefined): boolean {
	return list?.totalCount === 0;
}

/**
 * Learns that one kind of checks may not be read, from a list that lacks all of that kind and no other, by the counts.
 * Only of tokens that have permissions.
 * @param read to its end, in all of its pages
 * @param now server time in milliseconds
 */
export function learnHiddenChecks(dialect: Dialect, read: readonly { wire: WirePullRequest; lists: DetailLists }[], now: number): void {
	const lacksAKind = ({ wire, lists: { checks } }: (typeof read)[number]) => {
		if (!checks?.hidden || checks.unreadable || checks.seen !== checks.totalCount) {
			return false;
		}
		const { checkRunCountsByState, statusContextCountsByState } = rollupsOf(wire)?.statusCheckRollup?.contexts ?? {};
		const missing = checks.seen - checks.items.length;
		const lacks = (kind: Check['kind'], counts: WireCheckCounts['checkRunCountsByState']) =>
			missing === countOf(counts) && checks.items.every((check) => check.kind !== kind);
		return lacks('CHECK_RUN', checkRunCountsByState) || lacks('STATUS_CONTEXT', statusContextCountsByState);
	};
	if (!dialect.hasScopes && read.some(lacksAKind)) {
		dialect.refuse('StatusCheckRollupContext', 'permission', now);
	}
}

function countOf(states: WireCheckCounts['checkRunCountsByState']): number {
	return states?.reduce((sum, { count }) => sum + count, 0) ?? 0;
}
