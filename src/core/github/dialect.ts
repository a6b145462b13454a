/**
 * What a host's schema lacks. Fields found missing are remembered for the repository, so that
 * an older GitHub Enterprise Server costs one failed query once.
 */
export class Dialect {
	private readonly missing: Set<string>;

	constructor(missing: Iterable<string> = []) {
		this.missing = new Set(missing);
	}

	/** `Type.field` names, for storing. */
	get missingFields(): string[] {
		return [...this.missing].sort();
	}

	/** The selection, unless the host does not know its field. */
	optional(field: string, selection: string, otherwise = ''): string {
		return this.missing.has(field) ? otherwise : selection;
	}

	has(field: string): boolean {
		return !this.missing.has(field);
	}

	/** Notes a field that the host rejected; `false` when nothing can be done without it. */
	drop(field: string): boolean {
		if (!OPTIONAL_FIELDS.has(field) || this.missing.has(field)) {
			return false;
		}
		this.missing.add(field);
		return true;
	}
}

/** Fields that newer schemas added and the sync can do without. */
const OPTIONAL_FIELDS = new Set([
	'PullRequest.fullDatabaseId',
	'PullRequest.statusCheckRollup',
	'PullRequest.closingIssuesReferences',
	'PullRequestReview.fullDatabaseId',
	'StatusCheckRollupContextConnection.checkRunCountsByState',
	'StatusCheckRollupContextConnection.statusContextCountsByState',
]);
