/** What a view says beside its rows: a line above them, and a few words beside its title. */
export interface ViewWords {
	message: string;
	description: string;
}

/** Texts are empty where there is nothing to say. */
export interface ViewFacts {
	problem: string | undefined;
	filter: string;
	order: string;
	/** By which role people are grouped. */
	role: string;
	/** How the only repository stands: it has no row that could say so. */
	repository: string;
	/** The project that is shown in place of all repositories. */
	project: string;
	/** What of it is not stored yet, and what to do about it. */
	missing: string;
	hasRows: boolean;
	/** What is old and how it is refreshed. */
	stale: string;
}

/**
 * The editor shows a welcome text, which offers to clear the filter, only where there is neither row nor message.
 * So what is filtered stands beside the title then.
 */
export function viewWords({ problem, filter, order, role, repository, project, missing, hasRows, stale }: ViewFacts): ViewWords {
	const joined = (parts: string[], between: string) => parts.filter((part) => part !== '').join(between);
	const words = hasRows
		? { message: joined([missing, joined([filter, stale], ' · ')], ' '), description: joined([role, project, repository, order], ' · ') }
		: { message: missing, description: joined([project, filter], ' · ') };
	return problem === undefined ? words : { ...words, message: problem };
}
