import { crc32 } from 'node:zlib';

/** Where SQLite keeps a number for applications to use as they like. https://www.sqlite.org/fileformat.html#application_id */
const APPLICATION_ID = 68;
const AFTER = APPLICATION_ID + 4;

/** Writes into the bytes of a database what tells later whether they are still the same. */
export function seal(bytes: Uint8Array): void {
	view(bytes).setUint32(APPLICATION_ID, checksum(bytes));
}

/**
 * Whether these are the bytes that were sealed, every one of them. Bytes that are not may be sound all the same:
 * another tool may have written them.
 */
export function isSealed(bytes: Uint8Array): boolean {
	return bytes.length > AFTER && view(bytes).getUint32(APPLICATION_ID) === checksum(bytes);
}

/** CRC-32 without the place of the sum. It takes a thirtieth of SQLite's own check. */
function checksum(bytes: Uint8Array): number {
	// A database that nobody sealed has 0 there.
	return crc32(bytes.subarray(AFTER), crc32(bytes.subarray(0, APPLICATION_ID))) || 1;
}

function view(bytes: Uint8Array): DataView {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
