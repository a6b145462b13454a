// One line of a recording. In a list field null means not recorded, [] means none; keys that begin with _ are notes and are ignored.

export interface RecordedActor {
	readonly login: string;
	readonly __typename: 'User' | 'Bot' | 'Mannequin' | null;
}

export interface RecordedMilestone {
	readonly title: string;
	readonly number: number;
	readonly dueOn: string | null;
	readonly state: 'OPEN' | 'CLOSED';
}

export interface RecordedCheck {
	/** Absent: a check run. */
	readonly __typename?: string;
	/** A check run's. */
	readonly name?: string | null;
	readonly app?: string | null;
	/** The workflow's name, of GitHub Actions only. */
	readonly workflow?: string | null;
	/** What started the workflow. */
	readonly event?: string | null;
	readonly startedAt?: string | null;
	readonly completedAt?: string | null;
	readonly status?: string | null;
	readonly conclusion?: string | null;
	readonly url?: string | null;
	readonly databaseId?: number | null;
	readonly contexts?: readonly { readonly state: string; readonly description: string | null; readonly context: string | null; readonly targetUrl: string | null }[];
}

export interface RecordedPullRequest {
	readonly repo: string;
	readonly number: number;
	readonly id: string | null;
	readonly databaseId: number | null;
	readonly title: string;
	readonly body: string | null;
	readonly state: string;
	readonly isDraft: boolean | null;
	readonly createdAt: string;
	readonly updatedAt: string | null;
	readonly closedAt: string | null;
	readonly mergedAt: string | null;
	readonly author: RecordedActor | null;
	readonly authorAssociation?: string | null;
	readonly mergedBy?: RecordedActor | null;
	readonly additions: number | null;
	readonly deletions: number | null;
	readonly changedFiles: number | null;
	readonly headRefOid: string | null;
	readonly baseRefName: string | null;
	readonly headRefName: string | null;
	readonly commentsCount?: number | null;
	readonly labels: readonly { readonly name: string; readonly color: string | null }[] | null;
	readonly milestone: RecordedMilestone | null;
	readonly assignees: readonly string[] | null;
	readonly reviewRequests?: readonly string[] | null;
	readonly reviews:
		| readonly {
				readonly databaseId: number | null;
				readonly id?: string;
				readonly state: string;
				readonly submittedAt: string | null;
				readonly createdAt?: string;
				readonly author: RecordedActor | null;
				readonly body: string | null;
				readonly commitOid?: string | null;
		  }[]
		| null;
	readonly commits:
		| readonly {
				readonly oid: string;
				readonly messageHeadline: string | null;
				readonly committedDate: string;
				readonly authoredDate: string;
				readonly authorName: string | null;
				readonly authorLogin: string | null;
		  }[]
		| null;
	readonly files:
		| readonly { readonly path: string; readonly additions: number; readonly deletions: number; readonly changeType: string | null }[]
		| null;
	/** `repo`: the issue's repository, where it is another one. */
	readonly closingIssues: readonly { readonly number: number; readonly title: string; readonly repo?: string }[] | null;
	readonly checkRuns: readonly RecordedCheck[] | null;
}
