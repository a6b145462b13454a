import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asFilter, conditionEntries, conditionTexts, filterParameters, readConditions, takeConditions, type ConditionName, type Conditions } from '../../../src/core/filter/conditions';
import type { Parameter } from '../../../src/core/filter/parameters';
import { inEnglish } from '../../../src/core/model/sentence';
import { parseArguments } from '../../../src/cli/arguments';
import { askedFilter } from '../../../src/cli/askedFilter';
import { UsageError } from '../../../src/cli/usageError';
import { ToolInput, ToolInputError } from '../../../src/host/tools/toolInput';
import { repositoryRoot } from '../../vscode/paths';

interface Example {
	value: unknown;
	text: string;
	tool: object;
	options: string[];
}

/** Every condition as it is asked for on every way. A new one needs its line here. */
const EXAMPLES: Record<ConditionName, Example[]> = {
	state: [
		{ value: 'merged', text: 'merged', tool: { state: 'merged' }, options: ['--state', 'merged'] },
		{ value: 'closed', text: 'closed, not merged', tool: { state: 'closed' }, options: ['--state=closed'] },
		{ value: 'all', text: 'all states', tool: { state: 'all' }, options: ['--state', 'all'] },
	],
	labels: [
		{ value: { match: 'any', names: ['bug', 'ui'] }, text: 'labeled any of bug, ui', tool: { labels: ['bug', 'ui'] }, options: ['--label', 'bug ', '--label', ' ui'] },
		{ value: { match: 'none', names: ['a, b'] }, text: 'not labeled a, b', tool: { labels: ['a, b'], labelMatch: 'none' }, options: ['--label', 'a, b', '--label-match', 'none'] },
		{ value: { match: 'all', names: ['bug', 'ui'] }, text: 'labeled all of bug, ui', tool: { labels: ['bug', 'ui'], labelMatch: 'all' }, options: ['--label', 'bug', '--label', 'ui', '--label-match', 'all'] },
	],
	author: [
		{ value: 'ada', text: 'by ada', tool: { author: 'ada' }, options: ['--author', 'ada'] },
		{ value: '@me', text: 'by me', tool: { author: '@me' }, options: ['--author', '@me'] },
	],
	bots: [
		{ value: true, text: 'by bots only', tool: { bots: true }, options: ['--bots'] },
		{ value: false, text: 'not by bots', tool: { bots: false }, options: ['--no-bots'] },
	],
	reviewer: [
		{ value: 'octo/core', text: 'review requested of octo/core', tool: { reviewer: 'octo/core', withoutReviewer: false }, options: ['--reviewer', 'octo/core'] },
		{ value: '@me', text: 'review requested of me', tool: { reviewer: '@me' }, options: ['--reviewer', '@me'] },
		{ value: null, text: 'nobody asked for a review', tool: { withoutReviewer: true }, options: ['--without-reviewer'] },
	],
	assignee: [
		{ value: 'zoe', text: 'assigned to zoe', tool: { assignee: 'zoe', unassigned: false }, options: ['--assignee', 'zoe'] },
		{ value: '@me', text: 'assigned to me', tool: { assignee: '@me' }, options: ['--assignee', '@me'] },
		{ value: null, text: 'assigned to nobody', tool: { unassigned: true }, options: ['--unassigned'] },
	],
	milestone: [
		{ value: '1.0, final', text: 'in milestone 1.0, final', tool: { milestone: '1.0, final' }, options: ['--milestone', '1.0, final'] },
		{ value: null, text: 'in no milestone', tool: { withoutMilestone: true }, options: ['--without-milestone'] },
	],
	draft: [
		{ value: true, text: 'drafts only', tool: { draft: true }, options: ['--draft'] },
		{ value: false, text: 'no drafts', tool: { draft: false }, options: ['--no-draft'] },
	],
	reviewState: [
		{ value: 'approved', text: 'approved', tool: { reviewState: 'approved' }, options: ['--review-state', 'approved'] },
		{ value: 'changes-requested', text: 'changes requested', tool: { reviewState: 'changes-requested' }, options: ['--review-state', 'changes-requested'] },
		{ value: 'review-required', text: 'review required', tool: { reviewState: 'review-required' }, options: ['--review-state', 'review-required'] },
		{ value: 'none', text: 'no decisive review known', tool: { reviewState: 'none' }, options: ['--review-state', 'none'] },
	],
	checks: [
		{ value: 'failing', text: 'failing checks', tool: { checks: 'failing' }, options: ['--checks', 'failing'] },
		{ value: 'running', text: 'running checks', tool: { checks: 'running' }, options: ['--checks', 'running'] },
		{ value: 'passing', text: 'passing checks', tool: { checks: 'passing' }, options: ['--checks', 'passing'] },
		{ value: 'none', text: 'no checks', tool: { checks: 'none' }, options: ['--checks', 'none'] },
		{ value: 'unknown', text: 'checks not known', tool: { checks: 'unknown' }, options: ['--checks=unknown'] },
	],
	conflicts: [
		{ value: true, text: 'with conflicts', tool: { conflicts: true }, options: ['--conflicts'] },
		{ value: false, text: 'without conflicts', tool: { conflicts: false }, options: ['--no-conflicts'] },
	],
	turn: [{ value: 'reviewers', text: 'waiting for reviewers', tool: { turn: 'reviewers' }, options: ['--turn', 'reviewers'] }],
	stuck: [
		{ value: true, text: 'stuck', tool: { stuck: true }, options: ['--stuck'] },
		{ value: false, text: 'not stuck', tool: { stuck: false }, options: ['--no-stuck'] },
	],
	text: [{ value: 'crane', text: '"crane" in the title', tool: { text: ' crane ' }, options: ['--text', 'crane'] }],
};

