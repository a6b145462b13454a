import { busyPeople, columnValue, doneBy, workloadModel, workNumbers, workPeriod, type NumberColumn } from '../../core/insights/workloadModel';
import { DEFAULT_ROLE, partsOf, type WorkRole } from '../../core/store/read/workParts';
import { numberText } from '../measures';
import { openAttributes } from '../askedFilter';
import type { Report, ReportSource } from './report';

const ROLE_TITLES: Record<WorkRole, string> = { author: 'Author', reviewer: 'Reviewer', assignee: 'Assignee' };

const TITLES: Record<Exclude<NumberColumn, 'total'>, string> = {
	ready: 'Ready',
	changesRequested: 'Changes requested',
	draft: 'Drafts',
	stale: 'Stale',
	reviewRequested: 'To review',
	merged: 'Merged',
	reviewed: 'Reviews done',
};

/** What each person has to do by a role, the most first; one person is one line, in however many repositories. */
export async function workloadReport({ store, filter, asked, now, staleDays, by: role = DEFAULT_ROLE }: ReportSource): Promise<Report> {
	const rows = await store.read.workload({ ...filter, ...workPeriod(now, { staleDays }), role, attributes: openAttributes(asked, 'A workload') });
	const people = busyPeople(workloadModel(rows));
	const columns = [...partsOf(role), doneBy(role)];
	return {
		columns: [{ title: ROLE_TITLES[role] }, { title: 'Open', align: 'right' }, ...columns.map((column) => ({ title: TITLES[column], align: 'right' as const }))],
		rows: people.map((person) => [person.login ?? '(nobody)', ...[person.open, ...columns.map((column) => columnValue(person, column))].map(numberText)]),
		items: people.map((person) => ({ login: person.login, ...workNumbers(person, role) })),
	};
}
