import { GithubError } from '../../../src/core/github/errors';
import { isRefusal } from '../../../src/core/github/refusals';
import { isObject } from '../../../src/core/model/guards';
import { no, open, some, yes, type Belief, type Verdict } from '../belief';
import { at, dataOf, NotAnsweredError, rowsOf, type Facts } from '../facts';
import { commitPageQuery, decision, idsQuery, nodeQuery, SURVEYED_ISSUES, type CommitPageAnswer, type DecisionRow, type IdsAnswer, type NodeAnswer } from '../ownQueries';

/** What comes as null, what stops where, and how things are named. */
export const rowBeliefs: readonly Belief[] = [
	{
		id: 'foreign-issues',
		believed: 'A linked issue that the token may not see is null or missing in the list, without an error.',
		where: '`github/lists.ts`, `github/mapping.ts`: the list is marked incomplete',
		settle: '`--pr N` of one that closes an issue of a private repository, which the token may not see',
		judge: foreignIssues,
	},
	{
		id: 'hidden-teams',
		believed: 'A team that the token may not see is a null reviewer in a row that stays, with or without an error.',
		where: '`github/holes.ts`, `github/nodeReaders.ts`: it is stored as "a team"',
		settle: '`--pr N` of one that waits for a secret team; a fine-grained token, and one of somebody outside of it',
		judge: hiddenTeams,
	},
	{
		id: 'new-node-ids',
		believed: 'With the header `X-Github-Next-Global-ID: 1` every id has the new form.',
		where: '`github/client.ts`, `sync/renewedIds.ts`',
		settle: 'a repository from before 2021',
		judge: newIds,
	},
	{
		id: 'former-node-ids',
		believed: 'An id of the former form still finds its object, which answers with the new one.',
		where: '`sync/probe.ts`, `sync/details.ts`: stored ids are asked for after a change of form',
		settle: 'a repository from before 2021',
		judge: formerIds,
	},
	{
		id: 'files-total',
		believed: '`files.totalCount` stops at 3,000, while `changedFiles` says how many there are.',
		where: '`github/mapping.ts`: such a list is marked incomplete',
		settle: '`--pr N` of one with more than 3,000 files',
		judge: filesTotal,
	},
	{
		id: 'commits-total',
		believed: '`commits.totalCount` stops at 10,000, and not before.',
		where: '`sync/overflow.ts`: a list as long as its total counts as whole',
		settle: '`--pr N` of one with more than 10,000 commits',
		judge: commitsTotal,
	},
	{
		id: 'commits-past-250',
		believed: '`commits` goes on past the 250 at which REST stops.',
		where: '`sync/overflow.ts`: fewer rows than the total are marked incomplete',
		settle: '`--pr N` of one with more than 250 commits',
		judge: commitsPast250,
	},
	{
		id: 'decision-without-rule',
		believed: '`reviewDecision` is null where no rule of the base branch asks for reviews.',
		where: '`insights/turn.ts`: null decides nothing',
		settle: 'a repository without such a rule, and a review that approves',
		judge: decisionWithoutRule,
	},
];

async function foreignIssues(facts: Facts): Promise<Verdict> {
	const answer = await facts.survey();
	const rows = rowsOf(answer);
	const refused = answer.errors.filter(({ path }) => path?.at(-3) === 'closingIssuesReferences');
	if (refused.length > 0) return no(`an error at the place of the issue: ${refused[0]?.type ?? ''} ${refused[0]?.message ?? ''}`);
	const nulls = rows.filter(({ closingIssuesReferences: list }) => list?.nodes?.includes(null));
	if (nulls.length > 0) return yes(`null without an error on ${some(nulls.map(({ number }) => number))}`);
	const fewer = rows.filter(({ closingIssuesReferences: list }) => list && (list.nodes ?? []).length < Math.min(list.totalCount, SURVEYED_ISSUES));
	if (fewer.length > 0) return yes(`fewer rows than the total says on ${some(fewer.map(({ number }) => number))}, without an error`);
	return open('every linked issue that is counted came: name with --pr one that closes an issue which this token may not see; when that changes nothing, it is missing in the total too');
}

async function hiddenTeams(facts: Facts): Promise<Verdict> {
	const answer = await facts.survey();
	const rows = rowsOf(answer);
	const refused = answer.errors.flatMap((entry) => (isRefusal(entry) && entry.path?.at(-1) === 'requestedReviewer' ? [entry.path] : []));
	if (refused.length > 0) {
		const gone = refused.filter((path) => !isObject(at(answer.data, path.slice(0, -1))));
		return gone.length === 0 ? yes(`${refused.length} refused with an error, and the rows are there`) : no(`${gone.length} rows are gone`);
	}
	const silent = rows.filter(({ reviewRequests: list }) => list?.nodes?.some((node) => node !== null && node.requestedReviewer === null));
	if (silent.length > 0) return open(`null without an error on ${some(silent.map(({ number }) => number))}: look in a browser whether that is a hidden team or an account that is gone`);
	return open('no reviewer that came as null: name with --pr one that waits for a team which this token may not see');
}

interface Ids {
	readonly sent: IdsAnswer;
	readonly former: IdsAnswer;
}

async function idsOf(facts: Facts): Promise<Ids> {
	return {
		sent: dataOf(await facts.ask<IdsAnswer>('Ids', idsQuery, facts.place)),
		former: dataOf(await facts.ask<IdsAnswer>('Ids', idsQuery, facts.place, { client: facts.formerClient, key: 'Ids without the header' })),
	};
}