const names = conditionEntries().map(([name]) => name);

const fromTool = (input: object) => takeConditions(new ToolInput(input, filterParameters().map(({ name }) => name)));
const fromOptions = (...options: string[]) => askedFilter(parseArguments(['export', ...options]).options);

describe('the conditions of a filter', () => {
	for (const name of names) {
		it(`${name}: kept, in words, from a tool and from the command line as one`, () => {
			for (const { value, text, tool, options } of EXAMPLES[name]) {
				const conditions = { [name]: value } as Conditions;
				assert.deepEqual(readConditions(JSON.parse(JSON.stringify(conditions)) as object), conditions, 'kept over a restart');
				assert.deepEqual(conditionTexts(conditions).map(inEnglish), [text]);
				assert.deepEqual(fromTool(tool), conditions);
				assert.deepEqual(fromOptions(...options), { conditions, filter: asFilter(conditions), isGiven: true, text: value === 'all' ? '' : text });
			}
		});
	}

	it('ask for nothing where nothing is given, and leave out what they do not understand', () => {
		assert.deepEqual([fromTool({}), fromTool({ author: null, labels: null }), readConditions({}), fromOptions()], [{}, {}, {}, { conditions: {}, filter: {}, isGiven: false, text: '' }]);
		const odd = { state: 'gone', labels: { match: 'some', names: ['x'] }, author: 1, assignee: 2, milestone: {}, draft: 'no', bots: 1, reviewer: 2, reviewState: 'merged', checks: 3, conflicts: 'UNKNOWN', text: '  ' };
		assert.deepEqual(readConditions(odd), {});
		assert.deepEqual(readConditions({ labels: { match: 'any', names: [] } }), {});
	});

	it('refuse values that are none, by the name that was typed', () => {
		for (const [input, message] of [
			[{ state: 'gone' }, /"state" has to be one of/],
			[{ labelMatch: 'all' }, /"labelMatch" needs "labels"/],
			[{ assignee: 'ada', unassigned: true }, /either "assignee" or "unassigned"/],
			[{ checks: 'red' }, /"checks" has to be one of/],
			[{ reviewer: 'ada', withoutReviewer: true }, /either "reviewer" or "withoutReviewer"/],
			[{ draft: 'yes' }, /"draft" has to be true or false/],
		] as const) assert.throws(() => fromTool(input), (error) => error instanceof ToolInputError && message.test(error.message));
		for (const [options, message] of [
			[['--state', 'gone'], /^--state takes open, merged, closed or all, not "gone"\.$/],
			[['--label-match', 'all'], /^--label-match needs --label\.$/],
			[['--milestone', '1.0', '--without-milestone'], /^Give either --milestone or --without-milestone, not both\.$/],
			[['--draft', '--no-draft'], /^Give either --draft or --no-draft, not both\.$/],
			[['--author', ' '], /^--author needs a value\.$/],
			[['--label='], /^--label needs a value\.$/],
		] as const) assert.throws(() => fromOptions(...options), (error) => error instanceof UsageError && message.test(error.message));
	});

	it('are in the manifest as the tool takes them', () => {
		const manifest = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as { contributes: { languageModelTools: { name: string; inputSchema: { properties: Record<string, object> } }[] } };
		const properties = manifest.contributes.languageModelTools.find(({ name }) => name === 'prSeeder_listPullRequests')?.inputSchema.properties ?? {};
		for (const parameter of filterParameters()) assert.deepEqual(properties[parameter.name], schemaOf(parameter), parameter.name);
	});
});

/** What the tool takes where nothing is given. */
const DEFAULTS: Readonly<Record<string, string>> = { state: 'open', labelMatch: 'any' };

function schemaOf({ name, kind, description, not, choices }: Parameter): object {
	const usual = DEFAULTS[name] === undefined ? '' : ` Default: ${DEFAULTS[name]}.`;
	const words = { description: not === undefined ? `${description}${usual}` : `true: ${description}; false: ${not}.` };
	switch (kind) {
		case 'text':
			return { type: 'string', ...words };
		case 'texts':
			return { type: 'array', items: { type: 'string' }, maxItems: 50, ...words };
		case 'choice':
			return { type: 'string', enum: choices, ...words };
		case 'flag':
			return { type: 'boolean', ...words };
	}
}
