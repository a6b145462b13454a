import { nameWithOwner, type RepositoryRef } from '../../core/model/repository';
import type { Project } from '../../core/projects/project';
import type { Command } from '../command';
import { EXIT } from '../exitCode';
import { noProjectsText, readProjectsFile } from '../projectsFile';
import { repositoryTitle } from '../storedRepository';
import { refuseWords } from '../words';

export const projectsCommand: Command = {
	name: 'projects',
	synopsis: '',
	summary: 'list the projects: named groups of repositories, and how they are seeded',
	options: ['projects'],
	emptyDocument: { projects: [] },
	run: async (invocation) => {
		const { words, output } = invocation;
		refuseWords('projects', words);
		const file = await readProjectsFile(invocation);
		const rows = file.projects.map((project) => [project.name, project.repositories.map(titleOf).join(', '), optionsText(project)]);
		if (rows.length > 0 || file.problems.length === 0) {
			await output.table([{ title: 'Project' }, { title: 'Repositories' }, { title: 'Options' }], rows, noProjectsText(file));
		}
		for (const { error } of file.problems) {
			output.warn(`${file.path}: ${error.message}`);
		}
		await output.document({ projects: file.projects.map(projectItem), ...(file.problems.length > 0 && { problems: file.problems.map(({ name, error }) => ({ name, message: error.message })) }) });
		return file.problems.length > 0 ? EXIT.usage : EXIT.done;
	},
};

/** The options as they would be typed; a dash without any. */
function optionsText({ options: { maxPullRequests, allOpen, since, checkRuns } }: Project): string {
	const parts = [
		...(maxPullRequests === undefined ? [] : [`--max-prs ${maxPullRequests}`]),
		...(allOpen === true ? ['--all-open'] : []),
		...(since === undefined ? [] : [`--since ${since.slice(0, 10)}`]),
		...(checkRuns === false ? ['--no-check-runs'] : []),
	];
	return parts.length === 0 ? '–' : parts.join(' ');
}

function projectItem({ name, repositories, options }: Project): object {
	return { name, repositories: repositories.map(namesOf), options };
}

function titleOf(ref: RepositoryRef): string {
	return repositoryTitle(namesOf(ref));
}

function namesOf(ref: RepositoryRef): { host: string; nameWithOwner: string } {
	return { host: ref.host, nameWithOwner: nameWithOwner(ref) };
}
