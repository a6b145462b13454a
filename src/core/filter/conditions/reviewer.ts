import { sentence } from '../../model/sentence';
import type { FilterCondition } from '../filterCondition';

/** Who is asked for a review: a login or a team, in whatever case; `null`: nobody is, as far as that is known. */
export const reviewer: FilterCondition<string | null> = {
	title: sentence('Reviewer'),
	icon: 'eye',
	question: { kind: 'name', of: 'reviewer', anyone: sentence('Anyone'), none: sentence('Nobody') },
	parameters: [
		{ name: 'reviewer', kind: 'text', description: 'Login of who is asked for a review, or a team as organization/slug.', value: 'LOGIN' },
		{ name: 'withoutReviewer', kind: 'flag', description: 'Only what nobody is asked to review.' },
	],
	rows: (login) => [
		login === null
			? { table: 'pull_request', sql: 'requested_reviews = 0', values: [] }
			: { table: 'review_request', sql: 'login = ?', values: [login] },
	],
	read: (kept) => (typeof kept === 'string' || kept === null ? kept : undefined),
	text: (login) => (login === null ? sentence('nobody asked for a review') : sentence('review requested of {0}', login)),
	take: (given) => given.nameOrNone('reviewer', 'withoutReviewer'),
};
