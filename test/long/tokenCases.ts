import type { OrganizationPolicy } from '../github-server/policies';
import type { ReadableList } from '../github-server/readableState';
import {
	actionsToken, classicToken, fineGrainedToken, installationToken, oauthToken, type Permission, type Permissions, type Token,
} from '../github-server/tokens';
import { HARBOR } from './tokenWorld';

/** One token, and what has to become of a seed with it. */
export interface TokenCase {
	readonly kind: string;
	/** What it has, or what of everything it lacks. */
	readonly has: string;
	readonly token: Token;
	/** Another one, which may read everything. */
	readonly better: Token;
	readonly isPublic?: boolean;
	/** A GitHub Enterprise Server that answers an App which lacks a permission with nothing, and without an error. */
	readonly answersEmpty?: boolean;
	/** What such a server leaves no trace of: see `assertEqualsReadable`. */
	readonly untold?: readonly ReadableList[];
	/** It can't read the repository at all. */
	readonly turnedAway?: { readonly exit: 1 | 4; readonly says: RegExp; readonly policy?: OrganizationPolicy };
}

const common = { value: 'the-token', repositories: [HARBOR] };
const person = oauthToken({ value: 'the-better-token', scopes: ['repo', 'read:org'], approvedBy: ['octo'], ssoFor: ['octo', 'acme'] });
const everything: readonly Permission[] = ['pull_requests', 'contents', 'issues', 'checks', 'statuses', 'actions', 'members'];
const app = installationToken({ value: 'the-better-token', permissions: toRead(everything) });

/** What a session of VS Code has that other extensions asked for: microsoft/vscode#151044, microsoft/vscode-pull-request-github#3500. */
const usual = ['read:user', 'user:email', 'repo', 'workflow'];

export const CASES: readonly TokenCase[] = [
	...[['repo'], ['repo', 'read:org'], usual, [...usual, 'project', 'read:org']].map((scopes) => withScopes('OAuth', oauthToken, scopes)),
	...[['repo'], ['repo', 'read:org']].map((scopes) => withScopes('classic', classicToken, scopes)),
	...[['public_repo'], []].map((scopes) => ({ ...withScopes('classic', classicToken, scopes), isPublic: true })),
	...eachMissing('fine-grained', fineGrainedToken, everything.filter((one) => one !== 'checks'), person),
	{ kind: 'fine-grained', has: 'metadata alone', token: fineGrainedToken({ value: common.value, repositories: [] }), better: person, isPublic: true },
	...eachMissing('installation', installationToken, everything, app),
	...eachMissing('Actions', (values) => actionsToken({ ...values, repository: HARBOR }), everything.filter((one) => one !== 'members'), app),
	{ kind: 'Actions', has: 'its default', token: actionsToken({ value: common.value, repository: HARBOR }), better: app, isPublic: true },
	...eachMissing('GHES 3.12, empty', installationToken, everything, app).map((one) => ({ ...one, answersEmpty: true, untold: untoldOf(one.token) })),
	...turnedAway(),
];

/** Some that stand for the others, for every day. */
export const FEW: readonly TokenCase[] = [
	'OAuth: repo',
	'classic: no scope',
	'fine-grained: no contents',
	'installation: no issues',
	'Actions: no checks, no statuses',
	'GHES 3.12, empty: no checks',
	'fine-grained: no pull_requests',
	'fine-grained: forbidden',
	'OAuth: approved by nobody',
	'OAuth: single sign-on, rows',
].flatMap((name) => CASES.filter(({ kind, has }) => `${kind}: ${has}` === name));

function withScopes(kind: string, make: typeof oauthToken, scopes: readonly string[]): TokenCase {
	return { kind, has: scopes.length === 0 ? 'no scope' : scopes.join(' '), token: make({ ...common, scopes }), better: person };
}

/** All permissions, then all but one that a seed can do without, then none of these. */
function eachMissing(kind: string, make: (values: typeof common & { permissions: Permissions }) => Token, all: readonly Permission[], better: Token): TokenCase[] {
	const optional = all.filter((one) => one !== 'pull_requests');
	const but = (missing: readonly Permission[]): Token => make({ ...common, permissions: toRead(all.filter((one) => !missing.includes(one))) });
	return [
		{ kind, has: 'all', token: but([]), better },
		...optional.map((one) => ({ kind, has: `no ${one}`, token: but([one]), better })),
		...(all.includes('checks') ? [{ kind, has: 'no checks, no statuses', token: but(['checks', 'statuses']), better }] : []),
		{ kind, has: 'pull_requests alone', token: but(optional), better },
	];
}

