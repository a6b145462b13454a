import { numberText } from '../measures';
import type { Report, ReportSource } from './report';

/** Who carries how much of what is open; one person is one line, in however many repositories. */
export async function workloadReport({ store, filter }: ReportSource): Promise<Report> {
	const people = await store.workload(filter);
	return {
		columns: [
			{ title: 'Assignee' },
			{ title: 'Open', align: 'right' },
			{ title: 'Drafts', align: 'right' },
			{ title: 'Changes requested', align: 'right' },
			{ title: 'To review', align: 'right' },
		],
		rows: people.map(({ login, open, draft, changesRequested, reviewRequested }) => [
			login ?? '(nobody)',
			...[open, draft, changesRequested, reviewRequested].map(numberText),
		]),
		items: people,
	};
}
