/** What a host's schema lacks of github.com's today. */
interface Absences {
	/** Shown by `/api/v3/meta`; null: github.com itself. */
	readonly version: string | null;
	readonly types: readonly string[];
	/** `Union.Member` */
	readonly members: readonly string[];
	/** `Type.field` */
	readonly fields: readonly string[];
	/** `Type.field.argument` */
	readonly arguments: readonly string[];
}

const none: Absences = { version: null, types: [], members: [], fields: [], arguments: [] };

/** No release of GitHub Enterprise Server has them. */
const ghes316: Absences = {
	...none, version: '3.16.0',
	types: ['AssigneeConnection', 'AssigneeEdge', 'EnterpriseTeam'],
	members: ['RequestedReviewer.EnterpriseTeam'],
	fields: ['Assignable.assignedActors', 'Issue.assignedActors', 'PullRequest.assignedActors'],
};

/** `Bot` was no reviewer in 3.9 (microsoft/vscode-pull-request-github#6441), the merge queue came with 3.12 (facebook/sapling#906). */
const ghes39: Absences = {
	...ghes316, version: '3.9.16',
	types: [...ghes316.types, 'MergeQueue', 'MergeQueueConfiguration', 'MergeQueueEntry', 'MergeQueueEntryConnection', 'MergeQueueEntryEdge'],
	members: [...ghes316.members, 'RequestedReviewer.Bot'],
	fields: [
		...ghes316.fields,
		'PullRequest.fullDatabaseId', 'PullRequestReview.fullDatabaseId', 'Issue.fullDatabaseId',
		'PullRequest.isInMergeQueue', 'PullRequest.isMergeQueueEnabled', 'PullRequest.mergeQueue', 'PullRequest.mergeQueueEntry', 'Repository.mergeQueue',
		'StatusCheckRollupContextConnection.checkRunCount', 'StatusCheckRollupContextConnection.statusContextCount',
		'StatusCheckRollupContextConnection.checkRunCountsByState', 'StatusCheckRollupContextConnection.statusContextCountsByState',
	],
};

/** `autoMergeRequest` was missing in 3.0 (microsoft/vscode-pull-request-github#3862), and `mergeStateStatus` was a preview. */
const ghes30: Absences = {
	...ghes39, version: '3.0.0',
	types: [...ghes39.types, 'AutoMergeRequest'],
	fields: [
		...ghes39.fields,
		'PullRequest.autoMergeRequest', 'PullRequest.mergeStateStatus', 'PullRequest.closingIssuesReferences', 'PullRequest.statusCheckRollup', 'PullRequest.totalCommentsCount',
	],
};

const profiles = { 'github.com': none, 'ghes-3.16': ghes316, 'ghes-3.9': ghes39, 'ghes-3.0': ghes30 } as const;

/** A host's schema: github.com's, or an older GitHub Enterprise Server's. */
export type SchemaProfileName = keyof typeof profiles;

/** The schema as one host has it: github.com's without what its profile, and the test, hides. */
export class HostSchema {
	/** Tells apart two that differ. */
	readonly key: string;
	/** Of GitHub Enterprise Server; null: github.com. */
	readonly version: string | null;
	readonly #hidden: ReadonlySet<string>;

	/** @param hiddenFields `Type.field` names that it lacks besides */
	constructor(profile: SchemaProfileName = 'github.com', hiddenFields: readonly string[] = []) {
		const { version, types, members, fields, arguments: hiddenArguments } = profiles[profile];
		this.key = [profile, ...hiddenFields].join(' ');
		this.version = version;
		this.#hidden = new Set([...types, ...members, ...fields, ...hiddenArguments, ...hiddenFields]);
	}

	hasType(name: string): boolean {
		return !this.#hidden.has(name);
	}

	hasField(type: string, field: string): boolean {
		return !this.#hidden.has(`${type}.${field}`);
	}

	/** Of a union. */
	hasMember(union: string, member: string): boolean {
		return this.hasType(member) && !this.#hidden.has(`${union}.${member}`);
	}

	hasArgument(type: string, field: string, argument: string): boolean {
		return !this.#hidden.has(`${type}.${field}.${argument}`);
	}
}
