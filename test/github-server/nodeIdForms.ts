import { decodeTextNodeId } from './identifiers';

/** The type that each prefix of a node id stands for. */
const types: Readonly<Record<string, string>> = {
	A: 'App', BOT: 'Bot', C: 'Commit', CR: 'CheckRun', CS: 'CheckSuite', I: 'Issue', LA: 'Label', M: 'Mannequin', MI: 'Milestone', O: 'Organization',
	PR: 'PullRequest', PRR: 'PullRequestReview', PURC: 'PullRequestCommit', R: 'Repository', RRQ: 'ReviewRequest', SC: 'StatusContext', T: 'Team', U: 'User',
	W: 'Workflow', WFR: 'WorkflowRun',
};

/**
 * The id that an object from before the change still answers, base64 of `011:PullRequest123`: the length of the type's name after a zero,
 * the type, and the row's number or text. undefined: objects of this type came later and never had one, or the id is of that form already.
 * https://docs.github.com/graphql/guides/migrating-graphql-global-node-ids
 */
export function legacyNodeId(id: string): string | undefined {
	const prefix = /^([A-Z]+)_/.exec(id)?.[1];
	const type = prefix === undefined ? undefined : types[prefix];
	if (prefix === undefined || type === undefined) return undefined;
	const text = decodeTextNodeId(id);
	const own = text ? `${text.repositoryId}:${text.text}` : String(lastNumber(id.slice(prefix.length + 1)));
	return Buffer.from(`0${type.length}:${type}${own}`).toString('base64');
}

/** What a legacy id names; undefined: it is none. */
export function readLegacyNodeId(id: string): { readonly type: string; readonly own: string } | undefined {
	const match = /^0(\d+):([A-Za-z]+?)(\d.*)$/s.exec(Buffer.from(id, 'base64').toString());
	return match && Number(match[1]) === match[2]!.length ? { type: match[2]!, own: match[3]! } : undefined;
}

/** The last number of a MessagePack list: the row's own. */
function lastNumber(packed: string): number {
	const bytes = Buffer.from(packed, 'base64url');
	return bytes.at(-9) === 0xcf ? Number(bytes.readBigUInt64BE(bytes.length - 8)) : bytes.readUInt32BE(bytes.length - 4);
}

/** Which objects answer which form. */
export class NodeIdForms {
	readonly #before: string;

	/**
	 * @param legacyBefore objects made before this ISO time are legacy ones; `all`, or none without it
	 * @param sendsWideIds whether a `databaseId` goes out that does not fit the schema's 32 bits, instead of null
	 */
	constructor(legacyBefore: string | undefined, readonly sendsWideIds: boolean) {
		this.#before = legacyBefore === 'all' ? '\uffff' : (legacyBefore ?? '');
	}

	/** A REST body with its `node_id`s in that form. */
	shownInRest(body: unknown, wantsNew: boolean): unknown {
		if (wantsNew || this.#before === '') return body;
		const walk = (value: unknown): unknown => {
			if (Array.isArray(value)) return value.map(walk);
			if (typeof value !== 'object' || value === null) return value;
			const createdAt = 'created_at' in value && typeof value.created_at === 'string' ? value.created_at : undefined;
			return Object.fromEntries(Object.entries(value).map(([key, one]: [string, unknown]) => [key, key === 'node_id' && typeof one === 'string' ? this.shown(one, createdAt, false) : walk(one)]));
		};
		return walk(body);
	}

	/** The id that an answer shows. What has no date of its own is as old as its repository, and an account older than all. */
	shown(id: string, createdAt: string | undefined, wantsNew: boolean): string {
		if (wantsNew || (createdAt ?? '') >= this.#before) return id;
		return legacyNodeId(id) ?? id;
	}
}
