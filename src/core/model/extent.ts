/** How much of a repository is asked for. Nothing given: all of it. */
export interface Extent {
	/** Only the newest so many pull requests, by creation. */
	maxPullRequests?: number | undefined;
	/** Only those created at or after this moment, ISO 8601 UTC. */
	since?: string | undefined;
	/** Only those created before this moment, ISO 8601 UTC. */
	until?: string | undefined;
	/** Besides, every open one, whenever it was created. */
	allOpen?: boolean | undefined;
}

/** The extent alone, of options that hold more. */
export function extentOf({ maxPullRequests, since, until, allOpen }: Extent): Extent {
	return {
		...(maxPullRequests === undefined ? {} : { maxPullRequests }),
		...(since === undefined ? {} : { since }),
		...(until === undefined ? {} : { until }),
		...(allOpen === true ? { allOpen } : {}),
	};
}

/** Options with another extent than their own. */
export function withExtent<T extends Extent>(options: T, extent: Extent): T {
	const others = { ...options };
	delete others.maxPullRequests;
	delete others.since;
	delete others.until;
	delete others.allOpen;
	return { ...others, ...extent };
}
