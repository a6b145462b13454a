import { sentence } from '../../model/sentence';
import type { FilterCondition } from '../filterCondition';
import { ofLogin, personText } from '../me';

/** Who opened it: a login, in whatever case, or `@me`. */
export const author: FilterCondition<string> = {
	title: sentence('Author'),
	icon: 'person',
	question: { kind: 'name', of: 'author', anyone: sentence('Anyone') },
	parameters: [{ name: 'author', kind: 'text', description: 'Login of who opened it; @me: the user.', value: 'LOGIN' }],
	rows: (login, asker) => [{ table: 'pull_request', ...ofLogin('author_login', login, asker) }],
	read: (kept) => (typeof kept === 'string' ? kept : undefined),
	text: (login) => personText(login, sentence('by me'), (other) => sentence('by {0}', other)),
	take: (given) => given.text('author'),
};
