import type { Dialect, Optional } from '../github/dialect';
import type { Check } from '../model/pullRequest';
import type { WithheldPart } from '../model/refusal';
import { sentence, type Sentence } from '../model/sentence';
import type { SeedNote } from './seedReport';

/** What a run ran into. */
export interface Encounter {
	dialect: Dialect;
	host: string;
	/** See {@link GithubClient.isFineGrained}. */
	isFineGrained: boolean;
	/** What is missing of the pull requests that it read. */
	withheld: ReadonlySet<WithheldPart>;
	/** Kinds of checks of which any came. */
	seenChecks: ReadonlySet<Check['kind']>;
}

/** What people miss on a server whose schema lacks it. */
const LACKS: Partial<Record<Optional, () => Sentence>> = {
	'PullRequest.closingIssuesReferences': () => sentence('linked issues'),
	'Commit.statusCheckRollup': () => sentence('checks'),
};

/** One note about everything that the token may not read, and one about what the server does not have. */
export function refusalNotes(encounter: Encounter): SeedNote[] {
	const { dialect, host } = encounter;
	const lacking = dialect.learned.flatMap((what) => (dialect.reasonFor(what) === 'schema' ? (LACKS[what]?.() ?? []) : []));
	return [
		...tokenNote(encounter),
		...(lacking.length > 0 ? [{ said: sentence('{0} is too old to show: {1}.', host, listed(lacking)) }] : []),
	];
}

function tokenNote(encounter: Encounter): SeedNote[] {
	const { dialect, withheld } = encounter;
	const missing = missingParts(encounter);
	const action = withheld.has('teamNames') && dialect.hasScopes ? ({ action: 'grantTeamAccess' } as const) : {};
	if (withheld.has('teamNames')) {
		if (missing.length === 0) {
			return [{ said: onlyTeams(dialect), ...action }];
		}
		missing.push(dialect.hasScopes ? sentence('names of teams (needs the scope read:org)') : sentence('names of teams (needs Members of the organization)'));
	}
	return missing.length > 0 ? [{ said: sentence('Your token may not read: {0}. What is missing is marked as incomplete.', listed(missing)), ...action }] : [];
}

function onlyTeams({ hasScopes }: Dialect): Sentence {
	return hasScopes
		? sentence('Team reviewers are shown as "a team": their names need the scope read:org.')
		: sentence('Team reviewers are shown as "a team": their names need the organization permission Members (read).');
}

/** The names of workflows are not told of: nobody misses them. */
function missingParts(encounter: Encounter): Sentence[] {
	const { dialect, withheld } = encounter;
	const words: Partial<Record<WithheldPart, () => Sentence[]>> = {
		reviewRequests: () => [sentence('review requests (needs Pull requests)')],
		reviews: () => [sentence('reviews (needs Pull requests)')],
		commits: () => [sentence('commits (needs Contents)')],
		files: () => [sentence('changed files (needs Contents)')],
		linkedIssues: () => [
			dialect.has('PullRequest.closingIssuesReferences') ? sentence('linked issues of some other repositories') : sentence('linked issues (needs Issues)'),
		],
		checks: () => missingChecks(encounter),
		mergedBy: () => [sentence('who merged a pull request')],
		standing: () => [sentence('the merge state (needs Pull requests)')],
		reviewThreads: () => [sentence('review threads (needs Pull requests)')],
		events: () => [sentence('the review history (needs Pull requests)')],
	};
	return Object.entries(words).flatMap(([part, say]) => (withheld.has(part as WithheldPart) ? say() : []));
}

/** Over REST each of the two kinds is refused by itself; of a rollup, the kind of which none came. */
function missingChecks({ dialect, isFineGrained, seenChecks }: Encounter): Sentence[] {
	const isOverRest = dialect.rollup === undefined;
	const lacksRuns = isOverRest ? !dialect.has('rest:check-runs') : !seenChecks.has('CHECK_RUN');
	const lacksStatuses = isOverRest ? !dialect.has('rest:statuses') : !seenChecks.has('STATUS_CONTEXT');
	if (!isOverRest && !isFineGrained && lacksRuns === lacksStatuses) {
		return [sentence('some checks (needs Checks and Commit statuses)')];
	}
	// There is no such permission to grant: https://docs.github.com/rest/authentication/permissions-required-for-fine-grained-personal-access-tokens
	const runs = isFineGrained ? sentence('check runs (GitHub shows them to no fine-grained token)') : sentence('check runs (needs Checks)');
	// Without a word there may just be none.
	const tellsStatuses = lacksStatuses && (isOverRest || !isFineGrained);
	return [...(lacksRuns || isFineGrained ? [runs] : []), ...(tellsStatuses ? [sentence('commit statuses (needs Commit statuses)')] : [])];
}

function listed(items: readonly Sentence[]): Sentence {
	return items.reduce((before, item) => sentence('{0}, {1}', before, item));
}
