import type { Standing } from '../model/pullRequest';
import { STANDING } from '../model/shape';
import type { Dialect, Optional } from './dialect';
import type { WireStanding } from './wire';

type Name = keyof Standing;

interface StandingField {
	what: Optional;
	/** What a query says to get it. */
	selection: string;
	/** `undefined`: not asked for, or not given. */
	read: (wire: WireStanding) => unknown;
}

const FIELDS: Readonly<Record<Name, StandingField>> = {
	reviewDecision: { what: 'PullRequest.reviewDecision', selection: 'reviewDecision', read: (wire) => wire.reviewDecision },
	mergeable: { what: 'PullRequest.mergeable', selection: 'mergeable', read: (wire) => wire.mergeable },
	mergeState: { what: 'PullRequest.mergeStateStatus', selection: 'mergeStateStatus', read: (wire) => wire.mergeStateStatus },
	autoMergeAt: { what: 'PullRequest.autoMergeRequest', selection: 'autoMergeRequest { enabledAt }', read: ({ autoMergeRequest }) => autoMergeRequest && autoMergeRequest.enabledAt },
	inMergeQueue: { what: 'PullRequest.isInMergeQueue', selection: 'isInMergeQueue', read: (wire) => wire.isInMergeQueue },
	comments: { what: 'PullRequest.totalCommentsCount', selection: 'totalCommentsCount', read: (wire) => wire.totalCommentsCount },
	authorAssociation: { what: 'PullRequest.authorAssociation', selection: 'authorAssociation', read: (wire) => wire.authorAssociation },
	isCrossRepository: { what: 'PullRequest.isCrossRepository', selection: 'isCrossRepository', read: (wire) => wire.isCrossRepository },
	headOwner: { what: 'PullRequest.headRepositoryOwner', selection: 'headRepositoryOwner { login }', read: ({ headRepositoryOwner }) => headRepositoryOwner && headRepositoryOwner.login },
};

const NAMES = Object.keys(FIELDS) as Name[];

/** What it takes to read all of it. */
export const STANDING_OPTIONALS: readonly Optional[] = NAMES.map((name) => FIELDS[name].what);

/** Asks for it, as far as this host and token allow. */
export function standing(dialect: Dialect): string {
	return NAMES.map((name) => dialect.optional(FIELDS[name].what, FIELDS[name].selection)).join(' ');
}

/** What of it came, each field as far as it is what it should be. */
export function toStanding(wire: WireStanding): Standing {
	return Object.fromEntries(NAMES.flatMap((name) => {
		const value = FIELDS[name].read(wire);
		return value !== undefined && STANDING[name](value) ? [[name, value]] : [];
	}));
}

/** Whether some of it was asked for and did not come. */
export function lacksStanding(wire: WireStanding, dialect: Dialect): boolean {
	const told = toStanding(wire);
	return NAMES.some((name) => dialect.has(FIELDS[name].what) && told[name] === undefined);
}
