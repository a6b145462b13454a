import { join } from 'node:path';
import type { FilePort } from '../files/filePort';
import { nameWithOwner, repositoryRef, type RepositoryRef } from '../model/repository';

/**
 * Where each repository's cache lies: `cache/<host>/<owner>/<repo>/` in the storage folder.
 * GitHub ignores case in names, so an existing folder is found in whatever case it was made.
 */
export class CacheFolders {
	private readonly root: string;

	constructor(
		readonly files: FilePort,
		storage: string,
	) {
		this.root = join(storage, 'cache');
	}

	/** The repository's folder: the one there is, or the one to make. */
	async find(ref: RepositoryRef): Promise<string> {
		const host = join(this.root, hostFolder(ref.host));
		const owner = join(host, await this.existing(host, ref.owner));
		return join(owner, await this.existing(owner, ref.name));
	}

	/** Every repository that has a folder, by host and name. */
	async list(): Promise<RepositoryRef[]> {
		const found: RepositoryRef[] = [];
		for (const host of await this.folders(this.root)) {
			for (const owner of await this.folders(join(this.root, host))) {
				for (const name of await this.folders(join(this.root, host, owner))) {
					const ref = validRef(hostOf(host), owner, name);
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

	private async folders(parent: string): Promise<string[]> {
		const names = await this.files.list(parent);
		const stats = await Promise.all(names.map((name) => this.files.stat(join(parent, name))));
		return names.filter((_, i) => stats[i]?.isDirectory);
	}
}

function isCacheFile(name: string): boolean {
	return !name.startsWith('lease.json');
}

/** A port's colon can't stand in a file name everywhere; a host name never holds a plus. */
function hostFolder(host: string): string {
	return host.replace(':', '+');
}

function hostOf(folder: string): string {
	return folder.replace('+', ':');
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
