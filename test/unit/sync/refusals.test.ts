import assert from 'node:assert/strict';
import { ForbiddenError, MissingScopeError, SamlError } from '../../../src/core/github/errors';
import { HIDDEN_TEAM, type PullRequest } from '../../../src/core/model/pullRequest';
import { inEnglish } from '../../../src/core/model/sentence';
import type { RepositoryReport } from '../../../src/core/sync/seedReport';
import type { GithubServerOptions } from '../../github-server/githubServer';
import { classicToken, fineGrainedToken, installationToken, oauthToken, type Token } from '../../github-server/tokens';
import { assertEqualsServer } from './equality';
import { REPO, SyncHarness, TOKEN } from './syncHarness';

/** The queries of the last run, by their names. */
const queriesOf = (h: SyncHarness, name: string) => h.requests.filter(({ operationName }) => operationName === name).map(({ query }) => query ?? '');
const notesOf = (report: RepositoryReport) => report.notes.map(({ said }) => inEnglish(said)).join('\n');
const fineGrained = (permissions: Record<string, 'read'> = {}): Token => fineGrainedToken({ value: TOKEN, permissions: { metadata: 'read', pull_requests: 'read', ...permissions } });

describe('what a token may not be asked', () => {
	let h: SyncHarness;
	afterEach(() => h.stop());

	async function start(token: Token, options: Partial<Omit<GithubServerOptions, 'world'>> & { ghes?: boolean } = {}): Promise<void> {
		h = await SyncHarness.start({ tokens: [token], ...options });
		h.world.setPrivate(REPO);
		h.createPullRequests(3);
		h.world.requestReview(REPO, 1, 'octo-ada');
		h.world.requestReview(REPO, 1, 'octo/crew');
		h.world.addReview(REPO, 2, 'octo-bea', 'APPROVED', 'Good');
		h.world.addCheck(REPO, 2, { name: 'build' });
		h.world.setStatus(REPO, 2, 'ci/legacy', 'FAILURE');
		h.world.linkIssue(REPO, 3, 900);
		h.later();
	}

	async function stored(number: number): Promise<PullRequest> {
		return (await (await h.cache()).read(number))?.pullRequest ?? assert.fail(`#${number} is not stored`);
	}

	async function assertSecondRunIsOneRequest(): Promise<void> {
		h.later();
		await h.seed();
		assert.deepEqual(h.operations, ['Probe']);
	}

	it('a team: with repo alone the query names no field of it, and it is a reviewer without a name', async () => {
		await start(oauthToken({ value: TOKEN, scopes: ['repo'] }));
		const report = await h.seed();
		assert.ok(queriesOf(h, 'Details').every((query) => !query.includes('on Team')));
		assert.deepEqual((await stored(1)).details?.reviewRequests.map(({ login, kind }) => [login, kind]), [['octo-ada', 'USER'], [HIDDEN_TEAM, 'TEAM']]);
		assert.deepEqual(report.partial, []);
		assert.deepEqual(report.notes.map(({ action }) => action), ['grantTeamAccess']);
		assert.match(notesOf(report), /read:org/);
		await assertEqualsServer(h);
		await assertSecondRunIsOneRequest();
	});

	it('a team: a scope that covers it brings its name', async () => {
		await start(oauthToken({ value: TOKEN, scopes: ['repo', 'admin:org'] }));
		const report = await h.seed();
		assert.deepEqual(report.notes, []);
		await assertEqualsServer(h, REPO, { teamNames: true });
	});

	it('a team: whose name is known stays named while another token may not read it', async () => {
		await start(oauthToken({ value: TOKEN, scopes: ['repo', 'read:org'] }));
		await h.seed();
		h.server.setToken(oauthToken({ value: TOKEN, scopes: ['repo'] }));
		h.later();
		h.world.editTitle(REPO, 1, 'Read again');
		h.later();
		await h.seed();
		await assertEqualsServer(h, REPO, { teamNames: true });
	});

	it('a team: one without a name that could be read keeps no other from its name', async () => {
		await start(oauthToken({ value: TOKEN, scopes: ['repo'] }));
		h.world.requestReview(REPO, 3, 'enterprises/corp/all');
		h.later();
		await h.seed();
		h.server.setToken(oauthToken({ value: 'another-token', scopes: ['repo', 'read:org'] }));
		h.token = 'another-token';
		h.later();
		const report = await h.seed();
		assert.deepEqual(report.notes, []);
		assert.deepEqual((await stored(1)).details?.reviewRequests.map(({ login }) => login), ['octo-ada', 'octo/crew']);
		assert.deepEqual((await stored(3)).details?.reviewRequests.map(({ login }) => login), [HIDDEN_TEAM]);
		await assertSecondRunIsOneRequest();
	});

	it('a refusal of the whole query for a scope leaves out what needs it, and costs one request', async () => {
		await start(oauthToken({ value: TOKEN, scopes: ['repo'] }));
		// The header is lost on the way, as a proxy does.
		h.server.addFault({
			kind: 'patch',
			times: Infinity,
			patch: ({ headers, ...answer }) => ({ ...answer, headers: Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'x-oauth-scopes')) }),
		});
		await h.seed();
		assert.deepEqual(queriesOf(h, 'Details').map((query) => query.includes('on Team')), [true, false]);
		await assertEqualsServer(h);
		h.later();
		h.world.editTitle(REPO, 1, 'Read again');
		h.later();
		await h.seed();
		assert.deepEqual(queriesOf(h, 'Details').map((query) => query.includes('on Team')), [false], 'it is remembered');
	});

	it('a scope that nothing can do without is named', async () => {
		await start(classicToken({ value: TOKEN, scopes: ['read:user'] }), { extraScopes: { 'PullRequestConnection.totalCount': ['public_repo'] } });
		h.world.setPrivate(REPO, false);
		const error = await h.fail();
		assert.ok(error instanceof MissingScopeError, error.stack);
		assert.match(error.message, /public_repo/);
	});

	it('commits, which take the whole row with them: the rest is read without', async () => {
		await start(fineGrained({ issues: 'read', statuses: 'read', members: 'read' }));
		const report = await h.seed();
		assert.match(notesOf(report), /commits \(needs Contents\).*changed files \(needs Contents\)/s);
		assert.deepEqual((await stored(2)).partial, ['commits', 'files', 'checks']);
		assert.equal((await stored(2)).details?.reviews.length, 1);
		assert.deepEqual([report.partial, report.pending], [[1, 2, 3], []]);
		await assertSecondRunIsOneRequest();
	});

	it('check runs of a fine-grained token: the statuses and the state of all stay', async () => {
		await start(fineGrained({ contents: 'read', issues: 'read', statuses: 'read', members: 'read' }));
		const report = await h.seed();
		const { details, partial } = await stored(2);
		assert.deepEqual(details?.checks.map(({ name }) => name), ['ci/legacy']);
		assert.deepEqual([details.checksState, partial], ['FAILURE', ['checks']]);
		assert.deepEqual([report.partial, report.requests.rest], [[2], 0]);
		await assertSecondRunIsOneRequest();
		h.world.setStatus(REPO, 2, 'ci/legacy', 'SUCCESS');
		await h.seed();
		assert.equal((await stored(2)).details?.checks[0]?.conclusion, 'SUCCESS');
	});

	it('a rollup that is refused as a whole: what REST gives is taken, list by list', async () => {
		await start(installationToken({ value: TOKEN, repositories: [REPO], permissions: { metadata: 'read', pull_requests: 'read', contents: 'read', issues: 'read' } }));
		const report = await h.seed();
		assert.deepEqual((await stored(2)).partial, ['checks']);
		assert.match(notesOf(report), /check runs .*, commit statuses /);
		assert.equal(report.requests.rest, 2, 'asked once for each list, not for each pull request');
		await assertSecondRunIsOneRequest();
	});

	it('all that is missing is told in one note, with nothing that such a token can not be given', async () => {
		const token = fineGrainedToken({ value: `github_pat_${TOKEN}`, permissions: { metadata: 'read', pull_requests: 'read', issues: 'read', statuses: 'read' } });
		await start(token);
		h.token = token.value;
		const { notes } = await h.seed();
		assert.deepEqual(notes.map(({ said }) => inEnglish(said)), [
			'Your token may not read: commits (needs Contents), changed files (needs Contents), check runs (GitHub shows them to no fine-grained token), names of teams (needs Members of the organization). What is missing is marked as incomplete.',
		]);
		h.later();
		h.world.editTitle(REPO, 2, 'Read again');
		h.later();
		const again = notesOf(await h.seed());
		assert.match(again, /commits.*changed files.*check runs/, 'told again of what is read again, though it was learned before');
		assert.doesNotMatch(again, /teams/);
	});

	it('checks that another token read are all marked, not those whose turn it is, and none is no longer believed', async () => {
		await start(oauthToken({ value: TOKEN, scopes: ['repo'] }));
		await h.seed();
		h.server.setToken(fineGrainedToken({ value: 'weaker', permissions: { metadata: 'read', pull_requests: 'read' } }));
		h.token = 'weaker';
		h.later();
		const report = await h.seed();
		const marked = async () => {
			const { store } = await h.open();
			const rows = await store.read.pullRequests({}, { offset: 0, limit: 10, order: { by: 'number', ascending: true } });
			return rows.map(({ checksState, partial }) => [checksState, partial.includes('checks')]);
		};
		assert.deepEqual(await marked(), [['unknown', true], ['failure', true], ['unknown', true]]);
		assert.match(notesOf(report), /check runs/);
		await assertSecondRunIsOneRequest();
		assert.match(notesOf(await h.seed({ verify: true })), /check runs/, 'they can not be compared');
		h.token = TOKEN;
		h.later();
		await h.seed();
		assert.deepEqual(await marked(), [['none', false], ['failure', false], ['none', false]]);
	});

	it('the name of a team that alone is refused stays, and nothing is said of it', async () => {
		await start(oauthToken({ value: TOKEN, scopes: ['repo', 'read:org'] }));
		h.world.requestReview(REPO, 1, 'octo/web');
		h.later();
		await h.seed();
		h.server.addFault({
			kind: 'patch',
			times: Infinity,
			match: { kind: 'graphql' },
			patch: (answer) => {
				const body = structuredClone(answer.body) as { data?: { nodes?: { reviewRequests?: { nodes: { requestedReviewer: { slug?: string } | null }[] } }[] } };
				body.data?.nodes?.forEach(({ reviewRequests }) => reviewRequests?.nodes.forEach((request) => {
					request.requestedReviewer = request.requestedReviewer?.slug === 'web' ? null : request.requestedReviewer;
				}));
				return { ...answer, body };
			},
		});
		h.later();
		const report = await h.seed({ refresh: true });
		assert.deepEqual((await stored(1)).details?.reviewRequests.map(({ login }) => login).sort(), ['octo-ada', 'octo/crew', 'octo/web']);
		assert.deepEqual(report.notes, []);
	});

	it('the name of a workflow that was refused comes with the token that may read it, also after a run without check runs', async () => {
		const permissions = { metadata: 'read', pull_requests: 'read', contents: 'read', issues: 'read', checks: 'read', statuses: 'read', members: 'read' } as const;
		await start(installationToken({ value: TOKEN, permissions }));
		await h.seed();
		h.server.setToken(oauthToken({ value: 'another-token', scopes: ['repo', 'read:org'] }));
		h.token = 'another-token';
		h.later();
		await h.seed({ checkRuns: false });
		h.later();
		await h.seed({ checkRuns: false });
		assert.deepEqual(h.operations, ['Probe']);
		h.later();
		await h.seed();
		await assertEqualsServer(h, REPO, { teamNames: true });
	});

	it('one kind of checks that an App may not read is told by its permission', async () => {
		const all = { metadata: 'read', pull_requests: 'read', contents: 'read', issues: 'read', members: 'read', actions: 'read' } as const;
		for (const [permissions, expected] of [
			[{ ...all, statuses: 'read' }, /: check runs \(needs Checks\)\. /],
			[{ ...all, checks: 'read' }, /: commit statuses \(needs Commit statuses\)\. /],
		] as const) {
			await start(installationToken({ value: TOKEN, repositories: [REPO], permissions }));
			assert.match(notesOf(await h.seed()), expected);
			await h.stop();
		}
		await start(fineGrained());
	});

	it('a team without a name beside one with its name asks for no permission', async () => {
		await start(installationToken({ value: TOKEN, permissions: { metadata: 'read', pull_requests: 'read', contents: 'read', issues: 'read', checks: 'read', statuses: 'read', actions: 'read', members: 'read' } }));
		h.world.requestReview(REPO, 3, 'enterprises/corp/all');
		h.later();
		assert.deepEqual((await h.seed()).notes, []);
		await assertSecondRunIsOneRequest();
		h.world.editTitle(REPO, 3, 'Read alone');
		h.later();
		await h.seed();
		h.later();
		h.world.editTitle(REPO, 1, 'Shows the name of a team');
		h.later();
		await h.seed();
		h.later();
		await h.seed();
		h.later();
		await assertSecondRunIsOneRequest();
	});

	it('a team hidden without an error, and one refused, still has to review', async () => {
		for (const token of [
			installationToken({ value: TOKEN, repositories: [REPO], permissions: { metadata: 'read', pull_requests: 'read', contents: 'read', issues: 'read', checks: 'read', statuses: 'read' } }),
			fineGrained({ contents: 'read', issues: 'read', statuses: 'read' }),
		]) {
			await start(token);
			const report = await h.seed();
			assert.deepEqual((await stored(1)).details?.reviewRequests.map(({ login }) => login), ['octo-ada', HIDDEN_TEAM]);
			assert.match(notesOf(report), /Members/);
			assert.ok(!report.partial.includes(1));
			await h.stop();
		}
		await start(fineGrained());
	});

	it('what was refused is tried again after a day, with one pull request, and not before', async () => {
		await start(fineGrained({ issues: 'read' }));
		await h.seed();
		h.later(25 * 3_600);
		const report = await h.seed();
		// One pull request for commits, files and checks, another one for the name of its team, and one for the commit of its review.
		assert.ok(h.requests.length <= 6, h.operations.join());
		assert.deepEqual(queriesOf(h, 'Details').map((query) => query.includes('commits(')), [true, false]);
		assert.equal(report.updated, 3);
		await assertSecondRunIsOneRequest();
	});

	it('what was refused comes with the permission, in one run', async () => {
		await start(fineGrained({ issues: 'read', statuses: 'read', members: 'read' }));
		await h.seed();
		h.server.setToken(fineGrained({ issues: 'read', statuses: 'read', members: 'read', contents: 'read' }));
		h.later(25 * 3_600);
		const report = await h.seed();
		assert.deepEqual(report.partial, [2], 'check runs are never shown to such a token');
		assert.equal((await stored(3)).details?.commits.length, 1);
	});

	it('an older server: members of a union, types and fields that it lacks cost one request', async () => {
		h = await SyncHarness.start({ schemaProfile: 'ghes-3.0', ghes: true });
		h.createPullRequests(30);
		h.world.requestReview(REPO, 1, 'octo-ada');
		h.world.addCheck(REPO, 2, { name: 'build' });
		h.later();
		const report = await h.seed();
		assert.deepEqual(report.partial, []);
		const refused = h.requests.filter(({ points, status }) => status === 200 && points === 0);
		const known = (await h.cache()).state.refusals?.items ?? [];
		assert.ok(known.length > 0 && refused.length <= known.length, `${h.operations.join()} for ${known.map(({ what }) => what).join()}`);
		assert.equal((await stored(2)).details?.checks.length, 1);
		await assertSecondRunIsOneRequest();
		h.world.createRepository('octo/pier');
		h.world.createPullRequest('octo/pier', { title: 'Of another repository' });
		h.later();
		await h.seed({}, 'octo/pier');
		assert.deepEqual(h.requests.filter(({ points, status }) => status === 200 && points === 0), [], 'what the server lacks is known for all of its repositories');
	});

	it('a linked issue of an organization that refuses is no refusal of anything else', async () => {
		await start(oauthToken({ value: TOKEN, scopes: ['repo'] }));
		h.world.createRepository('strict/tracker');
		h.world.policies.set('strict', { saml: 'repository' });
		h.world.linkIssue(REPO, 2, 5, 'Behind single sign-on', 'strict/tracker');
		h.later();
		const report = await h.seed();
		assert.deepEqual([report.partial, report.pending], [[2], []]);
		const { details, partial } = await stored(2);
		assert.deepEqual(partial, ['linkedIssues']);
		assert.equal(details?.checks.length, 2, 'checks are read all the same');
		await assertSecondRunIsOneRequest();
	});

	it('what an organization forbids is told in one sentence each, and nothing stored is lost', async () => {
		await start(oauthToken({ value: TOKEN, scopes: ['repo'] }));
		h.world.setPrivate(REPO, false);
		await h.seed();
		const cases: [Parameters<typeof h.world.policies.set>[1], Token, RegExp][] = [
			[{ oauthAppRestrictions: true }, oauthToken({ value: TOKEN, scopes: ['repo'] }), /octo has not approved the app/],
			[{ tokenPolicy: { classic: 'forbidden' } }, classicToken({ value: TOKEN, scopes: ['repo'] }), /does not accept classic tokens/],
			[{ tokenPolicy: { maximumLifetimeDays: 7 } }, classicToken({ value: TOKEN, scopes: ['repo'] }), /tokens that live as long as yours/],
			[{ ipAllowList: true }, oauthToken({ value: TOKEN, scopes: ['repo'] }), /IP addresses/],
			[{ saml: 'repository' }, oauthToken({ value: TOKEN, scopes: ['repo'] }), /single sign-on/],
		];
		for (const [policy, token, words] of cases) {
			h.world.policies.set('octo', policy);
			h.server.setToken(token);
			const error = await h.fail();
			assert.ok(error instanceof ForbiddenError || error instanceof SamlError, error.stack);
			assert.match(error.message, words);
		}
		h.world.policies.set('octo', {});
		h.later();
		await h.seed();
		await assertEqualsServer(h);
	});

	it('a server that shows nothing any more, without an error, takes nothing away', async () => {
		const mayRead = (permissions: Record<string, 'read'>) => installationToken({ value: TOKEN, repositories: [REPO], permissions: { metadata: 'read', contents: 'read', ...permissions } });
		await start(mayRead({ pull_requests: 'read', issues: 'read' }), { permissionsAnswerEmpty: true });
		h.createPullRequests(20);
		h.later();
		await h.seed();
		h.server.setToken(mayRead({}));
		h.later();
		const report = await h.seed();
		assert.equal((await h.cache()).entries.size, 23);
		assert.match(notesOf(report), /no longer shows any pull requests/);
	});
});
