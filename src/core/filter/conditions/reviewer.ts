import { sentence } from '../../model/sentence';
import type { FilterCondition } from '../filterCondition';
import { ofLogin, personText } from '../me';

/** Who is asked for a review: a login or a team, in whatever case, or `@me`; `null`: nobody is, as far as that is known. */
export const reviewer: FilterCondition<string | null> = {
	title: sentence('Reviewer'),
	icon: 'eye',
	question: { kind: 'name', of: 'reviewer', anyone: sentence('Anyone'), none: sentence('Nobody') },
	parameters: [
		{ name: 'reviewer', kind: 'text', description: 'Login of who is asked for a review, or a team as organization/slug; @me: the user.', value: 'LOGIN' },
		{ name: 'withoutReviewer', kind: 'flag', description: 'Only what nobody is asked to review.' },
	],
	rows: (login, asker) => [
		login === null
			? { table: 'pull_request', sql: 'requested_reviews = 0', values: [] }
			: { table: 'review_request', ...ofLogin('login', login, asker) },
	],
	read: (kept) => (typeof kept === 'string' || kept === null ? kept : undefined),
	text: (login) => (login === null ? sentence('nobody asked for a review') : personText(login, sentence('review requested of me'), (other) => sentence('review requested of {0}', other))),
	take: (given) => given.nameOrNone('reviewer', 'withoutReviewer'),
};
