import type { Asker } from '../model/asker';
import type { StoreWith } from '../store/read/reads';
import { DEFAULT_STUCK_DAYS, stuckBefore } from './turn';

/**
 * Who asks, where the editor's sign-in does not say it: a login that was given, on every host, else who signed in last to each.
 * @param now milliseconds since the Unix epoch
 */
export async function readAsker(store: StoreWith<'repositories' | 'viewers'>, { me, stuckDays = DEFAULT_STUCK_DAYS, now }: { me?: string | undefined; stuckDays?: number | undefined; now: number }): Promise<Asker> {
	const hosts = async (login: string) => [...new Set((await store.read.repositories()).map(({ host }) => host))].map((host) => ({ host, login }));
	const known = async () => (await store.read.viewers()).map(({ host, login }) => ({ host, login }));
	return { me: await (me === undefined ? known() : hosts(me.replace(/^@/, ''))), stuckBefore: stuckBefore(now, stuckDays) };
}
