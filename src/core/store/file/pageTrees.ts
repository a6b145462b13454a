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

	/** The tree from its first page on. @throws Error that says what is wrong */
	assertSound(root: number): void {
		const left = [root];
		for (let page = left.pop(); page !== undefined; page = left.pop()) {
			if (page < 1 || page > this.pages || this.seen[page] !== 0) {
				throw new Error(`its page ${page} is ${this.seen[page] === 1 ? 'used twice' : 'not there'}`);
			}
			this.seen[page] = 1;
			this.read(page, left);
		}
	}

	private read(page: number, children: number[]): void {
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
				this.note(this.lengthAt(kind.isInner ? cell + 4 : cell), kind.isIndex);
			}
		}
	}

	/** How many pages a cell takes besides its own. https://www.sqlite.org/fileformat2.html#cell_payload_overflow_pages */
	private note(length: number, isIndex: boolean): void {
		const { usable } = this;
		const most = isIndex ? Math.floor(((usable - 12) * 64) / 255) - 23 : usable - 35;
		if (length <= most) {
			return;
		}
		const least = Math.floor(((usable - 12) * 32) / 255) - 23;
		const kept = least + ((length - least) % (usable - 4));
		this.overflowing += Math.ceil((length - (kept <= most ? kept : least)) / (usable - 4));
		if (this.overflowing > this.pages) {
			throw new Error('its rows hold more than the file');
		}
	}

	/** A number of variable length, up to nine bytes. https://www.sqlite.org/fileformat2.html#varint */
	private lengthAt(at: number): number {
		let value = 0;
		for (let index = 0; index < 9 && at + index < this.view.byteLength; index++) {
			const byte = this.view.getUint8(at + index);
			if (byte < 128) {
				return value * 128 + byte;
			}
			value = value * 128 + (byte & 127);
		}
		// Longer than anything that fits into a file.
		return Number.MAX_SAFE_INTEGER;
	}
}
