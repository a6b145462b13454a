import { attributesOf, conditionTexts } from '../../core/filter/conditions';
import { burnUpModel } from '../../core/insights/burnUpModel';
import { isOverdue } from '../../core/insights/due';
import { leftByLabel, milestoneProgress } from '../../core/insights/milestoneModel';
import { workloadModel, workPeriod } from '../../core/insights/workloadModel';
import { firstRole } from '../../core/insights/workRole';
import type { Clock } from '../../core/model/clock';
import { HumanError } from '../../core/model/humanError';
import { sentence } from '../../core/model/sentence';
import type { MergedMilestoneKey, MilestoneKey } from '../../core/store/read/burnUp';
import type { RepositoryScope } from '../../core/store/sqlite/condition';
import type { MilestoneStanding } from '../../core/store/read/milestones';
import type { Store } from '../../core/store/store';
import type {
	FilterRequest,
	MilestoneItem,
	MilestoneRequest,
	MilestoneResult,
	MilestonesRequest,
	MilestonesResult,
	PageRequest,
	Results,
	SaveRequest,
	StartResult,
	Tab,
	WorkloadRequest,
	WorkloadResult,
} from '../../webview/protocol';
import { dueText } from '../format/dueText';
import type { Localizer } from '../format/localizer';
import { oneLine } from '../format/plainText';
import { conditionText } from '../filter/filterText';
import type { ProjectScope } from '../projects/projectScope';
import { overviewTexts } from './overviewTexts';
import { choices, overviewView, repositoriesText } from './overviewView';
import type { WorkFilter } from './workFilter';

export interface OverviewSources {
	store: () => Promise<Store>;
	filter: Pick<WorkFilter, 'get' | 'asker' | 'work' | 'applyWork'>;
	scope: Pick<ProjectScope, 'stored'>;
	/** Days without an update after which a pull request is stale. */
	staleDays: () => number;
	clock: Pick<Clock, 'now'>;
	l10n: Localizer;
	/** Asks where to and writes it. @returns the file's name, `undefined` when turned away */
	save: (format: SaveRequest['format'], content: string) => Promise<string | undefined>;
	/** The tab that a command asked for, once. */
	takeTab: () => Tab | undefined;
}

/** Answers what the overview page asks. A failure is thrown. */
export class OverviewRequests {
	constructor(private readonly sources: OverviewSources) {}

	async answer(request: PageRequest): Promise<Results[keyof Results]> {
		switch (request.kind) {
			case 'start':
				return this.start();
			case 'workload':
				return this.workload(request);
			case 'milestones':
				return this.milestones(request);
			case 'milestone':
				return this.milestone(request);
			case 'filter':
				return this.filter(request);
			case 'save':
				return { name: (await this.sources.save(request.format, request.content)) ?? null };
		}
	}

	private start(): StartResult {
		const { l10n, filter, takeTab } = this.sources;
		return { texts: overviewTexts(l10n), language: l10n.language, tab: takeTab() ?? null, selection: filter.work ?? null };
	}

	/** Under the filter that the numbers were counted under, so that the trees show as many. */
	private filter({ selection }: FilterRequest): null {
		const { filter } = this.sources;
		filter.applyWork(selection === null ? undefined : { ...selection, attributes: attributesOf(filter.get(), filter.asker) });
		return null;
	}

	private async workload({ repository, mergedDays, role: chosenRole }: WorkloadRequest): Promise<WorkloadResult> {
		const { clock, staleDays, filter, l10n } = this.sources;
		const attributes = attributesOf(filter.get(), filter.asker);
		const store = await this.sources.store();
		const view = await overviewView(store, this.sources.scope, repository);
		const { chosen } = view;
		const period = workPeriod(clock.now(), { staleDays: staleDays(), mergedDays });
		const role = chosenRole ?? (await firstRole(store, view.scope));
		const rows = await store.read.workload({ ...view.scope, ...period, role, attributes });
		return {
			...choices(view, this.sources.l10n),
			model: workloadModel(rows),
			role,
			period: { staleBefore: period.staleBefore, role, ...(chosen ? { repository: { host: chosen.host, nameWithOwner: chosen.nameWithOwner } } : {}) },
			staleDays: staleDays(),
			narrowed: conditionTexts(attributes).map((said) => conditionText(said, l10n)).join(' · '),
		};
	}

	private async milestones({ repository }: MilestonesRequest): Promise<MilestonesResult> {
		const store = await this.sources.store();
		const view = await overviewView(store, this.sources.scope, repository);
		if (view.project && !view.chosen) {
			const rows = await store.read.mergedMilestones(view.scope);
			return { ...choices(view, this.sources.l10n), milestones: rows.map((row) => this.item(row, row.key, repositoriesText(row, view.stored, this.sources.l10n))) };
		}
		const names = new Map(view.stored.length > 1 && !view.chosen ? view.stored.map((row) => [row.id, row.nameWithOwner]) : []);
		const rows = await store.read.milestones(view.scope);
		return { ...choices(view, this.sources.l10n), milestones: rows.map((row) => this.item(row, [row.repositoryId, row.nodeId], names.get(row.repositoryId) ?? '')) };
	}

	private async milestone({ milestone }: MilestoneRequest): Promise<MilestoneResult> {
		const store = await this.sources.store();
		const key = readMilestoneKey(milestone, (await overviewView(store, this.sources.scope, null)).scope);
		const today = new Date(this.sources.clock.now()).toISOString().slice(0, 10);
		const [rows, groups] = await Promise.all([
			store.read.burnUp(key),
			'nodeId' in key
				? store.read.groups('label', { repositoryId: key.repositoryId, states: ['OPEN'], group: { by: 'milestone', key: key.nodeId } })
				: store.read.mergedGroups('label', { repositoryIds: key.repositoryIds, states: ['OPEN'], group: { by: 'milestone', key: key.key, merged: true } }),
		]);
		const left = leftByLabel(groups).map((one) => ({ ...one, name: one.name === null ? null : oneLine(one.name) }));
		return { points: burnUpModel(rows, today).points, left };
	}

	private item(row: MilestoneStanding, key: string | [number, string], repository: string): MilestoneItem {
		const { clock, l10n } = this.sources;
		return {
			...milestoneProgress(row),
			key: JSON.stringify(key),
			title: oneLine(row.title) || '—',
			repository,
			closed: row.state === 'CLOSED',
			due: dueText(row, clock.now(), l10n),
			dueDay: row.dueOn?.slice(0, 10) ?? null,
			overdue: isOverdue(row, clock.now()),
		};
	}
}

/** @param scope what the page is about: a project's milestones are named by their title alone */
function readMilestoneKey(text: string, { repositoryIds }: RepositoryScope): MilestoneKey | MergedMilestoneKey {
	const parsed: unknown = JSON.parse(text);
	if (typeof parsed === 'string' && repositoryIds) {
		return { repositoryIds, key: parsed };
	}
	const [repositoryId, nodeId] = Array.isArray(parsed) ? (parsed as unknown[]) : [];
	if (typeof repositoryId !== 'number' || typeof nodeId !== 'string') {
		throw new HumanError(sentence('There is no such milestone.'));
	}
	return { repositoryId, nodeId };
}
