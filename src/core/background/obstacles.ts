import { asError } from '../model/humanError';
import { repositoryKey, type RepositoryRef } from '../model/repository';
import type { BackgroundFailure, Pause } from './backgroundPorts';

/** What stands in the way of syncs: hosts on which nothing is begun for a while, and what repositories failed with. */
export class Obstacles {
	/** By host. */
	private readonly pauses = new Map<string, Pause>();
	/** By repository key. */
	private readonly failed = new Map<string, BackgroundFailure>();
	private readonly givenUp = new Set<string>();

	/** @param now milliseconds by the local clock; so are all times here */
	constructor(private readonly now: () => number) {}

	/** What the last attempts failed with. */
	get failures(): BackgroundFailure[] {
		return [...this.failed.values()];
	}

	/** The pause that ends last. */
	get pause(): Pause | undefined {
		return [...this.pauses.values()].filter(({ until }) => until > this.now()).sort((a, b) => b.until - a.until)[0];
	}

	/** Until when a repository is not to be tried; a moment that is past when nothing stands in its way. */
	until(ref: RepositoryRef): number {
		return this.givenUp.has(repositoryKey(ref)) ? Infinity : (this.pauses.get(ref.host)?.until ?? 0);
	}

	/** Begins nothing on a host. @returns until when */
	pauseHost(host: string, pause: Pause): number {
		this.pauses.set(host, pause);
		return pause.until;
	}

	note(ref: RepositoryRef, error: unknown): void {
		this.failed.set(repositoryKey(ref), { ref, error: asError(error) });
	}

	/** Never tries again, before {@link clear}. */
	giveUp(ref: RepositoryRef): void {
		this.givenUp.add(repositoryKey(ref));
	}

	succeeded(ref: RepositoryRef): void {
		this.failed.delete(repositoryKey(ref));
	}

	clear(): void {
		this.pauses.clear();
		this.failed.clear();
		this.givenUp.clear();
	}
}
