import type { Clock } from '../core/model/clock';
import { DisposableStore } from './disposableStore';
import { editorLocalizer } from './editorLocalizer';
import type { Disposable } from '../core/model/event';
import type { RepositoryKeeper } from './background/repositoryKeeper';
import type { SeedRunner } from './seed/seedRunner';
import type { Settings } from './settings';
import { showStatusPick } from './statusPick';
import { statusText, type StatusText } from './statusText';
import type { ViewState } from './viewState';

/** Later than the reset itself, so that a clock that is a little off doesn't show the old budget again. */
const AFTER_RESET_MS = 1_000;
const AGE_MS = 60_000;

/** Gathers what the status bar item and its quick pick show. */
export class StatusSource {
	constructor(
		private readonly options: { runner: SeedRunner; background: RepositoryKeeper; state: ViewState; settings: Settings; clock: Pick<Clock, 'now'> },
	) {}

	/** `undefined` while there is nothing to show. */
	get text(): StatusText | undefined {
		const { background, runner, state, settings, clock } = this.options;
		const { budget, running, lastFailure } = runner.activity;
		const { syncing, ...standing } = background.status;
		return statusText(
			{
				limits: budget?.current,
				running: [...running.values(), ...(syncing ? [syncing.progress] : [])],
				background: standing,
				signedIn: state.signedIn,
				hasStored: state.hasStored,
				lastSyncedAt: state.lastSyncedAt,
				repositories: state.repositories,
				lastFailure,
				warnBelow: settings.warnBelow,
				now: budget?.serverNow() ?? clock.now(),
			},
			editorLocalizer,
		);
	}

	/** When {@link text} is another although nothing happens, in milliseconds from now: a budget's hour ends, or the age that it shows grows. */
	get msUntilOther(): number {
		const { background, clock, runner } = this.options;
		const { budget } = runner.activity;
		const { pause } = background.status;
		const waits = [budget?.msUntilReset('graphql') ?? 0, budget?.msUntilReset('rest') ?? 0, pause ? pause.until - clock.now() : 0].filter((ms) => ms > 0);
		return Math.min(AGE_MS, ...waits.map((ms) => ms + AFTER_RESET_MS));
	}

	/** Tells when {@link text} may be another. */
	onDidChange(listener: () => void): Disposable {
		const { background, runner, state, settings } = this.options;
		const subscriptions = new DisposableStore();
		subscriptions.add(runner.onDidChange(listener));
		subscriptions.add(background.onDidChange(listener));
		subscriptions.add(state.onDidChange(listener));
		subscriptions.add(settings.onDidChange(listener));
		return subscriptions;
	}

	showPick(): Promise<void> {
		const { state } = this.options;
		const { background = [], tooltip = [] } = this.text ?? {};
		return showStatusPick({ budget: tooltip, background }, { signedIn: state.signedIn, hasStored: state.hasStored });
	}
}
