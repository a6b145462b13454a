import { isOverdue } from '../../core/insights/due';
import { milestoneProgress } from '../../core/insights/milestoneModel';
import type { MilestoneStanding } from '../../core/store/read/milestones';
import type { Marks } from '../marks';
import { numberText } from '../measures';
import { repositoryTitle } from '../storedRepository';
import { UsageError } from '../usageError';
import { byRepository, type Report, type ReportSource } from './report';

const BAR = 20;
// Several of one repository may have the same title.
const NUMBER = { title: '#', align: 'right' as const };
const COLUMNS = [
	{ title: 'Milestone', max: 60 },
	{ title: 'State' },
	{ title: 'Due' },
	{ title: 'Open', align: 'right' as const },
	{ title: 'Done', align: 'right' as const },
	{ title: 'Progress' },
];

export async function milestonesReport(source: ReportSource): Promise<Report> {
	const { store, repositories, filter, asked, now, marks } = source;
	if (asked.isGiven) {
		throw new UsageError('report milestones counts whole milestones: it takes no filter.');
	}
	if (source.merged) {
		return mergedReport(source);
	}
	return byRepository(repositories, [NUMBER, ...COLUMNS], await store.read.milestones(filter), (milestone) => {
		const { cells, item } = describe(milestone, now, marks);
		return { cells: [String(milestone.number), ...cells], item: { number: milestone.number, ...item } };
	});
}

async function mergedReport({ store, repositories, filter, now, marks }: ReportSource): Promise<Report> {
	const titles = new Map(repositories.map((repository) => [repository.id, repositoryTitle(repository)]));
	const lines = (await store.read.mergedMilestones(filter)).map((milestone) => {
		const { cells, item } = describe(milestone, now, marks);
		const of = milestone.repositoryIds.map((id) => titles.get(id) ?? '');
		return { cells: [...cells, numberText(of.length)], item: { ...item, repositories: of } };
	});
	return {
		columns: [...COLUMNS, { title: 'Repositories', align: 'right' }],
		rows: lines.map(({ cells }) => cells),
		items: lines.map(({ item }) => item),
	};
}

function describe(milestone: MilestoneStanding, now: number, marks: Marks): { cells: string[]; item: object } {
	const { title, state, dueOn, open, closed } = milestone;
	const { done, total, percent } = milestoneProgress(milestone);
	return {
		cells: [title, state.toLowerCase(), dueText(milestone, now), numberText(open), numberText(closed), progressText(percent, total, marks)],
		item: { title, state, dueOn, open, closed, progress: percent === null ? null : done / total, overdue: isOverdue(milestone, now) },
	};
}

function progressText(percent: number | null, total: number, marks: Marks): string {
	return percent !== null ? barText(percent, marks) : total === 0 ? 'empty' : 'not known yet';
}

/** GitHub keeps a day as a moment of it, and shows the day in UTC. */
function dueText(milestone: MilestoneStanding, now: number): string {
	const day = milestone.dueOn?.slice(0, 10) ?? 'none';
	return isOverdue(milestone, now) ? `${day} (overdue)` : day;
}

function barText(percent: number, { full: done, empty }: Marks): string {
	const full = Math.floor((percent * BAR) / 100);
	return `${done.repeat(full)}${empty.repeat(BAR - full)} ${String(percent).padStart(3)} %`;
}
