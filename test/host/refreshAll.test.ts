import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { RateBudget } from '../../src/core/github/rateBudget';
import { CancelledError, HumanError } from '../../src/core/model/humanError';
import type { SeedService } from '../../src/core/seedService';
import type { RepositoryRow } from '../../src/core/store/read/repositories';
import type { Store } from '../../src/core/store/store';
import type { RepositoryReport } from '../../src/core/sync/seedReport';
import type { GitHubSessions } from '../../src/host/auth/gitHubSessions';
import { SeedRound } from '../../src/host/projects/seedRound';
import { SeedCommands, type SeedCommandsOptions } from '../../src/host/seed/seedCommands';
import { SeedRunner } from '../../src/host/seed/seedRunner';

/** The command over stored repositories of these names; `failures` says with what the run of one ends. */
function refreshOver(names: string[], failures: Record<string, Error>) {
	const asked: string[] = [];
	const noted: string[] = [];
	const logged: string[] = [];
	const budget = new RateBudget({ now: () => 0, steady: () => 0 });
	const service = {
		seed: ([ref]: Parameters<SeedService['seed']>[0]) => {
			const { name = '' } = ref ?? {};
			asked.push(name);
			const error = failures[name];
			const report: RepositoryReport = {
				...{ nameWithOwner: `octo/${name}`, mode: 'unchanged', pullRequests: 2, totalCount: null, added: 0, updated: 0, removed: 0 },
				...{ partial: [], pending: [], unreadable: [], withheld: 0, compared: null, mended: [], durationMs: 0, notes: [] },
				...{ requests: { graphql: 1, rest: 0, notModified: 0 }, points: 1, waitedMs: 0 },
			};
			return Promise.resolve({
				repositories: error ? [] : [report],
				failures: error ? [{ nameWithOwner: `octo/${name}`, error, resumable: false }] : [],
				rateLimit: { graphql: null, rest: null },
			});
		},
		budget: () => budget,
	} as unknown as SeedService;
	const sessions = { ask: (host: string) => Promise.resolve({ host, apiUrl: '', account: '1', token: 'secret' }) };
	const settings = { seedOptions: () => ({}) };
	const runner = new SeedRunner(() => Promise.resolve(service), sessions, settings, { now: () => 0 }, () => Promise.resolve());
	const log = { info: (line: string) => logged.push(line) } as unknown as vscode.LogOutputChannel;
	// The last synced first, as the rows are taken.
	const rows = names.map((name, i) => ({ nameWithOwner: `octo/${name}`, host: 'github.com', syncedAt: `2026-01-${20 - i}T00:00:00Z` }) as RepositoryRow);
	const store = { refresh: () => Promise.resolve(), read: { repositories: () => Promise.resolve(rows) } } as unknown as Store;
	const round = new SeedRound({ runner, log, note: (error) => noted.push(String(error)) });
	const unused = {} as unknown as GitHubSessions & SeedCommandsOptions['remotes'] & SeedCommandsOptions['background'];
	const commands = new SeedCommands({
		...{ runner, round, settings, log, clock: { now: () => 0 }, store: () => Promise.resolve(store), service: () => Promise.resolve(service) },
		...{ sessions: unused, remotes: unused, background: unused, fetchOwn: () => Promise.reject(new Error('not asked')) },
	});
	return { refresh: () => commands.refreshAll().finally(() => runner.dispose()), asked, noted, logged };
}

describe('a refresh of all', () => {
	const gone = new HumanError('there is no such repository');

	it('goes on after a failure, and tells once how it ended', async () => {
		const { refresh, asked, noted } = refreshOver(['harbor', 'pier', 'quay'], { harbor: gone });
		await refresh();
		assert.deepEqual(asked, ['harbor', 'pier', 'quay']);
		assert.deepEqual(noted.length, 1);
	});

	it('ends when a person stops it', async () => {
		const { refresh, asked } = refreshOver(['harbor', 'pier', 'quay'], { pier: new CancelledError() });
		await refresh();
		assert.deepEqual(asked, ['harbor', 'pier']);
	});

	it('fails as the only repository does', async () => {
		await assert.rejects(refreshOver(['harbor'], { harbor: gone }).refresh(), gone);
	});

	it('has all of it in the log', async () => {
		const { refresh, logged } = refreshOver(['harbor', 'pier'], {});
		await refresh();
		assert.deepEqual(logged, ['octo/harbor: 2 pull requests (nothing new)', 'octo/pier: 2 pull requests (nothing new)', 'Refresh: 2 repositories are up to date']);
	});
});
