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
	/** How the only repository stands: it has no row that could say so. */
	repository: string;
	hasRows: boolean;
	/** What is old and how it is refreshed. */
	stale: string;
}

/**
 * The editor shows a welcome text, which offers to clear the filter, only where there is neither row nor message.
 * So what is filtered stands beside the title then.
 */
export function viewWords({ problem, filter, order, repository, hasRows, stale }: ViewFacts): ViewWords {
	const beside = [repository, order].filter((part) => part !== '').join(' · ');
	const words = hasRows ? { message: [filter, stale].filter((part) => part !== '').join(' · '), description: beside } : { message: '', description: filter };
	return problem === undefined ? words : { ...words, message: problem };
}
