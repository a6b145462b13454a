import { ForbiddenError, isResumable, MissingScopeError, SamlError, UnauthorizedError } from '../core/github/errors';
import { CancelledError } from '../core/model/humanError';
import { LeaseHeldError } from '../core/sync/lease';
import type { SeedReport } from '../core/sync/seedReport';
import { UnreadError } from './output';
import { MissingTokenError } from './token';
import { UsageError } from './usageError';

/** The exit status, as shared contracts have it. */
export const EXIT = {
	done: 0,
	failed: 1,
	usage: 2,
	/** Stopped early; the same command goes on from there. */
	resumable: 3,
	notAuthorized: 4,
	/** What a shell says of a program that Ctrl+C ended: 128 + SIGINT. */
	cancelled: 130,
	/** What a shell says of a program whose reader went away (`… | head`): 128 + SIGPIPE. */
	unread: 141,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The worst first: what needs a person comes before what passes by itself. */
const SEVERITY: readonly ExitCode[] = [EXIT.cancelled, EXIT.unread, EXIT.usage, EXIT.notAuthorized, EXIT.failed, EXIT.resumable, EXIT.done];

export function exitCodeOf(error: unknown): ExitCode {
	if (error instanceof UsageError) {
		return EXIT.usage;
	}
	if (error instanceof UnreadError) {
		return EXIT.unread;
	}
	if (error instanceof CancelledError) {
		return EXIT.cancelled;
	}
	if (
		error instanceof MissingTokenError ||
		error instanceof UnauthorizedError ||
		error instanceof ForbiddenError ||
		error instanceof MissingScopeError ||
		error instanceof SamlError
	) {
		return EXIT.notAuthorized;
	}
	// Somebody else is at it: the same command does the rest once they are done.
	return isResumable(error) || error instanceof LeaseHeldError ? EXIT.resumable : EXIT.failed;
}

/** Of one run over several repositories: the worst of them. */
export function exitCodeOfReport({ repositories, failures }: SeedReport): ExitCode {
	return worst([
		...failures.map(({ error }) => exitCodeOf(error)),
		...repositories.map(({ pending, unreadable }) => (pending.length + unreadable.length > 0 ? EXIT.resumable : EXIT.done)),
	]);
}

/** The one to end with when several things ended differently; done when there was nothing. */
export function worst(codes: readonly ExitCode[]): ExitCode {
	return SEVERITY.find((code) => codes.includes(code)) ?? EXIT.done;
}
