import { messageOf } from '../../core/model/humanError';

/** What the editor says when the extension that signs in has not begun within its five seconds. */
const TOO_LATE = /Timed out waiting for authentication provider/;
/** So many times five seconds: a window that has just opened on a busy machine. */
const MOST_ATTEMPTS = 6;

/**
 * Asks the editor for a session, and again when it gave up waiting for the extension that signs in: that says nothing
 * about whether somebody is signed in.
 * @throws what the editor throws for any other reason, or the last time
 */
export async function whenProviderIsThere<T>(ask: () => PromiseLike<T>): Promise<T> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await ask();
		} catch (error) {
			if (attempt === MOST_ATTEMPTS || !TOO_LATE.test(messageOf(error))) {
				throw error;
			}
		}
	}
}