const idsIn = ({ repository }: IdsAnswer): string[] => (repository ? [repository.id, ...(repository.oldest.nodes ?? []).flatMap((node) => node?.id ?? [])] : []);
/** https://github.blog/engineering/platform-security/new-global-id-format-coming-to-graphql/ */
const isNew = (id: string): boolean => /^[A-Z]{1,5}_[\w-]+$/.test(id);

async function newIds(facts: Facts): Promise<Verdict> {
	const ids = await idsOf(facts);
	const sent = idsIn(ids.sent);
	const others = sent.filter((id) => !isNew(id));
	const former = idsIn(ids.former).filter((id) => !isNew(id)).length;
	return others.length > 0 ? no(`${others[0] ?? ''} came with the header`) : yes(`${sent.length} of ${sent.length} with the header; without it ${former} had the former form`);
}

async function formerIds(facts: Facts): Promise<Verdict> {
	const { sent, former } = await idsOf(facts);
	const [was, is] = [former, sent].map(({ repository }) => repository?.oldest.nodes?.[0]);
	if (!was || !is || isNew(was.id)) return open('the oldest pull request answers with an id of the new form without the header too: use an older repository');
	const { node } = dataOf(await facts.ask<NodeAnswer>('Node', nodeQuery, { id: was.id }));
	if (node === null) return no(`the former id of #${was.number} finds nothing`);
	return node.id === is.id ? yes(`the former id of #${was.number} finds it, and it answers with the new one`) : no(`the former id of #${was.number} answers with ${node.id}, the new one is ${is.id}`);
}

async function filesTotal(facts: Facts): Promise<Verdict> {
	const large = rowsOf(await facts.survey()).filter(({ changedFiles }) => changedFiles > 3_000);
	const [first] = large;
	if (!first) return open('no pull request of more than 3,000 files among those looked at: name one with --pr');
	const seen = `#${first.number} has ${first.changedFiles} changed files, and files.totalCount is ${first.files?.totalCount ?? 'null'}`;
	return (first.files?.totalCount === 3_000 ? yes : no)(seen);
}

async function commitsTotal(facts: Facts): Promise<Verdict> {
	const [most] = rowsOf(await facts.commits()).sort((left, right) => (right.commits?.totalCount ?? 0) - (left.commits?.totalCount ?? 0));
	const total = most?.commits?.totalCount ?? 0;
	if (!most || total < 10_000) return open(`the most commits of those looked at are ${total}: name one of more than 10,000 with --pr`);
	return (total === 10_000 ? yes : no)(`the total of #${most.number} is ${total}`);
}

async function commitsPast250(facts: Facts): Promise<Verdict> {
	const large = rowsOf(await facts.commits()).find(({ commits }) => (commits?.totalCount ?? 0) > 250);
	if (!large) return open('no pull request of more than 250 commits among those looked at: name one with --pr');
	let given = 0;
	let total = 0;
	for (let after: string | null = null, page = 1; page <= 3; page++) {
		const { node }: CommitPageAnswer = dataOf(await facts.ask<CommitPageAnswer>('CommitPage', commitPageQuery, { id: large.id, after }, { key: `CommitPage ${page}` }));
		if (!node?.commits) throw new NotAnsweredError('the list of commits is null');
		given += node.commits.nodes?.length ?? 0;
		total = node.commits.totalCount;
		after = node.commits.pageInfo.endCursor;
		if (!node.commits.pageInfo.hasNextPage) break;
	}
	const seen = `#${large.number} has ${total} commits by its total, and ${given} came in at most 3 pages`;
	return (given > 250 ? yes : no)(seen);
}

async function decisionWithoutRule(facts: Facts): Promise<Verdict> {
	const judged = rowsOf(await facts.decisions<DecisionRow>(decision)).filter(({ reviews, baseRef }) => baseRef && (reviews?.totalCount ?? 0) > 0);
	const row = judged.find(({ baseRef }) => !baseRef?.refUpdateRule?.requiredApprovingReviewCount);
	if (!row) return open('no pull request that was approved or refused, whose base branch is there and asks for no reviews');
	if (row.reviewDecision === null) return yes(`#${row.number} has a judging review, and its decision is null`);
	// A ruleset asks for reviews too, and does not show in the branch.
	const { owner, name } = facts.place;
	const rules = await rulesOf(facts, { owner, repo: name, branch: row.baseRefName });
	if (rules === undefined) return open(`the decision of #${row.number} is ${row.reviewDecision}, and the rules of its base branch can't be read`);
	return rules ? open(`a ruleset asks for reviews of #${row.number}`) : no(`the decision of #${row.number} is ${row.reviewDecision} without a rule`);
}

/** Whether a ruleset asks for reviews; `undefined`: not told. https://docs.github.com/en/rest/repos/rules#get-rules-for-a-branch */
async function rulesOf(facts: Facts, branch: { owner: string; repo: string; branch: string }): Promise<boolean | undefined> {
	facts.meter.expectOneLeft();
	try {
		const { data } = await facts.client.rest<unknown>('/repos/{owner}/{repo}/rules/branches/{branch}', branch);
		return Array.isArray(data) ? data.some((rule: unknown) => isObject(rule) && rule['type'] === 'pull_request') : undefined;
	} catch (error) {
		if (error instanceof GithubError) return undefined;
		throw error;
	}
}
