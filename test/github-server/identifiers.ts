import { createHash } from 'node:crypto';

/**
 * A global node id shaped like GitHub's: a type prefix, then the base64url of a MessagePack list of numbers.
 * https://docs.github.com/graphql/guides/migrating-graphql-global-node-ids
 */
export function nodeId(prefix: string, ...numbers: readonly number[]): string {
	const bytes = Buffer.alloc(2 + numbers.length * 9);
	bytes[0] = 0x91 + numbers.length;
	bytes[1] = 0;
	let end = 2;
	for (const number of numbers) {
		if (number <= 0xffffffff) {
			bytes[end] = 0xce;
			end = bytes.writeUInt32BE(number, end + 1);
		} else {
			bytes[end] = 0xcf;
			end = bytes.writeBigUInt64BE(BigInt(number), end + 1);
		}
	}
	return `${prefix}_${bytes.toString('base64url', 0, end)}`;
}

/** A node id that carries text, such as a commit's; {@link decodeTextNodeId} reads it back. */
export function textNodeId(prefix: string, repositoryId: number, text: string): string {
	return `${prefix}_${Buffer.from(`${repositoryId}:${text}`).toString('base64url')}`;
}

export function decodeTextNodeId(id: string): { prefix: string; repositoryId: number; text: string } | undefined {
	const match = /^([A-Z]+)_(.+)$/.exec(id);
	const parts = match && /^(\d+):(.+)$/s.exec(Buffer.from(match[2]!, 'base64url').toString());
	return parts ? { prefix: match[1]!, repositoryId: Number(parts[1]), text: parts[2]! } : undefined;
}

/** FNV-1a: a stable 32-bit number for a text. */
export function stableHash(text: string): number {
	let hash = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
	return hash >>> 0;
}

/** A commit id (40 hexadecimal digits) that is the same for the same text. */
export function stableOid(text: string): string {
	return createHash('sha1').update(text).digest('hex');
}
