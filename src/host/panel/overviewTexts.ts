import type { OverviewTexts } from '../../webview/texts';
import type { Localizer } from '../format/localizer';

/** Every word of the overview page in the editor's language. The page puts values in place of `{0}`. */
export function overviewTexts(l10n: Pick<Localizer, 't'>): OverviewTexts {
	return {
		title: l10n.t('Overview'),
		repository: l10n.t('Repository'),
		allRepositories: l10n.t('All repositories'),
		workload: l10n.t('Workload'),
		milestones: l10n.t('Milestones'),
		tryAgain: l10n.t('Try Again'),
		failed: l10n.t('This could not be shown: {0}'),
		nothingStored: l10n.t('No pull requests are stored yet. Run “Seed repo PRs” to fetch a repository.'),
		projectNotStored: l10n.t('No repository of {0} is stored yet. Run “Sync Project…” to fetch them.'),
		...workloadTexts(l10n),
		...milestoneTexts(l10n),
	};
}

function workloadTexts(l10n: Pick<Localizer, 't'>) {
	return {
		findPeople: l10n.t('Find people'),
		withIdle: l10n.t('Show people with no open work'),
		by: l10n.t('By'),
		roles: { author: l10n.t('Author'), reviewer: l10n.t('Reviewer'), assignee: l10n.t('Assignee') },
		mergedIn: l10n.t('Merged in the'),
		reviewedIn: l10n.t('Reviewed in the'),
		lastDays: l10n.t('last {0} days'),
		exportCsv: l10n.t('Export CSV'),
		exportSvg: l10n.t('Export SVG'),
		saved: l10n.t('Saved as {0}'),
		hint: l10n.t('Click a segment to filter the sidebar.'),
		narrowed: l10n.t('Counted under the trees’ filter: {0}'),
		treesShow: l10n.t('Sidebar filter: {0}'),
		showAll: l10n.t('Clear filter'),
		columns: {
			name: l10n.t('Person'),
			total: l10n.t('Total'),
			ready: l10n.t('Ready'),
			changesRequested: l10n.t('Changes requested'),
			draft: l10n.t('Draft'),
			stale: l10n.t('Stale'),
			reviewRequested: l10n.t('Review requested'),
			merged: l10n.t('Merged'),
			reviewed: l10n.t('Reviews done'),
		},
		explained: {
			total: l10n.t('Sum of the columns to the right'),
			ready: l10n.t('Theirs, not draft, not stale, no changes requested'),
			changesRequested: l10n.t('Theirs, not draft, and a review asks for changes'),
			draft: l10n.t('Theirs, and still a draft'),
			stale: l10n.t('Theirs, not draft, no changes requested, and not updated for {0} days'),
			reviewRequested: l10n.t('Waiting for this person’s review, whosever they are'),
			merged: l10n.t('Theirs, and merged in the last {0} days'),
			reviewed: l10n.t('Reviews of others’ pull requests that they submitted in the last {0} days'),
		},
		alsoStale: l10n.t('{0} more stale ones count as draft or changes requested'),
		explanation: l10n.t('What do these columns mean?'),
		work: l10n.t('Open work'),
		nobody: { author: l10n.t('Unknown author'), reviewer: l10n.t('Nobody asked'), assignee: l10n.t('Unassigned') },
		nothing: '–',
		notToScale: l10n.t('bar not to scale'),
		segment: l10n.t('{0}, {1}: {2}'),
		showMore: l10n.t('Show {0} more'),
		peopleShown: l10n.t('{0} of {1} people'),
		nobodyFound: l10n.t('Nobody matches.'),
		tableCaption: l10n.t('Open work by person, in parts, as bars and as numbers'),
	} satisfies Partial<OverviewTexts>;
}

function milestoneTexts(l10n: Pick<Localizer, 't'>) {
	return {
		withClosed: l10n.t('Closed milestones'),
		noMilestones: l10n.t('No milestones.'),
		milestonesCaption: l10n.t('Milestones and how far they are'),
		milestone: l10n.t('Milestone'),
		progress: l10n.t('Progress'),
		doneOf: l10n.t('{0} of {1}'),
		done: l10n.t('Done'),
		left: l10n.t('Left'),
		due: l10n.t('Due'),
		closed: l10n.t('closed'),
		percent: l10n.t('{0}%'),
		emptyMilestone: l10n.t('empty'),
		unfinishedMilestone: l10n.t('not all fetched yet'),
		burnUp: l10n.t('Burn-up'),
		burnUpSummary: l10n.t('{0}: {1} opened and {2} of them closed so far. The numbers are in the table below.'),
		burnUpNote: l10n.t('Pull requests now in this milestone, by the day they were opened (UTC).'),
		opened: l10n.t('Opened'),
		closedOrMerged: l10n.t('Closed or merged'),
		dueDay: l10n.t('due'),
		day: l10n.t('Day'),
		numbers: l10n.t('As numbers'),
		leftByLabel: l10n.t('Remaining by label'),
		labelNote: l10n.t('A pull request with several labels counts under each.'),
		label: l10n.t('Label'),
		noLabel: l10n.t('No label'),
		nothingLeft: l10n.t('Nothing is left.'),
	} satisfies Partial<OverviewTexts>;
}
