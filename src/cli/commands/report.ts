import { HumanError } from '../../core/model/humanError';
import { repositoryList, storedProject, type Project } from '../../core/projects/project';
import type { RepositoryScope } from '../../core/store/sqlite/condition';
import type { RepositoryRow } from '../../core/store/read/repositories';
import { WORK_ROLES, type WorkRole } from '../../core/store/read/workParts';
import type { Store } from '../../core/store/store';
import { dateWindow } from '../../core/sync/seedOptions';
import { numberOption } from '../arguments';
import type { Command } from '../command';
import { askedBy, meOption } from '../asker';
import { askedFilter } from '../askedFilter';
import { asUsageError, endpointOfCommand } from '../endpoint';
import { EXIT } from '../exitCode';
import { partText } from '../measures';
import { askedProjects } from '../projectsFile';
import { changedReport } from '../reports/changedReport';
import { assigneesReport, authorsReport, labelsReport, reviewersReport } from '../reports/groupReports';
import { milestonesReport } from '../reports/milestonesReport';
import { mineReport, turnReport } from '../reports/turnReports';
import { workloadReport } from '../reports/workloadReport';
import { withSession } from '../session';
import { optionalRepository, storedRepository } from '../storedRepository';
import { UsageError } from '../usageError';

const REPORTS = { milestones: milestonesReport, labels: labelsReport, assignees: assigneesReport, workload: workloadReport, authors: authorsReport, reviewers: reviewersReport, turn: turnReport, mine: mineReport, changed: changedReport };
const NAMES = Object.keys(REPORTS).join('|');
/** What an empty one says, where its name is no word for what it lists. */
const NOTHING: Partial<Record<keyof typeof REPORTS, string>> = { turn: 'No open pull requests.', mine: 'No open pull requests of theirs.', changed: 'No changes were seen.' };

export const reportCommand: Command = {
	name: 'report',
	synopsis: `${NAMES} [OWNER/REPO | --project NAME]`,
	summary: 'what is stored, as a table: milestones with progress, labels, assignees, workload by role, authors, reviewers, whose turn each open one is, what is mine, and what changed; a filter narrows all but milestones',
	options: ['project', 'projects', 'stale-days', 'by', 'me', 'stuck-days', 'since'],
	takesFilter: true,
	run: async (invocation) => {
		const { words, output } = invocation;
		const [name, ...rest] = words;
		if (name === undefined || !isReport(name)) {
			throw new UsageError(`Which report? Write pr-seeder report ${NAMES} [OWNER/REPO].`);
		}
		const ref = optionalRepository('report', rest, endpointOfCommand(invocation));
		const staleDays = numberOption('stale-days', invocation.options);
		const by = byOption(name, invocation.options.by);
		const since = sinceOption(name, invocation.options.since);
		const { options } = invocation;
		const stuckDays = numberOption('stuck-days', options);
		meOption(options, askedFilter(options), name === 'mine');
		const projects = await askedProjects(invocation);
		if (ref !== undefined && projects.length > 0) {
			throw new UsageError('report takes a repository or --project NAME, not both.');
		}
		return withSession(invocation, async ({ store }) => {
			const now = Date.now();
			const { asked } = await askedBy(store, options, now, name === 'mine');
			const source = projects.length > 0 ? await ofProjects(store, projects, (text) => output.warn(text)) : await ofRepository(store, ref);
			const { columns, rows, items } = await REPORTS[name]({ store, now, staleDays, by, since, stuckDays, asked, marks: output.marks, ...source });
			await output.table(columns, rows, source.repositories.length === 0 ? 'Nothing is stored yet. Begin with pr-seeder seed OWNER/REPO.' : (NOTHING[name] ?? `No ${name}.`));
			if (asked.text !== '') {
				output.note(`\nOnly of these: ${asked.text}.`);
			}
			const parts = source.repositories.filter(({ totalCount }) => totalCount !== null);
			for (const { nameWithOwner, pullRequests, totalCount } of parts) {
				output.note(`\n${nameWithOwner}: ${partText(pullRequests, totalCount)} pull requests are stored; the numbers are of these.`);
			}
			await output.document({
				[name]: items,
				...(parts.length > 0 && { parts: parts.map(({ host, nameWithOwner, pullRequests, totalCount }) => ({ host, nameWithOwner, pullRequests, totalCount })) }),
			});
			return EXIT.done;
		});
	},
};

interface Source {
	repositories: RepositoryRow[];
	filter: RepositoryScope;
	merged: boolean;
}

/** @throws HumanError when nothing is stored of it */
async function ofRepository(store: Store, ref: Parameters<typeof storedRepository>[1] | undefined): Promise<Source> {
	if (ref === undefined) {
		return { repositories: await store.read.repositories(), filter: {}, merged: false };
	}
	const repository = await storedRepository(store, ref);
	return { repositories: [repository], filter: { repositoryId: repository.id }, merged: false };
}

/** @throws HumanError when nothing is stored of any */
async function ofProjects(store: Store, projects: readonly Project[], warn: (text: string) => void): Promise<Source> {
	const rows = await store.read.repositories();
	const repositories = new Map<number, RepositoryRow>();
	for (const project of projects) {
		const { stored, missing } = storedProject(project, rows);
		const hint = `Seed it: pr-seeder seed --project ${JSON.stringify(project.name)}`;
		if (stored.length === 0) {
			throw new HumanError(`Nothing is stored of project "${project.name}". ${hint}`);
		}
		if (missing.length > 0) {
			warn(`Not stored yet, and not in the report: ${repositoryList(missing)}. ${hint}`);
		}
		stored.forEach((row) => repositories.set(row.id, row));
	}
	return { repositories: [...repositories.values()], filter: { repositoryIds: [...repositories.keys()] }, merged: true };
}

/** @throws UsageError */
function byOption(report: keyof typeof REPORTS, text: string | undefined): WorkRole | undefined {
	if (report !== 'workload' && text !== undefined) {
		throw new UsageError('--by is an option of report workload.');
	}
	const role = WORK_ROLES.find((known) => known === text);
	if (text !== undefined && role === undefined) {
		throw new UsageError(`--by takes ${WORK_ROLES.join(', ')}, not "${text}".`);
	}
	return role;
}

/** The beginning of a day. @throws UsageError for what is none, and in other reports */
function sinceOption(report: keyof typeof REPORTS, day: string | undefined): string | undefined {
	if (report !== 'changed' && day !== undefined) {
		throw new UsageError('--since is an option of report changed.');
	}
	return day === undefined ? undefined : asUsageError(() => dateWindow({ since: day }, Date.now())).since;
}

function isReport(name: string): name is keyof typeof REPORTS {
	return Object.hasOwn(REPORTS, name);
}
