import type { OwnRepository } from '../../core/github/ownRepositories';
import { nameWithOwner, parseRepository, repositoryKey, type RepositoryRef } from '../../core/model/repository';
import { errorText } from '../format/errorText';
import type { Localizer } from '../format/localizer';
import { withoutIcons } from '../format/plainText';

/** What is known when a repository is chosen. */
export interface RepositoryChoices {
	/** What has been typed so far. */
	text: string;
	/** The hosts one can sign in to; a bare `owner/repo` may be on any of them. */
	hosts: string[];
	workspace: RepositoryRef[];
	seeded: RepositoryRef[];
	own: OwnRepository[];
	/** Further own repositories are on their way or can be fetched. */
	ownPending: boolean;
	/** Why the own ones could not be fetched; shown quietly. */
	ownProblem?: unknown;
}

/** A row of the list. Labels may hold `$(icon)`; whatever comes from outside is escaped. */
export type ChoiceRow =
	| { kind: 'separator'; label: string }
	| { kind: 'repository'; ref: RepositoryRef; label: string; description: string }
	/** Says something and can't be chosen. */
	| { kind: 'message'; label: string; description?: string };

/**
 * The rows under the field: what has been typed when it names a repository, then the known ones that contain
 * it, each once. Text that is neither gets one row that says what is wrong with it.
 */
export function repositoryRows(choices: RepositoryChoices, l10n: Localizer): ChoiceRow[] {
	const typed = typedRepositories(choices);
	const rows = new RowList(choices, typed, l10n);
	// The editor drops the separators as soon as something is typed.
	const note = (text: string) => (choices.text === '' ? '' : text);
	rows.group(l10n.t('This workspace'), choices.workspace.map((ref) => ({ ref, note: note(l10n.t('this workspace')) })), 'folder');
	rows.group(l10n.t('Recently synced'), choices.seeded.map((ref) => ({ ref, note: note(l10n.t('recently synced')) })), 'database');
	rows.group(
		l10n.t('Your repositories'),
		choices.own.map(({ ref, isPrivate, isArchived }) => ({
			ref,
			note: [isPrivate ? l10n.t('private') : '', isArchived ? l10n.t('archived') : ''].filter((part) => part !== '').join(' · '),
		})),
		'repo',
	);
	const listed = rows.finish();
	const problem: ChoiceRow[] = choices.ownProblem === undefined ? [] : [{
		kind: 'message',
		label: `$(warning) ${l10n.t('Your repositories could not be listed')}`,
		description: withoutIcons(errorText(choices.ownProblem, l10n)),
	}];
	if (listed.length > 0) {
		return [...listed, ...problem];
	}
	return [emptyMessage(choices, typed, l10n), ...problem];
}

/** Whether fetching more of the person's own repositories could still help. */
export function wantsMoreOwn(choices: RepositoryChoices): boolean {
	if (!choices.ownPending || choices.text.trim() === '' || typedRepositories(choices).length > 0) {
		return false;
	}
	const known = [...choices.workspace, ...choices.seeded, ...choices.own.map(({ ref }) => ref)];
	return !known.some((ref) => matches(ref, choices.text));
}

/** Collects groups, leaving out what was there before and what does not contain the typed text. */
class RowList {
	private readonly seen = new Set<string>();
	private readonly rows: ChoiceRow[] = [];

	constructor(
		private readonly choices: RepositoryChoices,
		private readonly typed: RepositoryRef[],
		private readonly l10n: Localizer,
	) {}

	group(title: string, entries: { ref: RepositoryRef; note: string }[], icon: string): void {
		const rows: ChoiceRow[] = [];
		for (const { ref, note } of entries) {
			const key = repositoryKey(ref);
			if (this.seen.has(key) || !(this.isTyped(key) || matches(ref, this.choices.text))) {
				continue;
			}
			this.seen.add(key);
			rows.push(this.row(ref, note, icon));
		}
		if (rows.length > 0) {
			this.rows.push({ kind: 'separator', label: title }, ...rows);
		}
	}

	/** What was typed comes first; but once it names a known repository, that one does, and the same name elsewhere comes last. */
	finish(): ChoiceRow[] {
		const fresh = this.typed.filter((ref) => !this.seen.has(repositoryKey(ref)));
		const rows = fresh.map((ref) => this.row(ref, '', 'arrow-right'));
		return fresh.length === this.typed.length ? [...rows, ...this.rows] : [...this.rows, ...rows];
	}

	private isTyped(key: string): boolean {
		return this.typed.some((ref) => repositoryKey(ref) === key);
	}

	private row(ref: RepositoryRef, note: string, icon: string): ChoiceRow {
		const where = this.choices.hosts.length > 1 ? ref.host : '';
		const description = [where, note].filter((part) => part !== '').join(' · ');
		return { kind: 'repository', ref, label: `$(${icon}) ${nameWithOwner(ref)}`, description };
	}
}

/** What has been typed, read as a repository: on every host when it names none. */
function typedRepositories({ text, hosts }: RepositoryChoices): RepositoryRef[] {
	const refs = new Map<string, RepositoryRef>();
	for (const host of hosts) {
		try {
			const ref = parseRepository(text, host);
			refs.set(repositoryKey(ref), ref);
		} catch {
			return [];
		}
	}
	return [...refs.values()];
}

function emptyMessage({ text, hosts, ownPending }: RepositoryChoices, typed: RepositoryRef[], l10n: Localizer): ChoiceRow {
	if (text.trim() === '' && typed.length === 0) {
		return ownPending
			? { kind: 'message', label: `$(loading~spin) ${l10n.t('Looking for your repositories…')}` }
			: { kind: 'message', label: l10n.t('Type a repository as owner/name, or paste its address.') };
	}
	return { kind: 'message', label: `$(error) ${withoutIcons(whatIsWrong(text, hosts[0], l10n))}` };
}

function whatIsWrong(text: string, host: string | undefined, l10n: Localizer): string {
	try {
		parseRepository(text, host);
		return '';
	} catch (error) {
		return errorText(error, l10n);
	}
}

/** Every word typed is somewhere in `host/owner/name`. */
function matches(ref: RepositoryRef, text: string): boolean {
	const name = repositoryKey(ref);
	return text.toLowerCase().split(/\s+/).every((word) => name.includes(word));
}
