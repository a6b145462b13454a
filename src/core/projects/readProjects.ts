import { HumanError, messageOf } from '../model/humanError';
import { isCount, isObject } from '../model/guards';
import { parseRepository, repositoryKey, type RepositoryRef } from '../model/repository';
import { sentence, type Sentence } from '../model/sentence';
import { dateWindow, type SeedOptions } from '../sync/seedOptions';
import type { Project } from './project';

/** What was made of a text that should hold projects. */
export interface ReadProjects {
	/** Those that can be used, in the order in which they were written. */
	projects: Project[];
	problems: ProjectProblem[];
}

/** A project that can't be used. */
export interface ProjectProblem {
	/** `null` when there is not even a project. */
	name: string | null;
	/** Says which project, which entry, and what to write instead. */
	error: HumanError;
}

export interface ProjectDefaults {
	/** Milliseconds since the Unix epoch, from which `daysBack` counts. */
	now: number;
	/** What holds where a project says nothing. */
	options?: SeedOptions;
}

const ENTRIES = ['repositories', 'maxPullRequests', 'allOpen', 'daysBack', 'checkRuns'];
const EXAMPLE = '{ "Editors": { "repositories": ["microsoft/vscode", "neovim/neovim"], "maxPullRequests": 500 } }';

/**
 * Reads the value of the setting `prSeeder.projects`, or of a `projects.json`. It may be anything: a project that
 * can't be used is told of and keeps nobody from the others.
 */
export function readProjects(value: unknown, { now, options = {} }: ProjectDefaults): ReadProjects {
	if (!isObject(value)) {
		return { projects: [], problems: [{ name: null, error: new HumanError(sentence('Projects are an object with a name for each: write {0}.', EXAMPLE)) }] };
	}
	const read: ReadProjects = { projects: [], problems: [] };
	for (const [name, project] of Object.entries(value)) {
		const found = readOrError(() => readProject(name, project, { now, options }));
		if (found instanceof HumanError) {
			read.problems.push({ name, error: found });
		} else {
			read.projects.push(found);
		}
	}
	return read;
}

/** @throws HumanError */
function readProject(name: string, value: unknown, { now, options }: Required<ProjectDefaults>): Project {
	const title = quoted(name);
	if (name.trim() === '') {
		throw new HumanError(sentence('A project has no name: write one in place of the empty key, as in "Editors".'));
	}
	if (!isObject(value)) {
		throw new HumanError(sentence('Project {0} is not an object: write {1}.', title, EXAMPLE));
	}
	const foreign = Object.keys(value).find((entry) => !ENTRIES.includes(entry));
	if (foreign !== undefined) {
		throw new HumanError(sentence('Project {0} has an unknown key {1}; allowed: {2}.', title, quoted(foreign), ENTRIES.join(', ')));
	}
	return { name, repositories: readRepositories(title, value['repositories']), options: readOptions(title, value, { now, options }) };
}

function readRepositories(title: string, value: unknown): RepositoryRef[] {
	if (!Array.isArray(value) || value.length === 0) {
		throw new HumanError(sentence('Project {0} names no repository: write "repositories" as a list, as in ["octo-org/hello-world"].', title));
	}
	const found = new Map<string, RepositoryRef>();
	for (const [index, entry] of (value as unknown[]).entries()) {
		if (typeof entry !== 'string') {
			throw new HumanError(sentence('Project {0}, repository {1} is {2}: write a text, as in "octo-org/hello-world".', title, index + 1, quoted(entry)));
		}
		const ref = readOrError(() => parseRepository(entry));
		if (ref instanceof HumanError) {
			throw new HumanError(sentence('Project {0}, repository {1}: {2}', title, index + 1, ref.sentence ?? messageOf(ref)), { cause: ref });
		}
		if (!found.has(repositoryKey(ref))) {
			found.set(repositoryKey(ref), ref);
		}
	}
	return [...found.values()];
}

/** What was read, or what is wrong with it. @throws whatever else happens */
function readOrError<T>(read: () => T): T | HumanError {
	try {
		return read();
	} catch (error) {
		if (error instanceof HumanError) {
			return error;
		}
		throw error;
	}
}

function readOptions(title: string, value: Record<string, unknown>, { now, options }: Required<ProjectDefaults>): SeedOptions {
	const { maxPullRequests, allOpen, daysBack, checkRuns } = value;
	const merged: SeedOptions = { ...options };
	if (maxPullRequests !== undefined) {
		if (!isCount(maxPullRequests)) {
			throw wrongEntry(title, 'maxPullRequests', maxPullRequests, sentence('a whole number, as in 500; 0 fetches all'));
		}
		// All of them, whatever holds otherwise.
		delete merged.maxPullRequests;
		Object.assign(merged, maxPullRequests === 0 ? {} : { maxPullRequests });
	}
	if (allOpen !== undefined) {
		if (typeof allOpen !== 'boolean') {
			throw wrongEntry(title, 'allOpen', allOpen, sentence('true or false'));
		}
		merged.allOpen = allOpen;
	}
	if (daysBack !== undefined) {
		if (!isCount(daysBack) || daysBack === 0) {
			throw wrongEntry(title, 'daysBack', daysBack, sentence('a whole number of at least 1, as in 90'));
		}
		Object.assign(merged, dateWindow({ daysBack }, now));
	}
	if (checkRuns !== undefined) {
		if (typeof checkRuns !== 'boolean') {
			throw wrongEntry(title, 'checkRuns', checkRuns, sentence('true or false'));
		}
		merged.checkRuns = checkRuns;
	}
	return merged;
}

function wrongEntry(title: string, entry: string, value: unknown, instead: Sentence): HumanError {
	return new HumanError(sentence('Project {0}, "{1}" is {2}: write {3}.', title, entry, quoted(value), instead));
}

/** A value as it stands in JSON, as much of it as tells which one it is. */
function quoted(value: unknown): string {
	// Not everything has a JSON text, whatever the type says.
	const text = (JSON.stringify(value) as string | undefined) ?? String(value);
	return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}
