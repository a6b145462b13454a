import { asksForMe } from '../core/filter/me';
import { readAsker } from '../core/insights/readAsker';
import type { Asker } from '../core/model/asker';
import type { Store } from '../core/store/store';
import { numberOption, type Options } from './arguments';
import { askedFilter, type AskedFilter } from './askedFilter';
import { UsageError } from './usageError';

/** The login of `--me`. @throws UsageError where it means nothing @param isMine the command is about somebody anyway */
export function meOption(options: Options, { conditions }: AskedFilter, isMine = false): string | undefined {
	const me = options.me?.trim().replace(/^@/, '');
	if (me !== undefined && !isMine && !asksForMe(conditions)) {
		throw new UsageError('--me says who @me is: use it with report mine, or with a filter such as --author @me.');
	}
	if (me === '') {
		throw new UsageError('Whose? Write --me LOGIN.');
	}
	return me;
}

/**
 * Who asks, and what was asked for as they mean it.
 * @throws UsageError where that is needed and neither said nor known
 */
export async function askedBy(store: Store, options: Options, now: number, isMine = false): Promise<{ asker: Asker; asked: AskedFilter }> {
	const plain = askedFilter(options);
	const asker = await readAsker(store, { me: meOption(options, plain, isMine), stuckDays: numberOption('stuck-days', options), now });
	if (asker.me.length === 0 && (isMine || asksForMe(plain.conditions)) && (await store.read.repositories()).length > 0) {
		throw new UsageError('Whose? Nobody is known to have signed in. Write --me LOGIN.');
	}
	return { asker, asked: askedFilter(options, asker) };
}