/** That there are no commits or files a client can doubt, or that there is one kind of checks and not the other; the rest it can't. */
function untoldOf({ permissions }: Token): ReadableList[] {
	return [
		...(permissions.issues ? [] : (['linkedIssues'] as const)),
		...(permissions.checks || permissions.statuses ? [] : (['checks'] as const)),
	];
}

function turnedAway(): TokenCase[] {
	const needs = /octo\/harbor.*needs the permissions Metadata and Pull requests/;
	const notGiven = /no repository octo\/harbor on 127\.0\.0\.1.*or your token has not been given access to it/;
	const lacksRepo = /no repository octo\/harbor on 127\.0\.0\.1.*or it is private: your sign-in lacks the scope repo/;
	const optional = toRead(everything.filter((one) => one !== 'pull_requests' && one !== 'checks' && one !== 'members'));
	const row = (kind: string, has: string, token: Token, exit: 1 | 4, says: RegExp, policy?: OrganizationPolicy): TokenCase =>
		({ kind, has, token, better: person, turnedAway: { exit, says, ...(policy && { policy }) } });
	const oauth = oauthToken(common);
	const classic = classicToken(common);
	const fineGrained = fineGrainedToken({ ...common, permissions: { ...optional, pull_requests: 'read' } });
	return [
		row('fine-grained', 'no pull_requests', fineGrainedToken({ ...common, permissions: optional }), 4, needs),
		row('installation', 'no pull_requests', installationToken({ ...common, permissions: optional }), 4, needs),
		row('Actions', 'its default, private', actionsToken({ value: common.value, repository: HARBOR }), 4, needs),
		row('classic', 'public_repo, private', classicToken({ ...common, scopes: ['public_repo'] }), 1, lacksRepo),
		row('fine-grained', 'of another repository', fineGrainedToken({ value: common.value, repositories: [], permissions: optional }), 1, notGiven),
		row('installation', 'of another repository', installationToken({ value: common.value, repositories: [], permissions: optional }), 1, notGiven),
		row('OAuth', 'expired', oauthToken({ ...common, expiresAt: '2026-03-01T00:00:00Z' }), 4, /did not accept your sign-in/),
		row('installation', 'expired', installationToken({ ...common, issuedAt: '2026-03-01T00:00:00Z', permissions: optional }), 4, /did not accept your sign-in/),
		row('OAuth', 'approved by nobody', oauth, 4, /octo has not approved the app that you signed in with/, { oauthAppRestrictions: true }),
		row('classic', 'forbidden', classic, 4, /octo does not accept classic tokens/, { tokenPolicy: { classic: 'forbidden' } }),
		row('fine-grained', 'forbidden', fineGrained, 4, /octo does not accept this fine-grained token/, { tokenPolicy: { fineGrained: 'forbidden' } }),
		row('fine-grained', 'waits for approval', fineGrained, 1, notGiven, { tokenPolicy: { fineGrained: 'approval' } }),
		row('classic', 'lives too long', classic, 4, /octo does not accept tokens that live as long as yours/, { tokenPolicy: { maximumLifetimeDays: 366 } }),
		row('fine-grained', 'lives too long', fineGrained, 4, /octo does not accept tokens that live as long as yours/, { tokenPolicy: { maximumLifetimeDays: 366 } }),
		row('OAuth', 'address not listed', oauth, 4, /octo only answers to IP addresses on its list/, { ipAllowList: true }),
		row('installation', 'address not listed', installationToken({ ...common, permissions: toRead(everything) }), 4, /octo only answers to IP addresses on its list/, { ipAllowList: true }),
		...(['repository', 'rows'] as const).flatMap((saml) => [
			row('OAuth', `single sign-on, ${saml}`, oauth, 4, /octo requires single sign-on\. Authorize/, { saml }),
			row('classic', `single sign-on, ${saml}`, classic, 4, /octo requires single sign-on\. Authorize/, { saml }),
		]),
	];
}

function toRead(names: readonly Permission[]): Permissions {
	return Object.fromEntries(names.map((name) => [name, 'read']));
}
