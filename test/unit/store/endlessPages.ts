import { readFile, writeFile } from 'node:fs/promises';
import { seal } from '../../../src/core/store/file/checksum';
import { sqlJs } from './fixtures';

/** Fewer than SQLite follows downwards, and more than enough: each has two ways at least, and most have dozens. */
const STEPS = 15;
const IS_INNER = [2, 5];

/**
 * Makes of a good database one in which every tree of pull requests leads down over the same few pages, each as often as a
 * page can, under a seal that says that all is well. SQLite would read it for ever.
 */
export async function leadPagesRound(path: string): Promise<void> {
	const good = await readFile(path);
	const database = new (await sqlJs()).Database(Uint8Array.from(good));
	const roots = database.exec("SELECT rootpage FROM sqlite_schema WHERE tbl_name = 'pull_request'")[0]?.values.map(([root]) => Number(root)) ?? [];
	database.close();
	const pageSize = good.readUInt16BE(16);
	const pages: Uint8Array[] = [good];
	const last = () => good.length / pageSize + pages.length - 1;
	for (const root of roots) {
		const page = good.subarray((root - 1) * pageSize, root * pageSize);
		if (IS_INNER.includes(page[0] ?? 0)) {
			const leaf = page.readUInt32BE(8);
			const first = last() + 1;
			for (let step = 1; step <= STEPS; step++) {
				pages.push(leadingTo(step === STEPS ? leaf : last() + 2, Buffer.from(page)));
			}
			leadingTo(first, page);
		}
	}
	const bytes = Buffer.concat(pages);
	bytes.writeUInt32BE(bytes.length / pageSize, 28);
	seal(bytes);
	await writeFile(path, bytes);
}

/** The page, each way from which leads to another one now. */
function leadingTo<B extends Buffer>(other: number, page: B): B {
	page.writeUInt32BE(other, 8);
	for (let cell = 0; cell < page.readUInt16BE(3); cell++) {
		page.writeUInt32BE(other, page.readUInt16BE(12 + 2 * cell));
	}
	return page;
}
