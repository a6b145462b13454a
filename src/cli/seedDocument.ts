import { StorageError } from '../core/files/storageError';
import { CertificateError, networkCode, TransientError } from '../core/github/errors';
import type { RateLimit } from '../core/model/rateLimit';
import { nameWithOwner, type RepositoryRef } from '../core/model/repository';
import { inEnglish } from '../core/model/sentence';
import type { RepositoryFailure, RepositoryReport, SeedReport } from '../core/sync/seedReport';
import type { Endpoint } from './endpoint';
import { exitCodeOf, type ExitCode } from './exitCode';
import { withPlace } from './session';

/** Where a run read from and wrote to. */
interface Places {
	endpoint: Endpoint;
	storage: string;
}

/** What a seed prints when it failed before the first repository. */
export const EMPTY_SEED_DOCUMENT = { repositories: [], failures: [], notStarted: [], rateLimit: { graphql: null, rest: null } };

/** The document of `seed --json`: the keys of the shared contracts, then what else is known. */
export function seedDocument(
	report: SeedReport,
	{ refs, endpoint, storage, status }: Places & { refs: readonly RepositoryRef[]; status: ExitCode },
): object {
	const { graphql, rest } = report.rateLimit;
	return {
		repositories: report.repositories.map(withMessages),
		failures: report.failures.map((failure) => ({
			nameWithOwner: failure.nameWithOwner,
			kind: failure.error.name,
			cause: networkCode(failure.error),
			message: failureMessage(failure, { endpoint, storage }),
			resumable: failure.resumable,
			exitStatus: exitCodeOf(failure.error),
		})),
		notStarted: notStarted(report, refs),
		rateLimit: { graphql: limitOf(graphql), rest: limitOf(rest) },
		exitStatus: status,
		storage,
	};
}

/** The same with each note as a whole sentence besides its parts. */
export function withMessages(report: Pick<RepositoryReport, 'notes'>): object {
	return { ...report, notes: report.notes.map((note) => ({ ...note, message: inEnglish(note.said) })) };
}

/** The repositories behind one that ended the run. */
export function notStarted(report: SeedReport, refs: readonly RepositoryRef[]): string[] {
	// The service takes them in turn and tells of every one that it took.
	return refs.slice(report.repositories.length + report.failures.length).map(nameWithOwner);
}

/** The error's own words, with the place where a person has to look. */
export function failureMessage({ error }: RepositoryFailure, { endpoint, storage }: Places): string {
	const { message } = error;
	const isUnreached = error instanceof CertificateError || (error instanceof TransientError && error.reason === 'network');
	if (endpoint.isCustom && isUnreached) {
		return `${message} (The API address is ${endpoint.apiUrl}.)`;
	}
	return error instanceof StorageError ? withPlace(error, storage) : message;
}

function limitOf(limit: RateLimit | null): Pick<RateLimit, 'remaining' | 'limit' | 'resetAt'> | null {
	return limit && { remaining: limit.remaining, limit: limit.limit, resetAt: limit.resetAt };
}
