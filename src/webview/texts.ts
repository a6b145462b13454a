import type { NumberColumn, WorkColumn } from '../core/insights/workloadModel';
import type { WorkRole } from '../core/store/read/workParts';

/** Every word of the page, in the editor's language; `{0}` stands for what {@link fill} puts in. */
export interface OverviewTexts {
	title: string;
	repository: string;
	allRepositories: string;
	workload: string;
	milestones: string;
	tryAgain: string;
	/** `{0}`: the reason. */
	failed: string;

	findPeople: string;
	withIdle: string;
	/** Heads the choice of a role. */
	by: string;
	roles: Record<WorkRole, string>;
	mergedIn: string;
	reviewedIn: string;
	/** `{0}`: how many days. */
	lastDays: string;
	exportCsv: string;
	exportSvg: string;
	/** `{0}`: a file name. */
	saved: string;
	/** What can be done with the parts of a bar. */
	hint: string;
	/** `{0}`: the trees' filter. */
	narrowed: string;
	/** `{0}`: what of whom. */
	treesShow: string;
	showAll: string;
	columns: Record<WorkColumn, string>;
	/** What each column counts; `{0}`: how many days. */
	explained: Record<NumberColumn, string>;
	/** `{0}`: how many drafts and such are stale besides. */
	alsoStale: string;
	explanation: string;
	/** Heads the bars. */
	work: string;
	/** What has nobody in a role. */
	nobody: Record<WorkRole, string>;
	nothing: string;
	notToScale: string;
	/** `{0}` person, `{1}` part, `{2}` count. */
	segment: string;
	/** `{0}`: how many more. */
	showMore: string;
	/** `{0}` of `{1}` people. */
	peopleShown: string;
	nobodyFound: string;
	tableCaption: string;
	nothingStored: string;
	/** `{0}`: a project. */
	projectNotStored: string;

	withClosed: string;
	noMilestones: string;
	milestonesCaption: string;
	milestone: string;
	progress: string;
	/** `{0}` of `{1}` done. */
	doneOf: string;
	done: string;
	left: string;
	due: string;
	closed: string;
	/** `{0}`: a percentage. */
	percent: string;
	emptyMilestone: string;
	unfinishedMilestone: string;
	burnUp: string;
	/** `{0}` milestone, `{1}` opened, `{2}` closed. */
	burnUpSummary: string;
	burnUpNote: string;
	opened: string;
	closedOrMerged: string;
	dueDay: string;
	day: string;
	numbers: string;
	leftByLabel: string;
	labelNote: string;
	label: string;
	noLabel: string;
	nothingLeft: string;
}

/** Puts values in place of `{0}`, `{1}`, …; those may contain braces themselves. */
export function fill(text: string, ...values: (string | number)[]): string {
	return text.replace(/\{(\d+)\}/g, (whole, index: string) => String(values[Number(index)] ?? whole));
}
