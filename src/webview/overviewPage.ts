import type { WorkSelection } from '../core/store/read/workParts';
import { button, html, LabelledSelect } from './dom';
import { MilestonesTab } from './milestonesTab';
import { isSameSelection, type Page } from './page';
import type { PageState } from './pageState';
import { TABS, type HostMessage, type ShownChoice, type Results, type StartResult, type Tab } from './protocol';
import type { Question, RequestChannel } from './requestChannel';
import { fill, type OverviewTexts } from './texts';
import { WorkloadTab } from './workloadTab';

/** The select's value for all repositories; no key is empty. */
const ALL = '';

/** The whole page: its head, its two tabs, and what they share. */
export class OverviewPage implements Page {
	readonly texts: OverviewTexts;
	readonly language: string;
	selection: WorkSelection | null;
	private readonly numbers: Intl.NumberFormat;
	private readonly days: Intl.DateTimeFormat;
	private readonly workload: WorkloadTab;
	private readonly milestones: MilestonesTab;
	private readonly repositories: LabelledSelect<string>;
	private readonly tabs: Record<Tab, { tab: HTMLButtonElement; panel: HTMLElement }>;
	private readonly problem = html('div', { class: 'problem', role: 'alert' });
	private readonly status = html('p', { class: 'status', role: 'status' });
	private readonly empty: HTMLElement;
	private readonly part: HTMLElement;

	constructor(
		start: StartResult,
		private readonly channel: Pick<RequestChannel, 'ask'>,
		public state: PageState,
		private readonly keep: (state: PageState) => void,
	) {
		this.texts = start.texts;
		this.language = start.language;
		this.selection = start.selection;
		this.numbers = new Intl.NumberFormat(start.language);
		this.days = new Intl.DateTimeFormat(start.language, { dateStyle: 'medium', timeZone: 'UTC' });
		this.workload = new WorkloadTab(this, () => void this.load());
		this.milestones = new MilestonesTab(this);
		this.empty = html('p', { class: 'note empty', hidden: true });
		this.part = html('p', { class: 'note', hidden: true });
		this.repositories = new LabelledSelect(this.texts.repository, (value) => {
			this.update({ repository: value === ALL ? null : value });
			void this.load();
		});
		this.tabs = {
			workload: this.makeTab('workload', this.texts.workload, this.workload.element),
			milestones: this.makeTab('milestones', this.texts.milestones, this.milestones.element),
		};
		document.documentElement.lang = start.language;
		document.body.replaceChildren(this.layout());
		this.showTab(start.tab ?? state.tab);
	}

	/** Handles what the extension says of itself. */
	onEvent(event: Exclude<HostMessage, { id: number }>): void {
		switch (event.kind) {
			case 'showTab':
				this.showTab(event.tab);
				void this.load();
				break;
			case 'dataChanged':
				void this.load();
				break;
			case 'selectionChanged':
				this.selection = event.selection;
				this.workload.draw();
		}
	}

	/** Asks for what the open tab shows. What is there stays until it comes. */
	async load(): Promise<void> {
		const { tab, repository, mergedDays, role } = this.state;
		if (tab === 'workload') {
			const result = await this.ask<'workload'>({ kind: 'workload', repository, mergedDays, role });
			if (result && this.isStill(tab, repository) && this.state.role === role) {
				this.showRepositories(result);
				this.workload.show(result);
			}
		} else {
			const result = await this.ask<'milestones'>({ kind: 'milestones', repository });
			if (result && this.isStill(tab, repository)) {
				this.showRepositories(result);
				await this.milestones.show(result);
			}
		}
	}

	update(change: Partial<PageState>): void {
		this.state = { ...this.state, ...change };
		this.keep(this.state);
	}

	select(selection: WorkSelection | null): void {
		const next = isSameSelection(this.selection, selection) ? null : selection;
		void this.ask<'filter'>({ kind: 'filter', selection: next });
	}

	say(text: string): void {
		this.status.textContent = text;
	}

	async ask<K extends keyof Results>(question: Question<K>): Promise<Results[K] | undefined> {
		try {
			const result = await this.channel.ask<K>(question);
			this.problem.replaceChildren();
			return result;
		} catch (error) {
			const reason = error instanceof Error ? error.message : String(error);
			this.problem.replaceChildren(html('p', {}, fill(this.texts.failed, reason)), button(this.texts.tryAgain, () => void this.load()));
			return undefined;
		}
	}

	number(value: number): string {
		return this.numbers.format(value);
	}

	day(day: string): string {
		return this.days.format(Date.parse(`${day}T00:00:00Z`));
	}

	/** Whether an answer is still about what is shown. */
	private isStill(tab: Tab, repository: string | null): boolean {
		return this.state.tab === tab && this.state.repository === repository;
	}

	private showRepositories({ repositories, repository, project, part }: ShownChoice): void {
		const [only] = repositories;
		const isOne = repositories.length === 1 && only;
		const whole = project ?? (isOne ? only.name : this.texts.allRepositories);
		const all: [string, string][] = [[ALL, whole], ...(isOne ? [] : repositories.map(({ key, name }): [string, string] => [key, name]))];
		this.repositories.set(all, repositories.length === 1 ? ALL : (repository ?? ALL));
		this.part.hidden = part === '';
		this.part.textContent = part;
		this.empty.hidden = repositories.length > 0;
		this.empty.textContent = project === null ? this.texts.nothingStored : fill(this.texts.projectNotStored, project);
		if (repository !== this.state.repository) {
			this.update({ repository });
		}
	}

	private layout(): HTMLElement {
		const list = html('div', { role: 'tablist', 'aria-label': this.texts.title }, ...TABS.map((tab) => this.tabs[tab].tab));
		return html(
			'main',
			{},
			html('header', {}, html('h1', {}, this.texts.title), this.repositories.element),
			list,
			this.problem,
			this.empty,
			this.part,
			...TABS.map((tab) => this.tabs[tab].panel),
			this.status,
		);
	}

	private makeTab(name: Tab, text: string, content: HTMLElement): { tab: HTMLButtonElement; panel: HTMLElement } {
		const tab = button(text, () => this.open(name), { role: 'tab', id: `tab-${name}`, 'aria-controls': `panel-${name}` });
		tab.addEventListener('keydown', ({ key }) => {
			if (key === 'ArrowLeft' || key === 'ArrowRight') {
				const other = name === 'workload' ? 'milestones' : 'workload';
				this.open(other);
				this.tabs[other].tab.focus();
			}
		});
		return { tab, panel: html('div', { role: 'tabpanel', id: `panel-${name}`, 'aria-labelledby': `tab-${name}` }, content) };
	}

	private open(tab: Tab): void {
		if (tab !== this.state.tab) {
			this.showTab(tab);
			void this.load();
		}
	}

	private showTab(shown: Tab): void {
		this.update({ tab: shown });
		this.say('');
		for (const name of TABS) {
			const { tab, panel } = this.tabs[name];
			tab.setAttribute('aria-selected', String(name === shown));
			tab.tabIndex = name === shown ? 0 : -1;
			panel.hidden = name !== shown;
		}
	}
}
