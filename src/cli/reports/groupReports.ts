import type { GroupRow, Grouping } from '../../core/store/store';
import { numberText } from '../measures';
import { byRepository, type Report, type ReportSource } from './report';

/** Every label that is on a pull request, with the open ones and all of them. */
export function labelsReport(source: ReportSource): Promise<Report> {
	return groupReport(source, 'label', { title: 'Label', none: '(no label)', item: ({ key, title, color }) => ({ name: key === null ? null : title, color: color ?? null }) });
}

/** Everyone who has been assigned, with the open ones and all of them. */
export function assigneesReport(source: ReportSource): Promise<Report> {
	return groupReport(source, 'assignee', { title: 'Assignee', none: '(nobody)', item: ({ key }) => ({ login: key }) });
}

async function groupReport(
	{ store, repositories, filter }: ReportSource,
	by: Grouping,
	words: { title: string; none: string; item: (group: GroupRow) => object },
): Promise<Report> {
	const open = await store.groups(by, { ...filter, states: ['OPEN'] });
	const openCounts = new Map(open.map((group) => [groupKey(group), group.count]));
	const columns = [{ title: words.title, max: 60 }, { title: 'Open', align: 'right' as const }, { title: 'All', align: 'right' as const }];
	return byRepository(repositories, columns, await store.groups(by, filter), (group) => {
		const openCount = openCounts.get(groupKey(group)) ?? 0;
		return {
			cells: [group.key === null ? words.none : group.title, numberText(openCount), numberText(group.count)],
			item: { ...words.item(group), open: openCount, total: group.count },
		};
	});
}

function groupKey({ repositoryId, key }: GroupRow): string {
	return `${repositoryId} ${key === null ? '' : `=${key}`}`;
}
