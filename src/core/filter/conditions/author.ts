import { sentence } from '../../model/sentence';
import type { FilterCondition } from '../filterCondition';

/** Who opened it: a login, in whatever case. */
export const author: FilterCondition<string> = {
	title: sentence('Author'),
	icon: 'person',
	question: { kind: 'name', of: 'author', anyone: sentence('Anyone') },
	parameters: [{ name: 'author', kind: 'text', description: 'Login of who opened it.', value: 'LOGIN' }],
	rows: (login) => [{ table: 'pull_request', sql: 'author_login = ?', values: [login] }],
	read: (kept) => (typeof kept === 'string' ? kept : undefined),
	text: (login) => sentence('by {0}', login),
	take: (given) => given.text('author'),
};
