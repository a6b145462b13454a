import type { Clock } from '../../core/model/clock';
import type { Disposable } from '../../core/model/event';
import type { RateLimits } from '../../core/model/rateLimit';
import type { SeedProgress } from '../../core/sync/seedReport';
import type { Localizer } from '../format/localizer';
import { progressPercent, progressText } from '../format/progressText';

const TICK_MS = 1_000;

/**
 * A notification's text and bar. The editor takes steps, so what has been shown already is remembered.
 * While a run is paused nothing comes from it, so the countdown is kept going here.
 */
export class ProgressNotification implements Disposable {
	private shown = 0;
	private hasRead = false;
	private text = '';
	private latest: SeedProgress | undefined;
	private timer: ReturnType<typeof setInterval> | undefined;

	constructor(
		private readonly options: {
			report: (step: { message: string; increment?: number }) => void;
			limits: () => RateLimits | undefined;
			clock: Pick<Clock, 'now'>;
			l10n: Localizer;
		},
	) {}

	show(progress: SeedProgress): void {
		this.latest = progress;
		this.hasRead ||= progress.phase === 'details';
		this.tickWhilePaused(progress.pausedUntil !== undefined);
		const percent = progressPercent(progress);
		// Each phase counts from nothing again, and a bar can't go back: only the longest phase moves it.
		if (percent === undefined || progress.phase !== 'details' || percent <= this.shown) {
			this.write();
			return;
		}
		this.write(percent - this.shown);
		this.shown = percent;
	}

	dispose(): void {
		this.tickWhilePaused(false);
	}

	private tickWhilePaused(paused: boolean): void {
		if (!paused) {
			clearInterval(this.timer);
			this.timer = undefined;
		} else {
			this.timer ??= setInterval(() => this.write(), TICK_MS);
		}
	}

	private write(increment?: number): void {
		const { clock, l10n, limits, report } = this.options;
		const message = this.latest ? progressText(this.latest, limits(), clock.now(), l10n, this.hasRead) : '';
		if (increment === undefined && message === this.text) {
			return;
		}
		this.text = message;
		report(increment === undefined ? { message } : { message, increment });
	}
}
