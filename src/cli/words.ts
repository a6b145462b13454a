import { UsageError } from './usageError';

/** For a command that takes none. @throws UsageError */
export function refuseWords(command: string, words: readonly string[]): void {
	if (words.length > 0) {
		throw new UsageError(`${command} takes nothing but options, not "${words.join(' ')}".`);
	}
}
