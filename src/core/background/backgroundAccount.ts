import type { Credentials } from '../github/credentials';
import { CancelledError } from '../model/humanError';
import type { SeedService } from '../seedService';
import type { SeedOptions } from '../sync/seedOptions';
import type { RepositoryReport } from '../sync/seedReport';
import type { BackgroundAccount } from './backgroundPorts';

/**
 * Seeds by an account that is signed in, as a person's settings say but for two things: a run that would have to wait
 * stops, and of a repository of which somebody asked for a part, that part is kept up to date.
 */
export function backgroundAccount(
	service: SeedService,
	credentials: Credentials,
	{ options, onDidSeed }: { options: () => SeedOptions; onDidSeed: (report: RepositoryReport) => void },
): BackgroundAccount {
	return {
		budget: service.budget(credentials),
		seed: async (ref, run) => {
			const { failures, repositories } = await service.seed([ref], { ...options(), keepExtent: true, waitForReset: false }, { credentials: () => Promise.resolve(credentials), ...run });
			const [failure] = failures;
			if (failure) {
				throw failure.error;
			}
			const [report] = repositories;
			if (!report) {
				throw new CancelledError();
			}
			onDidSeed(report);
		},
	};
}
