/** Where SQLite keeps a number for applications to use as they like. https://www.sqlite.org/fileformat.html#application_id */
const APPLICATION_ID = 68;

/** Writes into the bytes of a database what tells later whether they are still the same. */
export function seal(bytes: Uint8Array): void {
	view(bytes).setUint32(APPLICATION_ID, checksum(bytes));
}

/**
 * Whether these are the bytes that were sealed, every one of them. Bytes that are not may be sound all the same:
 * another tool may have written them.
 */
export function isSealed(bytes: Uint8Array): boolean {
	return bytes.length > APPLICATION_ID + 4 && view(bytes).getUint32(APPLICATION_ID) === checksum(bytes);
}

/**
 * FNV-1a over words instead of bytes, without the place of the sum. Each step can be undone, so a single word that
 * differs always shows, and more of them but once in some 2³² times: the turn carries the high bits down, which the
 * product alone would leave at the top. It takes a twentieth of SQLite's own check.
 */
function checksum(bytes: Uint8Array): number {
	// Words have to begin at a multiple of their size; a pooled buffer may not.
	const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
	const words = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length >>> 2);
	let sum = 0x811c9dc5 ^ bytes.length;
	for (let i = 0; i < words.length; i++) {
		sum = i === APPLICATION_ID / 4 ? sum : Math.imul(((sum << 13) | (sum >>> 19)) ^ (words[i] ?? 0), 0x01000193);
	}
	// A database that nobody sealed has 0 there.
	return sum >>> 0 || 1;
}

function view(bytes: Uint8Array): DataView {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
