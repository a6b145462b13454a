import { dirname } from 'node:path';
import type { FilePort } from './filePort';

/** A file system that is gone with the object: for runs that must leave nothing behind. */
export function memoryFiles(): FilePort {
	const files = new Map<string, Buffer>();
	const below = (folder: string) => [...files.keys()].filter((path) => path.startsWith(`${folder}/`) || path.startsWith(`${folder}\\`));
	let changes = 0;
	const write = (path: string, data: Buffer) => {
		changes++;
		files.set(path, data);
		return Promise.resolve();
	};
	return {
		read: (path) => Promise.resolve(files.get(path)),
		readRange: (path, offset, length) => Promise.resolve(files.get(path)?.subarray(offset, offset + length) ?? Buffer.alloc(0)),
		append: (path, data) => write(path, Buffer.concat([files.get(path) ?? Buffer.alloc(0), data])),
		writeAtomic: (path, data) => write(path, Buffer.from(data)),
		createExclusive: (path, data) => {
			if (files.has(path)) {
				return Promise.resolve(false);
			}
			return write(path, Buffer.from(data)).then(() => true);
		},
		stat: (path) => {
			const file = files.get(path);
			return Promise.resolve(file && { size: file.length, isDirectory: false, isFile: true, isLink: false, modifiedMs: 0, identity: String(changes) });
		},
		list: (folder) => Promise.resolve(below(folder).filter((path) => dirname(path) === folder).map((path) => path.slice(folder.length + 1)).sort()),
		truncate: (path, size) => write(path, Buffer.from(files.get(path)?.subarray(0, size) ?? [])),
		move: (from, to) => {
			for (const path of [from, ...below(from)]) {
				const file = files.get(path);
				if (file) {
					files.delete(path);
					void write(to + path.slice(from.length), file);
				}
			}
			return Promise.resolve();
		},
		protect: () => Promise.resolve(false),
		removeEmpty: () => Promise.resolve(false),
		remove: (path) => {
			[path, ...below(path)].forEach((gone) => files.delete(gone));
			return Promise.resolve();
		},
	};
}
