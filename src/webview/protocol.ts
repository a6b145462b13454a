// What the overview page and the extension say to each other. One interface a message, a union each way;
// every request has an id and is answered once, with a reply or an error.
import type { BurnUpPoint } from '../core/insights/burnUpModel';
import type { LabelLeft, MilestoneProgress } from '../core/insights/milestoneModel';
import type { WorkloadModel } from '../core/insights/workloadModel';
import type { WorkRole, WorkSelection } from '../core/store/read/workParts';
import type { OverviewTexts } from './texts';

export const TABS = ['workload', 'milestones'] as const;
export type Tab = (typeof TABS)[number];

/** The periods of merged work, in days. */
export const MERGED_DAYS = [7, 30, 90] as const;
export type MergedDays = (typeof MERGED_DAYS)[number];

// ---- page → extension

/** The page has started, and asks for what does not change while it lives. */
export interface StartRequest {
	kind: 'start';
	id: number;
}

/** @see RepositoryChoice.key; `null`: all repositories */
export interface WorkloadRequest {
	kind: 'workload';
	id: number;
	repository: string | null;
	mergedDays: MergedDays;
	/** `null`: the one that says more of these repositories. */
	role: WorkRole | null;
}

export interface MilestonesRequest {
	kind: 'milestones';
	id: number;
	repository: string | null;
}

export interface MilestoneRequest {
	kind: 'milestone';
	id: number;
	/** @see MilestoneItem.key */
	milestone: string;
}

/** Shows a part of the work in the trees; `null` shows all again. */
export interface FilterRequest {
	kind: 'filter';
	id: number;
	selection: WorkSelection | null;
}

/** Lets a person choose where to save what the page has written. */
export interface SaveRequest {
	kind: 'save';
	id: number;
	format: 'csv' | 'svg';
	content: string;
}

export type PageRequest = StartRequest | WorkloadRequest | MilestonesRequest | MilestoneRequest | FilterRequest | SaveRequest;

// ---- extension → page

export interface StartResult {
	texts: OverviewTexts;
	/** For `Intl`, such as `en` or `pt-BR`. */
	language: string;
	/** The tab that was asked for; `null`: the one that was open last. */
	tab: Tab | null;
	/** What the trees show now. */
	selection: WorkSelection | null;
}

export interface RepositoryChoice {
	/** `host/owner/name`; the same after the data was cleared and fetched again. */
	key: string;
	name: string;
}

/** What the numbers are about, and what else they could be about. */
export interface ShownChoice {
	repositories: RepositoryChoice[];
	/** The one that was asked for, if it is still there; `null`: all. */
	repository: string | null;
	/** The project that all of them are of; `null`: every stored one is there. */
	project: string | null;
	/** In words, that only a part of it is stored; empty where all of it is. */
	part: string;
}

export interface WorkloadResult extends ShownChoice {
	model: WorkloadModel;
	/** By which the model is. */
	role: WorkRole;
	/** Completes a {@link WorkSelection}, so that the trees show exactly what was counted. */
	period: Pick<WorkSelection, 'staleBefore' | 'repository' | 'role'>;
	staleDays: number;
	/** The trees' filter in words, as far as it is counted under; empty without one. */
	narrowed: string;
}

export interface MilestoneItem extends MilestoneProgress {
	/** To ask for its details. */
	key: string;
	title: string;
	/** Of which repository, or of which of a project's; empty while only one is shown. */
	repository: string;
	closed: boolean;
	/** Its day in words, `due in 3 days`; empty without one. */
	due: string;
	/** `2026-01-31`; `null` without one. */
	dueDay: string | null;
	overdue: boolean;
}

export interface MilestonesResult extends ShownChoice {
	/** The order of the trees: by due day, closed ones last. */
	milestones: MilestoneItem[];
}

export interface MilestoneResult {
	points: BurnUpPoint[];
	left: LabelLeft[];
}

export interface SaveResult {
	/** `null`: turned away. */
	name: string | null;
}

/** What each request is answered with. */
export interface Results {
	start: StartResult;
	workload: WorkloadResult;
	milestones: MilestonesResult;
	milestone: MilestoneResult;
	filter: null;
	save: SaveResult;
}

export interface Reply {
	kind: 'reply';
	id: number;
	result: Results[keyof Results];
}

/** The request failed; the message says to a person what to do. */
export interface ErrorReply {
	kind: 'error';
	id: number;
	message: string;
}

/** A command asks for a tab of a page that is open already. */
export interface TabEvent {
	kind: 'showTab';
	tab: Tab;
}

/** Rows changed: what is shown should be asked for again. */
export interface DataEvent {
	kind: 'dataChanged';
}

/** The trees show something else now, whoever chose it. */
export interface SelectionEvent {
	kind: 'selectionChanged';
	selection: WorkSelection | null;
}

export type HostMessage = Reply | ErrorReply | TabEvent | DataEvent | SelectionEvent;
