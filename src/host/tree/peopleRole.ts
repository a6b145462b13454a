import * as vscode from 'vscode';
import { firstRole } from '../../core/insights/workRole';
import { Emitter, type Disposable } from '../../core/model/event';
import type { RepositoryRow } from '../../core/store/read/repositories';
import type { StoreWith } from '../../core/store/read/reads';
import { WORK_ROLES, type WorkRole } from '../../core/store/read/workParts';
import type { Keeper } from '../filter/filterState';
import type { Localizer } from '../format/localizer';
import { chooseOne, type Choice } from '../quickInput/steps';

const ROLE_KEY = 'peopleRole';

/**
 * Which role the view of people shows; until somebody chooses, see {@link firstRole}.
 */
export class PeopleRoleState implements Disposable {
	private readonly changed = new Emitter<undefined>();
	private chosen: WorkRole | undefined;
	private shown: WorkRole | undefined;

	readonly onDidChange = this.changed.event;

	/** @param keeper of the workspace */
	constructor(private readonly keeper: Keeper) {
		this.chosen = WORK_ROLES.find((role) => role === keeper.get(ROLE_KEY));
	}

	/** The role for the open pull requests of some repositories. */
	async roleOf(store: StoreWith<'countPullRequests'>, repositories: readonly RepositoryRow[]): Promise<WorkRole> {
		this.shown = this.chosen ?? (await firstRole(store, { repositoryIds: repositories.map(({ id }) => id) }));
		return this.shown;
	}

	/** The one that is shown; `undefined` while that is not known. */
	get present(): WorkRole | undefined {
		return this.chosen ?? this.shown;
	}

	/** Shows a role from now on, in this workspace. */
	choose(role: WorkRole): void {
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
	const choices = WORK_ROLES.map((value): Choice<WorkRole> => {
		const { label, description } = roleRow(value);
		return { value, label: `$(${value === state.present ? 'check' : 'blank'}) ${label}`, description };
	});
	const answer = await chooseOne({ title: vscode.l10n.t('Group People By'), canGoBack: false }, choices, state.present);
	if (answer !== undefined && answer !== 'back') {
		state.choose(answer.value);
	}
}

/** What stands beside the view's title. */
export function roleText(role: WorkRole, l10n: Localizer): string {
	switch (role) {
		case 'author':
			return l10n.t('by author');
		case 'reviewer':
			return l10n.t('by reviewer');
		case 'assignee':
			return l10n.t('by assignee');
	}
}

function roleRow(role: WorkRole): { label: string; description: string } {
	switch (role) {
		case 'author':
			return { label: vscode.l10n.t('Author'), description: vscode.l10n.t('who opened it') };
		case 'reviewer':
			return { label: vscode.l10n.t('Reviewer'), description: vscode.l10n.t('who is asked for a review') };
		case 'assignee':
			return { label: vscode.l10n.t('Assignee'), description: vscode.l10n.t('who is assigned') };
	}
}
