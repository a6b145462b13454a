import { CertificateError, RateLimitedError, RepositoryNotFoundError, SecondaryLimitError, TransientError, UnauthorizedError } from '../github/errors';
import type { PauseReason } from './backgroundPorts';

/** When to try again after a failure, and whether that goes for everything on the host. */
export type Postponement =
	| { of: 'repository'; ms: number }
	| { of: 'host'; ms: number; reason: PauseReason }
	/** Not before something else has changed: the settings, or who is signed in. */
	| { of: 'good' };

/** Later than the reset itself, so that a clock that is a little off doesn't ask too early. */
export const AFTER_RESET_MS = 1_000;

/** What a failure means for the next attempt. What stands in the way of one repository's sync may stand in that of all. */
export function postponementOf(error: unknown, intervalMs: number): Postponement {
	if (error instanceof RateLimitedError) {
		return { of: 'host', ms: (error.msUntilReset ?? intervalMs) + AFTER_RESET_MS, reason: 'limit' };
	}
	if (error instanceof SecondaryLimitError) {
		return { of: 'host', ms: Math.max(error.retryAfterMs ?? 0, intervalMs), reason: 'limit' };
	}
	if (error instanceof CertificateError || (error instanceof TransientError && error.reason === 'network')) {
		return { of: 'host', ms: intervalMs, reason: 'offline' };
	}
	if (error instanceof UnauthorizedError) {
		return { of: 'host', ms: intervalMs, reason: 'signIn' };
	}
	return error instanceof RepositoryNotFoundError ? { of: 'good' } : { of: 'repository', ms: intervalMs };
}
