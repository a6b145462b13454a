import { sentence } from '../../model/sentence';
import type { FilterCondition } from '../filterCondition';

/** Who is assigned: a login, in whatever case; `null`: nobody. */
export const assignee: FilterCondition<string | null> = {
	title: sentence('Assignee'),
	icon: 'account',
	question: { kind: 'name', of: 'assignee', anyone: sentence('Anyone'), none: sentence('Nobody') },
	parameters: [
		{ name: 'assignee', kind: 'text', description: 'Login of who is assigned.', value: 'LOGIN' },
		{ name: 'unassigned', kind: 'flag', description: 'Only what is assigned to nobody.' },
	],
	rows: (login) => [
		login === null
			? { table: 'pull_request', sql: "assignees = '[]'", values: [] }
			: { table: 'pull_request_assignee', sql: 'login = ?', values: [login] },
	],
	read: (kept) => (typeof kept === 'string' || kept === null ? kept : undefined),
	text: (login) => (login === null ? sentence('assigned to nobody') : sentence('assigned to {0}', login)),
	take: (given) => given.nameOrNone('assignee', 'unassigned'),
};
