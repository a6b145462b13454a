import { Emitter } from '../../core/model/event';
import { isText, listOfEach } from '../../core/model/guards';
import type { Keeper } from '../filter/filterState';

const PINNED_KEY = 'pinnedPullRequests';
const SNOOZED_KEY = 'snoozedPullRequests';

/** Until when a pull request is out of sight. */
export interface Snooze {
	/** Milliseconds since the Unix epoch; absent: until something changes. */
	until?: number;
	/** How it stood when it was put away. */
	fingerprint: string;
}

/** What the person pinned and snoozed, kept on this machine, by a name that a pull request keeps when its data is fetched anew. */
export class Marks {
	private readonly changed = new Emitter<undefined>();
	readonly onDidChange = this.changed.event;

	/** @param keeper of the machine: every window shows the same */
	constructor(private readonly keeper: Keeper) {}

	isPinned(name: string): boolean {
		return this.pinned().includes(name);
	}

	async pin(names: readonly string[], isPinned: boolean): Promise<void> {
		const others = this.pinned().filter((one) => !names.includes(one));
		await this.keeper.update(PINNED_KEY, isPinned ? [...others, ...names] : others);
		this.changed.fire(undefined);
	}

	/** How a pull request is snoozed; `undefined` where it is not, or no longer. @param fingerprint how it stands @param now milliseconds since the Unix epoch */
	snooze(name: string, fingerprint: string, now: number): Snooze | undefined {
		const found = this.snoozed()[name];
		const holds = found !== undefined && (found.until === undefined ? found.fingerprint === fingerprint : now < found.until);
		return holds ? found : undefined;
	}

	/** @param snooze `undefined` lets go */
	async setSnooze(names: readonly { name: string; fingerprint: string }[], until: number | 'change' | undefined, now: number): Promise<void> {
		const kept = Object.entries(this.snoozed()).filter(([name, one]) => !names.some((other) => other.name === name) && (one.until === undefined || one.until > now));
		const added = until === undefined ? [] : names.map(({ name, fingerprint }) => [name, { fingerprint, ...(until !== 'change' && { until }) }] as const);
		await this.keeper.update(SNOOZED_KEY, Object.fromEntries([...kept, ...added]));
		this.changed.fire(undefined);
	}

	private pinned(): string[] {
		const kept = this.keeper.get(PINNED_KEY);
		return listOfEach(isText)(kept) ? kept : [];
	}

	private snoozed(): Record<string, Snooze> {
		const kept = this.keeper.get(SNOOZED_KEY);
		return typeof kept === 'object' && kept !== null ? Object.fromEntries(Object.entries(kept).filter((entry): entry is [string, Snooze] => isSnooze(entry[1]))) : {};
	}
}

function isSnooze(value: unknown): value is Snooze {
	return typeof value === 'object' && value !== null && 'fingerprint' in value && typeof value.fingerprint === 'string' && (!('until' in value) || typeof value.until === 'number');
}
