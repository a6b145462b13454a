import type { Command } from '../command';
import { EXIT } from '../exitCode';
import { refuseWords } from '../words';

export const projectsCommand: Command = {
	name: 'projects',
	synopsis: '',
	summary: 'list the projects',
	options: [],
	run: ({ words, output }) => {
		refuseWords('projects', words);
		output.print('There are no projects: this version knows none yet. Name repositories instead: pr-seeder seed OWNER/REPO…');
		output.document({ projects: [] });
		return Promise.resolve(EXIT.done);
	},
};
