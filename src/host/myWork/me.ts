import { stuckBefore } from '../../core/insights/turn';
import type { Asker } from '../../core/model/asker';
import type { Clock } from '../../core/model/clock';
import { Emitter, type Disposable, type Event } from '../../core/model/event';
import type { Account } from '../auth/gitHubSessions';

export interface MeOptions {
	sessions: { accounts(): Promise<Account[]>; readonly onDidChange: Event<void> };
	/** Days after which the same turn is stuck. */
	stuckDays: () => number;
	clock: Pick<Clock, 'now'>;
}

/** Who the person is on each host: whom the editor has signed in there. */
export class Me implements Disposable {
	private readonly changed = new Emitter<undefined>();
	private readonly subscription: Disposable;
	private known: readonly Account[] = [];
	private reading: Promise<readonly Account[]> | undefined;

	/** Somebody signed in or out, or it was found out who has. */
	readonly onDidChange = this.changed.event;

	constructor(private readonly options: MeOptions) {
		this.subscription = options.sessions.onDidChange(() => {
			this.reading = undefined;
			void this.accounts();
		});
	}

	/** One account of a host at most; finds out the first time, and never asks. */
	accounts(): Promise<readonly Account[]> {
		this.reading ??= this.options.sessions.accounts().then((accounts) => {
			const isOther = JSON.stringify(accounts) !== JSON.stringify(this.known);
			this.known = accounts;
			if (isOther) {
				this.changed.fire(undefined);
			}
			return accounts;
		});
		return this.reading;
	}

	/** Who asks, as far as that was found out. */
	get asker(): Asker {
		const { clock, stuckDays } = this.options;
		return { me: this.known, stuckBefore: stuckBefore(clock.now(), stuckDays()) };
	}

	dispose(): void {
		this.subscription.dispose();
	}
}
