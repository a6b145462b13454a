import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A folder that is a git repository with one remote and no commit. Written by hand: no git, no person's git settings.
 * https://git-scm.com/docs/gitrepository-layout
 *
 * @param folder absolute path; made when absent
 * @param origin the address of the remote `origin`
 */
export async function createGitWorkspace(folder: string, origin: string): Promise<void> {
	const git = join(folder, '.git');
	for (const part of ['objects', join('refs', 'heads')]) await mkdir(join(git, part), { recursive: true });
	await writeFile(join(git, 'HEAD'), 'ref: refs/heads/main\n');
	const config = [
		'[core]',
		'\trepositoryformatversion = 0',
		'\tbare = false',
		'[remote "origin"]',
		`\turl = ${origin}`,
		'\tfetch = +refs/heads/*:refs/remotes/origin/*',
		'',
	];
	await writeFile(join(git, 'config'), config.join('\n'));
}
