import { HEADER_BYTES } from './fileHeader';

const MAGIC = 'SQLite format 3\0';
const PAGE_SIZE_AT = 16;
const RESERVED_AT = 20;

/** Where the tree of the schema begins. */
export const SCHEMA_PAGE = 1;

/** What a page of a tree says that it is. https://www.sqlite.org/fileformat2.html#b_tree_pages */
const KINDS: Record<number, { isInner: boolean; isIndex: boolean }> = {
	2: { isInner: true, isIndex: true },
	5: { isInner: true, isIndex: false },
	10: { isInner: false, isIndex: true },
	13: { isInner: false, isIndex: false },
};

/**
 * Looks at how the pages of a database hang together, and at nothing that they hold: each belongs to one tree and stands in
 * it once, and what overflows fits into the file. Where that is not so, SQLite could read for ever, because it believes
 * what a page says of the next one. It takes a small part of the time of SQLite's own check.
 */
export class PageTrees {
	private readonly view: DataView;
	private readonly pageSize: number;
	/** Of a page, what SQLite uses. */
	private readonly usable: number;
	private readonly pages: number;
	private readonly seen: Uint8Array;
	private overflowing = 0;

	/** @throws Error where the bytes do not begin as a database does */
	constructor(bytes: Uint8Array) {
		if (bytes.length < HEADER_BYTES || new TextDecoder('latin1').decode(bytes.subarray(0, MAGIC.length)) !== MAGIC) {
			throw new Error('file is not a database');
		}
		this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
		const size = this.view.getUint16(PAGE_SIZE_AT);
		this.pageSize = size === 1 ? 65_536 : Math.max(512, size);
		this.usable = this.pageSize - (bytes[RESERVED_AT] ?? 0);
		this.pages = Math.floor(bytes.length / this.pageSize);
		this.seen = new Uint8Array(this.pages + 1);
	}

	/**
	 * The tree from its first page on.
	 * @param onRow told of each row's bytes, where the tree is a table's
	 * @throws Error that says what is wrong, or what `onRow` throws
	 */
	assertSound(root: number, onRow?: (bytes: Uint8Array) => void): void {
		const left = [root];
		for (let page = left.pop(); page !== undefined; page = left.pop()) {
			if (page < 1 || page > this.pages || this.seen[page] !== 0) {
				throw new Error(`its page ${page} is ${this.seen[page] === 1 ? 'used twice' : 'not there'}`);
			}
			this.seen[page] = 1;
			this.read(page, left, onRow);
		}
	}

	private read(page: number, children: number[], onRow: ((bytes: Uint8Array) => void) | undefined): void {
		const start = (page - 1) * this.pageSize;
		const header = start + (page === 1 ? HEADER_BYTES : 0);
		const kind = KINDS[this.view.getUint8(header)];
		if (kind === undefined) {
			throw new Error(`its page ${page} is none of a table or an index`);
		}
		const pointers = header + (kind.isInner ? 12 : 8);
		const count = this.view.getUint16(header + 3);
		if (pointers + 2 * count > start + this.usable) {
			throw new Error(`its page ${page} holds more than it can`);
		}
		if (kind.isInner) {
			children.push(this.view.getUint32(header + 8));
		}
		for (let index = 0; index < count; index++) {
			const cell = start + this.view.getUint16(pointers + 2 * index);
			if (cell < pointers || cell + 4 > start + this.usable) {
				throw new Error(`its page ${page} points beyond itself`);
			}
			if (kind.isInner) {
				children.push(this.view.getUint32(cell));
			}
			if (kind.isIndex || !kind.isInner) {
				const length = this.lengthAt(kind.isInner ? cell + 4 : cell);
				const kept = this.keptOf(length.value, kind.isIndex);
				this.note(length.value - kept);
				if (!kind.isIndex && onRow) {
					onRow(this.rowAt(this.lengthAt(length.end).end, length.value, kept));
				}
			}
		}
	}

	/** How many bytes of a cell its own page holds. https://www.sqlite.org/fileformat2.html#cell_payload_overflow_pages */
	private keptOf(length: number, isIndex: boolean): number {
		const { usable } = this;
		const most = isIndex ? Math.floor(((usable - 12) * 64) / 255) - 23 : usable - 35;
		const least = Math.floor(((usable - 12) * 32) / 255) - 23;
		const kept = least + ((length - least) % (usable - 4));
		return length <= most ? length : kept <= most ? kept : least;
	}

	/** That so many bytes of a cell are on pages of their own. */
	private note(overflow: number): void {
		this.overflowing += Math.ceil(overflow / (this.usable - 4));
		if (this.overflowing > this.pages) {
			throw new Error('its rows hold more than the file');
		}
	}

	/** A row, put together of what its page and those behind it hold. */
	private rowAt(start: number, length: number, kept: number): Uint8Array {
		const row = new Uint8Array(length);
		const put = (from: number, at: number, most: number) => {
			const part = new Uint8Array(this.view.buffer, this.view.byteOffset).subarray(from, from + Math.min(most, length - at));
			row.set(part, at);
			return at + part.length;
		};
		let next = start + kept;
		for (let at = put(start, 0, kept); at < length; ) {
			const page = next + 4 <= this.view.byteLength ? this.view.getUint32(next) : 0;
			if (page < 1 || page > this.pages) {
				throw new Error(`its page ${page} is not there`);
			}
			next = (page - 1) * this.pageSize;
			at = put(next + 4, at, this.usable - 4);
		}
		return row;
	}

	/** A number of variable length, up to nine bytes. https://www.sqlite.org/fileformat2.html#varint */
	private lengthAt(at: number): { value: number; end: number } {
		let value = 0;
		for (let index = 0; index < 9 && at + index < this.view.byteLength; index++) {
			const byte = this.view.getUint8(at + index);
			if (byte < 128) {
				return { value: value * 128 + byte, end: at + index + 1 };
			}
			value = value * 128 + (byte & 127);
		}
		// Longer than anything that fits into a file.
		return { value: Number.MAX_SAFE_INTEGER, end: at + 9 };
	}
}
