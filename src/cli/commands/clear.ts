import { nameWithOwner } from '../../core/model/repository';
import type { Command, Invocation } from '../command';
import { endpointOfCommand } from '../endpoint';
import { EXIT, exitCodeOf, worst, type ExitCode } from '../exitCode';
import { counted } from '../measures';
import { withSession } from '../session';
import { isNamed, onlyRepository } from '../storedRepository';
import { UsageError } from '../usageError';

export const clearCommand: Command = {
	name: 'clear',
	synopsis: 'OWNER/REPO | --all',
	summary: 'forget a repository, or everything: cache and rows',
	options: ['all'],
	run: (invocation) => {
		const { words, options, output } = invocation;
		if (options.all === true) {
			return clearAll(invocation);
		}
		const ref = onlyRepository('clear', words, endpointOfCommand(invocation));
		return withSession(invocation, async ({ store, service }) => {
			const seeder = service((line) => output.warn(line));
			const wasStored = (await seeder.status(ref)).length > 0 || (await store.read.repositories()).some((row) => isNamed(row, ref));
			// Even when nothing can be read of it, a damaged cache may lie there.
			await seeder.clear(ref);
			output.note(wasStored ? `${nameWithOwner(ref)} is cleared.` : `Nothing was stored of ${nameWithOwner(ref)}.`);
			await output.document({ nameWithOwner: nameWithOwner(ref), cleared: wasStored });
			return EXIT.done;
		});
	},
};

function clearAll(invocation: Invocation): Promise<ExitCode> {
	const { words, options, output } = invocation;
	if (words.length > 0) {
		throw new UsageError('Write either a repository or --all, not both.');
	}
	if (options.host !== undefined) {
		throw new UsageError('clear --all forgets everything, whichever host it is of: it takes no --host.');
	}
	return withSession(invocation, async ({ service }) => {
		const { cleared, failures } = await service((line) => output.warn(line)).clearAll();
		output.note(cleared.length === 0 ? 'Nothing was cleared.' : `${counted(cleared.length, 'repository', 'repositories')} cleared: ${cleared.join(', ')}.`);
		await output.document({
			cleared,
			failures: failures.map(({ nameWithOwner: name, error, resumable }) => ({ nameWithOwner: name, kind: error.name, message: error.message, resumable })),
		});
		return worst(failures.map(({ error }) => exitCodeOf(error)));
	});
}
