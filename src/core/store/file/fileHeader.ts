import type { FileStat } from '../../files/filePort';

/** How long a database's header is, before the first page's own. https://www.sqlite.org/fileformat2.html#the_database_header */
export const HEADER_BYTES = 100;

/** So much is read in no time, whatever it is. */
const SMALL = 64 * 1024 * 1024;
/** No file system packs what a database holds so well. */
const BEST_PACKED = 16;

/** Whether most of a large file is nowhere on the disk: such a one costs whoever makes it nothing, and whoever reads it minutes. */
export function hasHoles({ size, allocated }: Pick<FileStat, 'size' | 'allocated'>): boolean {
	return allocated !== undefined && size > SMALL && allocated * BEST_PACKED < size;
}

/**
 * Whether there is more in a file than the pages that its header counts, where it counts them: a file can be made to look as
 * long as one likes at no cost. https://www.sqlite.org/fileformat2.html#in_header_database_size
 */
export function isLongerThanItSays(header: Uint8Array, size: number): boolean {
	if (header.length < HEADER_BYTES) {
		return false;
	}
	const view = new DataView(header.buffer, header.byteOffset, header.length);
	const pageSize = view.getUint16(16);
	const pages = view.getUint32(28);
	const counts = pages > 0 && view.getUint32(24) === view.getUint32(92);
	return counts && size > pages * (pageSize === 1 ? 65_536 : pageSize);
}
