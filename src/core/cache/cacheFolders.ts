import { dirname, join } from 'node:path';
import type { FilePort } from '../files/filePort';
import { HumanError } from '../model/humanError';
import { nameWithOwner, repositoryRef, type RepositoryRef } from '../model/repository';
import { sentence } from '../model/sentence';

/**
 * Where each repository's cache lies: `cache/<host>/<owner>/<repo>/` in the storage folder.
 * GitHub ignores case in names, so an existing folder is found in whatever case it was made.
 */
export class CacheFolders {
	private readonly root: string;

	constructor(
		readonly files: FilePort,
		private readonly storage: string,
	) {
		this.root = join(storage, 'cache');
	}

	/** The same folders, read and written by other means. */
	with(files: FilePort): CacheFolders {
		return new CacheFolders(files, this.storage);
	}

	/** Removes everything of a repository but the lease on it, what was set aside too. */
	async empty(ref: RepositoryRef): Promise<void> {
		const folder = await this.find(ref);
		for (const name of (await this.files.list(folder)).filter(isCacheFile)) {
			await this.files.remove(join(folder, name));
		}
	}

	/** Removes a repository's folder and those around it as far as there is nothing in them. */
	async tidy(ref: RepositoryRef): Promise<void> {
		for (let folder = await this.find(ref); folder.length >= this.root.length; folder = dirname(folder)) {
			if (!(await this.files.removeEmpty(folder))) {
				return;
			}
		}
	}

	/**
	 * The repository's folder: the one there is, or the one to make.
	 * @throws HumanError when a link stands on the way to it: what lies behind is not the storage folder's
	 */
	async find(ref: RepositoryRef): Promise<string> {
		await this.refuseLink(this.root);
		let folder = this.root;
		for (const part of [hostFolder(ref.host), folderOf(ref.owner), folderOf(ref.name)]) {
			folder = join(folder, await this.existing(folder, part));
			await this.refuseLink(folder);
		}
		return folder;
	}

	/** Every repository that has a folder, by host and name. */
	async list(): Promise<RepositoryRef[]> {
		await this.refuseLink(this.root);
		const found: RepositoryRef[] = [];
		for (const host of await this.folders(this.root)) {
			for (const owner of await this.folders(join(this.root, host))) {
				for (const name of await this.folders(join(this.root, host, owner))) {
					const ref = validRef(hostOf(host), nameOf(owner), nameOf(name));
					if (ref) {
						found.push(ref);
					}
				}
			}
		}
		return found;
	}

	/** Moves a repository's cache to its new name, replacing what lies there. The leases on both stay where they are. */
	async move(from: RepositoryRef, to: RepositoryRef): Promise<void> {
		const source = await this.find(from);
		const target = await this.find(to);
		for (const name of (await this.files.list(target)).filter(isCacheFile)) {
			await this.files.remove(join(target, name));
		}
		// The state comes last: only with it is the rest a cache.
		for (const name of (await this.files.list(source)).filter(isCacheFile)) {
			await this.files.move(join(source, name), join(target, name));
		}
	}

	private async existing(parent: string, name: string): Promise<string> {
		const names = await this.files.list(parent);
		return names.includes(name) ? name : (names.find((known) => known.toLowerCase() === name.toLowerCase()) ?? name);
	}

	private async refuseLink(path: string): Promise<void> {
		if ((await this.files.stat(path))?.isLink) {
			throw new HumanError(
				sentence(
					'{0} is a symbolic link. Links inside the storage folder are not followed, because they lead out of it: put a folder there, or remove the link.',
					path,
				),
			);
		}
	}

	/** A link is none. */
	private async folders(parent: string): Promise<string[]> {
		const names = await this.files.list(parent);
		const stats = await Promise.all(names.map((name) => this.files.stat(join(parent, name))));
		return names.filter((_, i) => stats[i]?.isDirectory);
	}
}

/** Whether a name in a repository's folder is of its cache, set aside or not, in place of the lease on it. */
export function isCacheFile(name: string): boolean {
	return !name.startsWith('lease.json');
}

/** A port's colon can't stand in a file name everywhere; a host name never holds a plus. */
function hostFolder(host: string): string {
	return folderOf(host.replace(':', '+'));
}

function hostOf(folder: string): string {
	return nameOf(folder).replace('+', ':');
}

/**
 * A name as a folder's, the same on every system. On Windows some names mean devices, alone or before a dot, and a dot
 * at the end gets lost; a plus, which no name holds, keeps those apart.
 * https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
 */
function folderOf(name: string): string {
	return `${/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(name) ? '+' : ''}${name}${name.endsWith('.') ? '+' : ''}`;
}

function nameOf(folder: string): string {
	return folder.replace(/^\+/, '').replace(/\+$/, '');
}

function validRef(host: string, owner: string, name: string): RepositoryRef | undefined {
	try {
		return repositoryRef(host, owner, name);
	} catch {
		return undefined;
	}
}

export function sameRepository(a: RepositoryRef, b: RepositoryRef): boolean {
	return a.host === b.host && nameWithOwner(a).toLowerCase() === nameWithOwner(b).toLowerCase();
}
