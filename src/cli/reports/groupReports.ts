import type { Group } from '../../core/store/read/groups';
import type { Grouping } from '../../core/store/read/groupings';
import { numberText } from '../measures';
import { byRepository, type Report, type ReportSource } from './report';

/** Every label that is on a pull request, with the open ones and all of them. */
export function labelsReport(source: ReportSource): Promise<Report> {
	return groupReport(source, 'label', { title: 'Label', none: '(no label)', item: ({ key, title, color }) => ({ name: key === null ? null : title, color: color ?? null }) });
}

/** Everyone who opened one, with the open ones and all of them. */
export function authorsReport(source: ReportSource): Promise<Report> {
	return groupReport(source, 'author', { title: 'Author', none: '(not known)', item: ({ key, title }) => ({ login: key === null ? null : title }) });
}

/** Everyone who has been assigned, with the open ones and all of them. */
export function assigneesReport(source: ReportSource): Promise<Report> {
	return groupReport(source, 'assignee', { title: 'Assignee', none: '(nobody)', item: ({ key, title }) => ({ login: key === null ? null : title }) });
}

/** Everyone, and every team, that a review is asked of, with the open ones and all of them. */
export function reviewersReport(source: ReportSource): Promise<Report> {
	return groupReport(source, 'reviewer', {
		title: 'Reviewer',
		none: '(nobody asked)',
		unknown: '(not known)',
		item: ({ key, title, isTeam, isUnknown }) => ({ login: title === '' ? null : title, kind: isUnknown ? 'unknown' : key === null ? 'nobody' : isTeam ? 'team' : 'person' }),
	});
}

interface Words {
	title: string;
	none: string;
	/** For what is not known. */
	unknown?: string;
	item: (group: Group) => object;
}

async function groupReport({ store, repositories, filter: scope, asked, merged }: ReportSource, by: Grouping, words: Words): Promise<Report> {
	const filter = { ...scope, ...asked.filter };
	const openOnly = { ...filter, states: (asked.filter.states ?? ['OPEN' as const]).filter((state) => state === 'OPEN') };
	const columns = [{ title: words.title, max: 60 }, { title: 'Open', align: 'right' as const }, { title: 'All', align: 'right' as const }];
	if (merged) {
		const lines = withOpen(await store.read.mergedGroups(by, filter), await store.read.mergedGroups(by, openOnly), keyText).map((line) => describe(line, words));
		return { columns, rows: lines.map(({ cells }) => cells), items: lines.map(({ item }) => item) };
	}
	const groups = withOpen(await store.read.groups(by, filter), await store.read.groups(by, openOnly), (group) => `${group.repositoryId} ${keyText(group)}`);
	return byRepository(repositories, columns, groups, (group) => describe(group, words));
}

function describe(group: Group & { open: number }, { none, unknown = '', item }: Words): { cells: string[]; item: object } {
	return {
		cells: [group.isUnknown ? unknown : group.key === null ? none : group.title, numberText(group.open), numberText(group.count)],
		item: { ...item(group), open: group.open, total: group.count },
	};
}

/** Each group with how many of it are open. */
function withOpen<T extends { count: number }>(groups: readonly T[], openOnes: readonly T[], nameOf: (group: T) => string): (T & { open: number })[] {
	const counts = new Map(openOnes.map((group) => [nameOf(group), group.count]));
	return groups.map((group) => ({ ...group, open: counts.get(nameOf(group)) ?? 0 }));
}

function keyText({ key }: { key: string | null }): string {
	return key === null ? '' : `=${key}`;
}
