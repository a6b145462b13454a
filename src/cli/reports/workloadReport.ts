import { busyPeople, workloadModel, workPeriod } from '../../core/insights/workloadModel';
import { numberText } from '../measures';
import { openAttributes } from '../askedFilter';
import type { Report, ReportSource } from './report';

/** What each person has to do, by name; one person is one line, in however many repositories. */
export async function workloadReport({ store, filter, asked, now, staleDays }: ReportSource): Promise<Report> {
	const people = busyPeople(workloadModel(await store.read.workload({ ...filter, ...workPeriod(now, { staleDays }), attributes: openAttributes(asked, 'A workload') })));
	return {
		columns: [
			{ title: 'Assignee' },
			{ title: 'Open', align: 'right' },
			{ title: 'Ready', align: 'right' },
			{ title: 'Changes requested', align: 'right' },
			{ title: 'Drafts', align: 'right' },
			{ title: 'Stale', align: 'right' },
			{ title: 'To review', align: 'right' },
			{ title: 'Merged', align: 'right' },
		],
		rows: people.map(({ login, open, parts, merged }) => [
			login ?? '(nobody)',
			...[open, parts.ready, parts.changesRequested, parts.draft, parts.stale, parts.reviewRequested, merged].map(numberText),
		]),
		items: people.map(({ login, open, parts, merged }) => ({ login, open, ...parts, merged })),
	};
}
