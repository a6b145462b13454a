import { readFile } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';

/** One file of an archive. */
export interface ZipEntry {
	readonly path: string;
	/** Bytes, unpacked. */
	readonly size: number;
	/** Unpacks the content. */
	content(): Buffer;
}

const endOfDirectory = 0x06054b50;
const directoryHeader = 0x02014b50;

/**
 * The files of a zip archive without extensions of the format (no Zip64, no encryption), such as a `.vsix`.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 *
 * @throws Error when the file is not such an archive
 */
export async function zipEntries(path: string): Promise<ZipEntry[]> {
	const bytes = await readFile(path);
	const end = bytes.lastIndexOf(Buffer.from(Uint32Array.of(endOfDirectory).buffer));
	if (end < 0) throw new Error(`${path} is not a zip archive.`);
	const entries: ZipEntry[] = [];
	let at = bytes.readUInt32LE(end + 16);
	for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
		if (bytes.readUInt32LE(at) !== directoryHeader) throw new Error(`The directory of ${path} is damaged.`);
		const [nameLength, extraLength, commentLength] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32)];
		const [method, packed, size, local] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24), bytes.readUInt32LE(at + 42)];
		const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
		entries.push({ path: name, size, content: () => unpack(bytes, local, packed, method) });
		at += 46 + nameLength + extraLength + commentLength;
	}
	return entries.filter((entry) => !entry.path.endsWith('/'));
}

/** The local header repeats name and extra field, whose lengths may differ from the directory's. */
function unpack(bytes: Buffer, local: number, packed: number, method: number): Buffer {
	const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
	const data = bytes.subarray(start, start + packed);
	if (method === 0) return data;
	if (method === 8) return inflateRawSync(data);
	throw new Error(`The archive uses packing method ${method}, which is not read here.`);
}
