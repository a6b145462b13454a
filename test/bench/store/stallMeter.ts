import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const SCHEDSTAT = `/proc/self/task/${process.pid}/schedstat`;

export interface Stall {
	/** The longest time in which the event loop did nothing else, in milliseconds, as Node measures it. */
	longestMs: number;
	/** The same without what the thread waited for a core, which is other processes' doing; as above where the system does not tell. */
	ownMs: number;
}

/** Measures how long this thread's event loop is held up. */
export class StallMeter {
	private readonly histogram = monitorEventLoopDelay({ resolution: 1 });
	private timer: ReturnType<typeof setTimeout> | undefined;
	private last = { at: 0, waited: 0 };
	private ownMs = 0;

	start(): void {
		this.histogram.reset();
		this.histogram.enable();
		this.ownMs = 0;
		this.last = { at: performance.now(), waited: waitedMs() ?? 0 };
		this.tick();
	}

	stop(): Stall {
		clearTimeout(this.timer);
		this.look();
		this.histogram.disable();
		const longestMs = this.histogram.max / 1e6;
		return { longestMs, ownMs: waitedMs() === undefined ? longestMs : this.ownMs };
	}

	private tick(): void {
		this.timer = setTimeout(() => {
			this.look();
			this.tick();
		}, 1);
	}

	private look(): void {
		const now = { at: performance.now(), waited: waitedMs() ?? 0 };
		this.ownMs = Math.max(this.ownMs, now.at - this.last.at - (now.waited - this.last.waited));
		this.last = now;
	}
}

/** How long this thread has waited for a core so far. https://docs.kernel.org/scheduler/sched-stats.html */
function waitedMs(): number | undefined {
	try {
		return Number(readFileSync(SCHEDSTAT, 'utf8').split(' ')[1]) / 1e6;
	} catch {
		return undefined;
	}
}
