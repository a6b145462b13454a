import { readFile, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { nodeFiles } from '../core/files/nodeFiles';
import { StorageError, storageError } from '../core/files/storageError';
import { parseJson } from '../core/model/json';
import { messageOf } from '../core/model/humanError';
import type { Project } from '../core/projects/project';
import { readProjects, type ReadProjects } from '../core/projects/readProjects';
import type { Invocation } from './command';
import { storageFolder } from './storageFolder';
import { UsageError } from './usageError';

/** Bytes; nobody writes as many projects. */
const LARGEST = 16 * 1024 * 1024;
const EXAMPLE = '{ "Editors": { "repositories": ["microsoft/vscode", "neovim/neovim"] } }';

/** The projects of a command line, and where they are written. */
export interface ProjectsFile extends ReadProjects {
	path: string;
	/** Only the usual file may be missing: then there are no projects. */
	exists: boolean;
}

/**
 * Reads the file that `--projects` names, else `projects.json` in the storage folder, which need not be there.
 * @throws UsageError when the file is missing though it was named, can't be read, or is no JSON
 */
export async function readProjectsFile({ options, env }: Pick<Invocation, 'options' | 'env'>): Promise<ProjectsFile> {
	const path = options.projects === undefined ? join(storageFolder(options.storage, env), 'projects.json') : namedFile(options.projects);
	const text = await readText(path, options.projects !== undefined);
	return text === undefined ? { path, exists: false, projects: [], problems: [] } : { path, exists: true, ...readProjects(parsed(text, path), { now: Date.now() }) };
}

/**
 * The projects that `--project` names, each once, or all of them with `--all-projects`.
 * @throws UsageError for a name that there is not, and for a project that can't be used
 */
export async function askedProjects(invocation: Pick<Invocation, 'options' | 'env'>): Promise<Project[]> {
	const { project: names = [], 'all-projects': all = false } = invocation.options;
	if (names.length === 0 && !all) {
		if (invocation.options.projects !== undefined) {
			throw new UsageError('--projects names the file; which of its projects? Add --project NAME.');
		}
		return [];
	}
	const file = await readProjectsFile(invocation);
	if (!all) {
		return [...new Set(names)].map((name) => namedProject(name, file));
	}
	// All of them: with one left out it would not be what was asked for.
	const [problem] = file.problems;
	if (problem) {
		throw new UsageError(`${file.path}: ${problem.error.message}`);
	}
	if (file.projects.length === 0) {
		throw new UsageError(noProjectsText(file));
	}
	return file.projects;
}

/** Why there are none, and how there would be some. */
export function noProjectsText({ path, exists }: ProjectsFile): string {
	return `There are no projects: ${path} ${exists ? 'holds none' : 'does not exist'}. Write them there, as in ${EXAMPLE}`;
}

function namedProject(name: string, file: ProjectsFile): Project {
	const found = file.projects.find((project) => project.name === name);
	if (found) {
		return found;
	}
	const problem = file.problems.find((one) => one.name === name) ?? file.problems.find((one) => one.name === null);
	if (problem) {
		throw new UsageError(`${file.path}: ${problem.error.message}`);
	}
	if (file.projects.length === 0) {
		throw new UsageError(`There is no project "${name}". ${noProjectsText(file)}`);
	}
	throw new UsageError(`There is no project "${name}" in ${file.path}. There are ${file.projects.map((project) => project.name).join(', ')}.`);
}

function namedFile(text: string): string {
	if (text.trim() === '') {
		throw new UsageError('--projects needs the name of a file.');
	}
	return resolve(text);
}

async function readText(path: string, isNamed: boolean): Promise<string | undefined> {
	try {
		// A file that somebody names may be anything, a pipe too; the usual one may lie behind a link.
		return isNamed ? await readFile(path, 'utf8') : Buffer.from((await nodeFiles.read(await realpath(path), LARGEST)) ?? []).toString('utf8');
	} catch (error) {
		const isMissing = error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
		if (isMissing && !isNamed) {
			return undefined;
		}
		const failure = isNamed ? error : storageError(error, 'read');
		if (failure instanceof StorageError) {
			throw new UsageError(failure.message, { cause: error });
		}
		throw new UsageError(
			isMissing ? `There is no file ${path}. Write the projects there, as in ${EXAMPLE}` : `The projects in ${path} can't be read: ${messageOf(error)}.`,
			{ cause: error },
		);
	}
}

function parsed(text: string, path: string): unknown {
	try {
		return parseJson(text.replace(/^\ufeff/, ''));
	} catch (error) {
		throw new UsageError(`${path} is not JSON: ${messageOf(error)}. Write it as in ${EXAMPLE}`, { cause: error });
	}
}
