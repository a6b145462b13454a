import type { MilestoneRow } from '../../core/store/store';
import { numberText } from '../measures';
import { byRepository, type Report, type ReportSource } from './report';

const BAR = 20;

export async function milestonesReport({ store, repositories, filter, now }: ReportSource): Promise<Report> {
	const columns = [
		// Several may have the same title.
		{ title: '#', align: 'right' as const },
		{ title: 'Milestone', max: 60 },
		{ title: 'State' },
		{ title: 'Due' },
		{ title: 'Open', align: 'right' as const },
		{ title: 'Done', align: 'right' as const },
		{ title: 'Progress' },
	];
	return byRepository(repositories, columns, await store.milestoneProgress(filter), (milestone) => {
		const { number, title, state, dueOn, open, closed } = milestone;
		const progress = progressOf(milestone);
		return {
			cells: [String(number), title, state.toLowerCase(), dueText(milestone, now), numberText(open), numberText(closed), progress === null ? 'empty' : barText(progress)],
			item: { number, title, state, dueOn, open, closed, progress, overdue: isOverdue(milestone, now) },
		};
	});
}

/** The share that is closed or merged; `null` while nothing is in it. */
function progressOf({ open, closed }: MilestoneRow): number | null {
	return open + closed === 0 ? null : closed / (open + closed);
}

function isOverdue({ state, dueOn }: MilestoneRow, now: number): boolean {
	return state === 'OPEN' && dueOn !== null && Date.parse(dueOn) < now;
}

/** GitHub keeps a day as a moment of it, and shows the day in UTC. */
function dueText(milestone: MilestoneRow, now: number): string {
	const day = milestone.dueOn?.slice(0, 10) ?? 'none';
	return isOverdue(milestone, now) ? `${day} (overdue)` : day;
}

/** Rounded down, so that 100 % means that nothing is left. */
function barText(progress: number): string {
	const full = Math.floor(progress * BAR);
	return `${'█'.repeat(full)}${'░'.repeat(BAR - full)} ${String(Math.floor(progress * 100)).padStart(3)} %`;
}
