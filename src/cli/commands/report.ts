import type { RepositoryRow, Store } from '../../core/store/store';
import type { Command } from '../command';
import { endpointOf } from '../endpoint';
import { EXIT } from '../exitCode';
import { assigneesReport, labelsReport } from '../reports/groupReports';
import { milestonesReport } from '../reports/milestonesReport';
import type { Report } from '../reports/report';
import { workloadReport } from '../reports/workloadReport';
import { withSession } from '../session';
import { optionalRepository, storedRepository } from '../storedRepository';
import { UsageError } from '../usageError';

const REPORTS = { milestones: milestonesReport, labels: labelsReport, assignees: assigneesReport, workload: workloadReport };
const NAMES = Object.keys(REPORTS).join('|');

export const reportCommand: Command = {
	name: 'report',
	synopsis: `${NAMES} [OWNER/REPO]`,
	summary: 'what is stored, as a table: milestones with progress, labels, assignees, workload',
	options: [],
	run: (invocation) => {
		const { words, options, output } = invocation;
		const [name, ...rest] = words;
		if (name === undefined || !isReport(name)) {
			throw new UsageError(`Which report? Write pr-seeder report ${NAMES} [OWNER/REPO].`);
		}
		const ref = optionalRepository('report', rest, endpointOf({ host: options.host, apiUrl: options['api-url'] }));
		return withSession(invocation, async ({ store }) => {
			const repositories = ref === undefined ? await store.repositories() : [await storedRepository(store, ref)];
			const { columns, rows, items } = await make(name, store, repositories, ref !== undefined);
			output.table(columns, rows, repositories.length === 0 ? 'Nothing is stored yet. Begin with pr-seeder seed OWNER/REPO.' : `No ${name}.`);
			output.document({ [name]: items });
			return EXIT.done;
		});
	},
};

function make(name: keyof typeof REPORTS, store: Store, repositories: RepositoryRow[], isOne: boolean): Promise<Report> {
	const repositoryId = isOne ? repositories[0]?.id : undefined;
	return REPORTS[name]({ store, repositories, now: Date.now(), filter: repositoryId === undefined ? {} : { repositoryId } });
}

function isReport(name: string): name is keyof typeof REPORTS {
	return Object.hasOwn(REPORTS, name);
}
