import { sentence } from '../../model/sentence';
import type { FilterCondition } from '../filterCondition';
import { ofLogin, personText } from '../me';

/** Who is assigned: a login, in whatever case, or `@me`; `null`: nobody. */
export const assignee: FilterCondition<string | null> = {
	title: sentence('Assignee'),
	icon: 'account',
	question: { kind: 'name', of: 'assignee', anyone: sentence('Anyone'), none: sentence('Nobody') },
	parameters: [
		{ name: 'assignee', kind: 'text', description: 'Login of who is assigned; @me: the user.', value: 'LOGIN' },
		{ name: 'unassigned', kind: 'flag', description: 'Only what is assigned to nobody.' },
	],
	rows: (login, asker) => [
		login === null
			? { table: 'pull_request', sql: "assignees = '[]'", values: [] }
			: { table: 'pull_request_assignee', ...ofLogin('login', login, asker) },
	],
	read: (kept) => (typeof kept === 'string' || kept === null ? kept : undefined),
	text: (login) => (login === null ? sentence('assigned to nobody') : personText(login, sentence('assigned to me'), (other) => sentence('assigned to {0}', other))),
	take: (given) => given.nameOrNone('assignee', 'unassigned'),
};
