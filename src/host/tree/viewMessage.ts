/** What a view says beside its rows: a line above them, and a few words beside its title. */
export interface ViewWords {
	message: string;
	description: string;
}

/**
 * The editor shows a welcome text, which offers to clear the filter, only where there is neither row nor message.
 * So what is filtered stands beside the title then.
 */
export function viewWords({ problem, filter, order, hasRows }: { problem: string | undefined; filter: string; order: string; hasRows: boolean }): ViewWords {
	const words = hasRows ? { message: filter, description: order } : { message: '', description: filter };
	return problem === undefined ? words : { ...words, message: problem };
}
