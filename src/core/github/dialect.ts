import { oneOf } from '../model/guards';
import type { Refusal, RefusalReason, Refusals } from '../model/refusal';

/**
 * What the sync can do without, by the name of the field in GitHub's schema. `rest:` is a list of the REST API.
 * Three stand for rows that some tokens do not see beside others that they do, and that can't be left out apart:
 * `StatusCheckRollupContext` for a commit's check runs or its statuses, `Issue` for linked issues of other repositories,
 * `ReviewRequest.requestedReviewer` for teams.
 */
const OPTIONAL = [
	'CheckRun.checkSuite',
	'CheckSuite.workflowRun',
	'Commit.statusCheckRollup',
	'Issue',
	'PullRequest.assignedActors',
	'PullRequest.authorAssociation',
	'PullRequest.autoMergeRequest',
	'PullRequest.closingIssuesReferences',
	'PullRequest.commits',
	'PullRequest.files',
	'PullRequest.fullDatabaseId',
	'PullRequest.headRepositoryOwner',
	'PullRequest.isCrossRepository',
	'PullRequest.isInMergeQueue',
	'PullRequest.mergeStateStatus',
	'PullRequest.mergeable',
	'PullRequest.mergedBy',
	'PullRequest.reviewDecision',
	'PullRequest.reviewRequests',
	'PullRequest.reviewThreads',
	'PullRequest.reviews',
	'PullRequest.statusCheckRollup',
	'PullRequest.timelineItems',
	'PullRequest.totalCommentsCount',
	'PullRequestReview.commit',
	'PullRequestReview.fullDatabaseId',
	'Query.viewer',
	'ReviewRequest.requestedReviewer',
	'StatusCheckRollupContext',
	'StatusCheckRollupContextConnection.checkRunCountsByState',
	'StatusCheckRollupContextConnection.statusContextCountsByState',
	'Team.slug',
	'rest:check-runs',
	'rest:statuses',
] as const;
export type Optional = (typeof OPTIONAL)[number];

const isOptional = oneOf<Optional>(...OPTIONAL);

/** The one place in which a type is asked for; a host may lack the type. */
const ASKED_IN: Readonly<Record<string, Optional>> = {
	ConvertToDraftEvent: 'PullRequest.timelineItems',
	ReadyForReviewEvent: 'PullRequest.timelineItems',
	ReviewRequestRemovedEvent: 'PullRequest.timelineItems',
	ReviewRequestedEvent: 'PullRequest.timelineItems',
	Team: 'Team.slug',
};

/** A refusal is believed for a day: permissions are granted and servers are updated without anybody telling us. */
const BELIEVED_MS = 24 * 60 * 60 * 1000;

/** Any of these lets a token read a team's name and organization; the others include `read:org`. */
const ORGANIZATION_SCOPES = ['read:org', 'write:org', 'admin:org'];

/**
 * What may be asked on a host with a token. Everything optional is asked until it is refused; then it is left out
 * for a day, or until the token is another one.
 */
export class Dialect {
	private readonly refused = new Map<Optional, Refusal>();
	private readonly found = new Set<Optional>();
	private readonly allowed = new Set<Optional>();
	private grantedScopes: ReadonlySet<string> | undefined;
	private scopesKnown = false;

	/** @param token see {@link tokenKey} */
	constructor(readonly token: string) {}

	/**
	 * Takes up what an earlier run learned; that of another token, or of more than a day ago, is tried again.
	 * @param now server time in milliseconds
	 */
	recall(stored: Refusals | null, now: number): void {
		for (const refusal of stored?.token === this.token ? stored.items : []) {
			if (isOptional(refusal.what) && Date.parse(refusal.at) > now - BELIEVED_MS) {
				this.refused.set(refusal.what, refusal);
			}
		}
	}

	/** For storing. */
	get refusals(): Refusals {
		return { token: this.token, items: [...this.refused.values()].sort((a, b) => (a.what < b.what ? -1 : 1)) };
	}

	/** What was refused since this was made, in the order in which it came. */
	get learned(): readonly Optional[] {
		return [...this.found];
	}

	/** Why something is left out; `undefined` when it is asked. */
	reasonFor(what: Optional): RefusalReason | undefined {
		return this.refused.get(what)?.why ?? (what === 'Team.slug' && !this.mayNameTeams() ? 'scope' : undefined);
	}

	has(what: Optional): boolean {
		return this.reasonFor(what) === undefined;
	}

	/** The selection, unless it is left out. */
	optional(what: Optional, selection: string, otherwise = ''): string {
		return this.has(what) ? selection : otherwise;
	}

	/**
	 * Notes the scopes that the host says the token has.
	 * @param scopes `undefined` for a token that has permissions instead of scopes
	 */
	observeScopes(scopes: ReadonlySet<string> | undefined): void {
		this.scopesKnown = true;
		this.grantedScopes = scopes;
	}

	/** Where this host keeps what a commit's checks come to; `undefined` when it, or the token, has none to show. */
	get rollup(): 'pullRequest' | 'commit' | undefined {
		switch (this.reasonFor('PullRequest.statusCheckRollup')) {
			case undefined:
				return 'pullRequest';
			case 'schema':
				return this.has('Commit.statusCheckRollup') ? 'commit' : undefined;
			default:
				return undefined;
		}
	}

	/** Whether the token is of the kind that has scopes, so that a person can grant another one. */
	get hasScopes(): boolean {
		return this.grantedScopes !== undefined;
	}

	/**
	 * Notes that the host refused something.
	 * @param now server time in milliseconds
	 * @returns `false` when it is nothing that can be left out, or is left out already: asking again would not help
	 */
	refuse(name: string, why: RefusalReason, now: number): boolean {
		const what = ASKED_IN[name] ?? name;
		if (!isOptional(what) || this.refused.has(what) || this.allowed.has(what)) {
			return false;
		}
		this.found.add(what);
		this.refused.set(what, { what, why, at: `${new Date(now).toISOString().slice(0, 19)}Z` });
		return true;
	}

	/** Notes that the host gave something after all: what was taken for its refusal is none, for as long as this lasts. */
	allow(what: Optional): void {
		this.allowed.add(what);
		this.found.delete(what);
		this.refused.delete(what);
	}

	/** GitHub refuses a whole query for a field that the scopes do not cover, so a team is named only when they do. */
	private mayNameTeams(): boolean {
		return this.scopesKnown && (this.grantedScopes === undefined || ORGANIZATION_SCOPES.some((scope) => this.grantedScopes?.has(scope)));
	}
}

/**
 * Tells tokens apart without holding one: 64 bits of a SHA-256, from which no token can be made again.
 * @param host a token of one host says nothing about another's
 */
export async function tokenKey(host: string, token: string): Promise<string> {
	const digest = await globalThis.crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${host}\n${token}`));
	return [...new Uint8Array(digest).subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
