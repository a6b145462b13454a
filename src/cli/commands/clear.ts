import { nameWithOwner } from '../../core/model/repository';
import type { Command } from '../command';
import { endpointOf } from '../endpoint';
import { EXIT } from '../exitCode';
import { withSession } from '../session';
import { isNamed, onlyRepository } from '../storedRepository';

export const clearCommand: Command = {
	name: 'clear',
	synopsis: 'OWNER/REPO',
	summary: 'forget a repository: its cache and its rows',
	options: [],
	run: (invocation) => {
		const { words, options, output } = invocation;
		const ref = onlyRepository('clear', words, endpointOf({ host: options.host, apiUrl: options['api-url'] }));
		return withSession(invocation, async ({ store, service }) => {
			const seeder = service((line) => output.warn(line));
			const wasStored = (await seeder.status(ref)).length > 0 || (await store.repositories()).some((row) => isNamed(row, ref));
			// Even when nothing can be read of it, a damaged cache may lie there.
			await seeder.clear(ref);
			output.note(wasStored ? `${nameWithOwner(ref)} is cleared.` : `Nothing was stored of ${nameWithOwner(ref)}.`);
			output.document({ nameWithOwner: nameWithOwner(ref), cleared: wasStored });
			return EXIT.done;
		});
	},
};
