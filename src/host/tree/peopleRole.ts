import * as vscode from 'vscode';
import { Emitter, type Disposable } from '../../core/model/event';
import type { RepositoryRow } from '../../core/store/read/repositories';
import type { StoreWith } from '../../core/store/read/reads';
import type { Keeper } from '../filter/filterState';
import type { Localizer } from '../format/localizer';
import { chooseOne, type Choice } from '../quickInput/steps';

/** By what people are grouped, in the order in which it is offered. */
export const PEOPLE_ROLES = ['author', 'reviewer', 'assignee'] as const;
export type PeopleRole = (typeof PEOPLE_ROLES)[number];

const ROLE_KEY = 'peopleRole';

/**
 * Which role the view of people shows. Until somebody chooses, that of the assignees where at least half of what is open
 * has one, else that of the authors: in many repositories nobody is assigned, and the view would say nothing.
 */
export class PeopleRoleState implements Disposable {
	private readonly changed = new Emitter<undefined>();
	private chosen: PeopleRole | undefined;
	private shown: PeopleRole | undefined;

	readonly onDidChange = this.changed.event;

	/** @param keeper of the workspace */
	constructor(private readonly keeper: Keeper) {
		this.chosen = PEOPLE_ROLES.find((role) => role === keeper.get(ROLE_KEY));
	}

	/** The role for the open pull requests of some repositories. */
	async roleOf(store: StoreWith<'countPullRequests'>, repositories: readonly RepositoryRow[]): Promise<PeopleRole> {
		this.shown = this.chosen ?? ((await isMostlyAssigned(store, repositories)) ? 'assignee' : 'author');
		return this.shown;
	}

	/** The one that is shown; `undefined` while that is not known. */
	get present(): PeopleRole | undefined {
		return this.chosen ?? this.shown;
	}

	/** Shows a role from now on, in this workspace. */
	choose(role: PeopleRole): void {
		this.chosen = role;
		void this.keeper.update(ROLE_KEY, role);
		this.changed.fire(undefined);
	}

	dispose(): void {
		this.shown = undefined;
	}
}

/** Lets a person choose; the present role is checked. */
export async function choosePeopleRole(state: PeopleRoleState): Promise<void> {
	const choices = PEOPLE_ROLES.map((value): Choice<PeopleRole> => {
		const { label, description } = roleRow(value);
		return { value, label: `$(${value === state.present ? 'check' : 'blank'}) ${label}`, description };
	});
	const answer = await chooseOne({ title: vscode.l10n.t('Group People By'), canGoBack: false }, choices, state.present);
	if (answer !== undefined && answer !== 'back') {
		state.choose(answer.value);
	}
}

/** What stands beside the view's title. */
export function roleText(role: PeopleRole, l10n: Localizer): string {
	switch (role) {
		case 'author':
			return l10n.t('by author');
		case 'reviewer':
			return l10n.t('by reviewer');
		case 'assignee':
			return l10n.t('by assignee');
	}
}

function roleRow(role: PeopleRole): { label: string; description: string } {
	switch (role) {
		case 'author':
			return { label: vscode.l10n.t('Author'), description: vscode.l10n.t('who opened it') };
		case 'reviewer':
			return { label: vscode.l10n.t('Reviewer'), description: vscode.l10n.t('who is asked for a review') };
		case 'assignee':
			return { label: vscode.l10n.t('Assignee'), description: vscode.l10n.t('who is assigned') };
	}
}

async function isMostlyAssigned(store: StoreWith<'countPullRequests'>, repositories: readonly RepositoryRow[]): Promise<boolean> {
	const open = repositories.reduce((sum, one) => sum + one.open, 0);
	const scope = { repositoryIds: repositories.map(({ id }) => id) };
	const unassigned = await store.read.countPullRequests({ ...scope, states: ['OPEN'], group: { by: 'assignee', key: null } });
	return open > 0 && 2 * (open - unassigned.OPEN) >= open;
}
