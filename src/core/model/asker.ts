/** Who asks and when, for what a filter says of "me" and of what is stuck. Plain data. */
export interface Asker {
	/** Their accounts, one of a host; none where nobody is signed in. */
	me: readonly { host: string; login: string }[];
	/** What has been the same turn since before then is stuck, in ISO 8601 UTC. */
	stuckBefore: string;
}
