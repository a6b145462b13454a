import { storedKey } from '../../core/model/repository';
import { shortNames, type StoredProject } from '../../core/projects/project';
import type { RepositoryScope } from '../../core/store/sqlite/condition';
import type { MergedMilestoneRow } from '../../core/store/read/mergedMilestones';
import type { RepositoryRow } from '../../core/store/read/repositories';
import type { Store } from '../../core/store/store';
import type { ShownChoice } from '../../webview/protocol';
import { formatNumber, type Localizer } from '../format/localizer';
import { partsText } from '../format/partText';
import { labelText } from '../format/plainText';
import { scopeOf, type ProjectScope } from '../projects/projectScope';

/** More repositories of a milestone than these are counted instead. */
const NAMES_SHOWN = 3;

/** What the overview page is about. */
export interface OverviewView {
	/** The project that the trees show. */
	project: StoredProject | undefined;
	/** Its repositories, or all. */
	stored: RepositoryRow[];
	/** The one that was chosen on the page. */
	chosen: RepositoryRow | undefined;
	scope: RepositoryScope;
}

/** @param repository the {@link RepositoryChoice.key} that was chosen on the page; `null`: what the trees show */
export async function overviewView(store: Store, scope: Pick<ProjectScope, 'stored'>, repository: string | null): Promise<OverviewView> {
	const all = await store.read.repositories();
	const project = scope.stored(all);
	const stored = project?.stored ?? all;
	const chosen = stored.find((row) => storedKey(row) === repository);
	return { project, stored, chosen, scope: chosen ? { repositoryId: chosen.id } : scopeOf(project) };
}

/** What the page offers to choose from. */
export function choices({ stored, chosen, project }: OverviewView, l10n: Localizer): ShownChoice {
	return {
		repositories: stored.map((row) => ({ key: storedKey(row), name: row.nameWithOwner })),
		repository: chosen ? storedKey(chosen) : null,
		project: project ? labelText(project.project.name) : null,
		part: partsText(chosen ? [chosen] : stored, l10n),
	};
}

/** Which of a project's repositories have a milestone, where there are several. */
export function repositoriesText({ repositoryIds }: MergedMilestoneRow, stored: readonly RepositoryRow[], l10n: Localizer): string {
	if (stored.length === 1) {
		return '';
	}
	if (repositoryIds.length > NAMES_SHOWN) {
		return l10n.t('{0} repositories', formatNumber(repositoryIds.length, l10n));
	}
	const names = shortNames(stored);
	return repositoryIds.map((id) => names.get(id) ?? '').join(', ');
}
