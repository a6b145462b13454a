import { sentence } from '../../model/sentence';
import { equalsText } from '../../store/sqlite/textConditions';
import type { FilterCondition } from '../filterCondition';

/** The title of its milestone, in whatever case, which several may have; `null`: it is in none. */
export const milestone: FilterCondition<string | null> = {
	title: sentence('Milestone'),
	icon: 'milestone',
	question: { kind: 'name', of: 'milestone', anyone: sentence('Any milestone'), none: sentence('No milestone') },
	parameters: [
		{ name: 'milestone', kind: 'text', description: 'Title of the milestone.', value: 'TITLE' },
		{ name: 'withoutMilestone', kind: 'flag', description: 'Only what is in no milestone.' },
	],
	rows: (title) => [{ table: 'pull_request', ...(title === null ? { sql: 'milestone_number IS NULL', values: [] } : equalsText('milestone_title', [title])) }],
	read: (kept) => (typeof kept === 'string' || kept === null ? kept : undefined),
	text: (title) => (title === null ? sentence('in no milestone') : sentence('in milestone {0}', title)),
	take: (given) => given.nameOrNone('milestone', 'withoutMilestone'),
};
