import { extname, resolve } from 'node:path';
import { copyDatabase, FileExistsError, writePieces, type TargetFile } from '../../core/export/exportFile';
import { EXPORT_KINDS, exportRows, type ExportKind, type ExportRows } from '../../core/export/exportRows';
import { EXPORT_FORMATS, writeText, type ExportFormat } from '../../core/export/exportText';
import { workPeriod } from '../../core/insights/workloadModel';
import { CancelledError, HumanError } from '../../core/model/humanError';
import { shownText } from '../../core/model/visibleText';
import { askedBy, meOption } from '../asker';
import { askedFilter, openAttributes, type AskedFilter } from '../askedFilter';
import { numberOption, type Options } from '../arguments';
import { cancellable } from '../cancellation';
import type { Command, Invocation } from '../command';
import { endpointOfCommand } from '../endpoint';
import { EXIT, type ExitCode } from '../exitCode';
import { counted, partText } from '../measures';
import { withSession, type Session } from '../session';
import { optionalRepository, storedRepository } from '../storedRepository';
import { UsageError } from '../usageError';

const NAMES = [...EXPORT_KINDS, 'database'].join('|');

export const exportCommand: Command = {
	name: 'export',
	synopsis: `${NAMES} [OWNER/REPO]`,
	summary: 'what is stored, for other programs: as CSV or JSON, or the database as a file; a filter chooses pull requests and workload',
	options: ['format', 'output', 'force', 'stale-days', 'me', 'stuck-days'],
	takesFilter: true,
	run: (invocation) => {
		const { words, options } = invocation;
		const [name, ...rest] = words;
		if (name === 'database') {
			return exportDatabase(invocation, rest);
		}
		if (name === undefined || !isKind(name)) {
			throw new UsageError(`Export what? Write pr-seeder export ${NAMES} [OWNER/REPO].`);
		}
		const ref = optionalRepository('export', rest, endpointOfCommand(invocation));
		const path = outputFile(options);
		const format = formatOf(options, path);
		const staleDays = numberOption('stale-days', options);
		const plain = askedFilter(options);
		meOption(options, plain);
		if (name === 'milestones' && plain.isGiven) {
			throw new UsageError('export milestones counts whole milestones: it takes no filter.');
		}
		const attributesOf = (asked: AskedFilter) => (name === 'workload' ? openAttributes(asked, 'A workload') : {});
		attributesOf(plain);
		return cancellableSession(invocation, async (session, signal) => {
			const repositoryId = ref && (await storedRepository(session.store, ref)).id;
			const { asked } = await askedBy(session.store, options, Date.now());
			const rows = exportRows(name, session.store, { ...asked.filter, ...(repositoryId === undefined ? {} : { repositoryId }) }, { ...workPeriod(Date.now(), { staleDays }), attributes: attributesOf(asked) });
			await (path === undefined
				? toOutput(invocation, rows, format, signal)
				: toFile(invocation, rows, { name, format, signal, target: targetFile(path, options, session) }));
			await warnOfParts(invocation, session, repositoryId);
		});
	},
};

async function exportDatabase(invocation: Invocation, rest: readonly string[]): Promise<ExitCode> {
	const { options, output } = invocation;
	if (rest.length > 0 || options.format !== undefined || askedFilter(options).isGiven) {
		throw new UsageError('A copy of the database holds everything, as an SQLite file: it takes no repository, no filter and no --format.');
	}
	const path = outputFile(options);
	if (path === undefined) {
		throw new UsageError('Where to? Write pr-seeder export database --output FILE.');
	}
	return cancellableSession(invocation, async (session) => {
		const target = targetFile(path, options, session);
		await withAdvice(() => copyDatabase(session.store, target));
		output.note(`The database was copied to ${target.path}.`);
		await output.document({ export: 'database', file: target.path });
	});
}

/** A file of a part looks like one of all. */
async function warnOfParts({ output }: Invocation, { store }: Session, repositoryId: number | undefined): Promise<void> {
	for (const { id, nameWithOwner, pullRequests, totalCount } of await store.read.repositories()) {
		if (totalCount !== null && (repositoryId ?? id) === id) {
			output.warn(`${nameWithOwner}: ${partText(pullRequests, totalCount)} pull requests are stored; the export is of these.`);
		}
	}
}

function toOutput({ output }: Invocation, rows: ExportRows, format: ExportFormat, signal: AbortSignal): Promise<number> {
	// Without the mark, which other programs take for a part of the first title.
	return format === 'csv'
		? writeText(rows, (text) => output.piece(text), { format, mark: false, shown: shownText, signal })
		: writeText(rows, (text) => output.piece(output.jsonText(text)), { format, mark: false, signal });
}

async function toFile(
	{ output }: Invocation,
	rows: ExportRows,
	{ name, format, signal, target }: { name: ExportKind; format: ExportFormat; signal: AbortSignal; target: TargetFile },
): Promise<void> {
	const onProgress = (count: number) => output.progress(`Writing ${name}: ${counted(count, 'row')}`, name);
	const count = await withAdvice(() => writePieces(target, (sink) => writeText(rows, sink, { format, mark: true, signal, onProgress })));
	output.endProgress();
	output.note(`${counted(count, 'row')} written to ${target.path}.`);
	await output.document({ export: name, format, rows: count, file: target.path });
}

/** Ctrl+C leaves no half of a file behind. */
async function cancellableSession(invocation: Invocation, work: (session: Session, signal: AbortSignal) => Promise<void>): Promise<ExitCode> {
	const { output } = invocation;
	return withSession(invocation, async (session) => {
		try {
			await cancellable((signal) => work(session, signal), () => {
				session.store.hurry();
				output.warn('Stopping.');
			});
			return EXIT.done;
		} catch (error) {
			if (!(error instanceof CancelledError)) {
				throw error;
			}
			output.warn('Canceled: no file was written.');
			return EXIT.cancelled;
		}
	});
}

function targetFile(path: string, { force }: Options, { storage }: Session): TargetFile {
	return { path: resolve(path), overwrite: force === true, storage };
}

async function withAdvice<T>(write: () => Promise<T>): Promise<T> {
	try {
		return await write();
	} catch (error) {
		throw error instanceof FileExistsError ? new HumanError(`${error.message} Add --force to replace it.`, { cause: error }) : error;
	}
}

/** The file that was named; none where `-` stands, which is standard output to all that take it. @throws UsageError */
function outputFile({ output }: Options): string | undefined {
	if (output !== undefined && output.trim() === '') {
		throw new UsageError('--output needs the name of a file.');
	}
	return output === '-' ? undefined : output;
}

/** As asked for; else as the file is called; else what `--json` says; else CSV. */
function formatOf({ format, json }: Options, path: string | undefined): ExportFormat {
	const known = format ?? (path === undefined ? (json === true ? 'json' : 'csv') : extname(path).slice(1).toLowerCase());
	const found = EXPORT_FORMATS.find((one) => one === known);
	if (format !== undefined && found === undefined) {
		throw new UsageError(`--format takes csv or json, not "${format}".`);
	}
	if (found === 'csv' && json === true && path === undefined) {
		throw new UsageError('With --json standard output is JSON: add --output FILE for CSV.');
	}
	return found ?? 'csv';
}

function isKind(name: string): name is ExportKind {
	return EXPORT_KINDS.some((kind) => kind === name);
}
