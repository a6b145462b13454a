import type { RepositoryIdentity } from '../../model/repository';

/** What has changed in memory since it was last written to disk. */
export class Unsaved {
	private readonly repositories = new Map<string, { identity: RepositoryIdentity; change: number }>();
	private changes = 0;
	private saved = 0;

	/** Whether there is anything to write. */
	get any(): boolean {
		return this.changes > this.saved;
	}

	/** The repositories whose rows differ from the disk's, dropped ones included. */
	get identities(): RepositoryIdentity[] {
		return [...this.repositories.values()].map(({ identity }) => identity);
	}

	/** A repository's rows were written or dropped. */
	repository(identity: RepositoryIdentity): void {
		this.changes++;
		this.repositories.set(`${identity.host} ${identity.nodeId}`, { identity, change: this.changes });
	}

	/** The file as a whole has to be written. */
	file(): void {
		this.changes++;
	}

	/** Marks this moment, at which the bytes to be written are taken. */
	mark(): number {
		return this.changes;
	}

	/** The bytes taken at a mark are on disk; what came after them is not. */
	savedUntil(mark: number): void {
		this.saved = Math.max(this.saved, mark);
		for (const [key, { change }] of this.repositories) {
			if (change <= mark) {
				this.repositories.delete(key);
			}
		}
	}
}
