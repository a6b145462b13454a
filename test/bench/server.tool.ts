// The stand-in in a process of its own, told what to do by the benchmark: server.tool.mjs COUNT [REPOSITORIES]
import { ManualClock } from '../github-server/clock';
import { GithubServer } from '../github-server/githubServer';
import type { RequestRecord } from '../github-server/requests';
import { realisticTime } from '../github-server/timeModel';
import { syntheticRepository } from '../github-server/syntheticRepository';
import { World } from '../github-server/world';
import { REPOSITORY, repositoryNames, TOKEN, type Change, type ServerCommand, type ServerLog } from './protocol';

const count = Number(process.argv[2]);
const newest = Date.UTC(2026, 2, 2);
const clock = new ManualClock(newest + 3_600_000);
const world = new World(clock);
// The clock stands still; on GitHub it is done by the time of the second probe.
world.mergeJobMs = 0;
const names = repositoryNames(Number(process.argv[3] ?? 1));
for (const nameWithOwner of names) {
	world.addRepository(syntheticRepository({ count, nameWithOwner, now: newest }));
}
// The first design needs more REST requests than an hour has; here it may have them.
const server = await GithubServer.start({ world, tokens: [TOKEN], rateLimit: { limit: 1_000_000 } });

process.on('message', (command: ServerCommand) => process.send?.(obey(command)));
process.once('disconnect', () => void server.stop());
process.send?.(server.url);

function obey(command: ServerCommand): ServerLog | null {
	switch (command.kind) {
		case 'begin':
			server.clearRequests();
			// Queries that GitHub would end are ended even where nobody waits.
			server.setTime({ ...realisticTime, sleep: command.waits ? 'real' : 'none' });
			return null;
		case 'change':
			clock.advance(60_000);
			make(command.change, command.round);
			// A run that reads within the second of an edit reads again the next time.
			clock.advance(60_000);
			return null;
		case 'log':
			return summary(server.requests);
	}
}

/** Different pull requests in each round, all of them open. */
function make(change: Change, round: number): void {
	const number = (place: number): number => count - ((round * 5 + place) % Math.ceil(count / 10));
	if (change === 'five') {
		world.pushCommit(REPOSITORY, number(0));
		world.addReview(REPOSITORY, number(1), 'bench-user-1', 'APPROVED', 'Fine.');
		world.addLabel(REPOSITORY, number(2), `round ${round}`);
		world.editTitle(REPOSITORY, number(3), `Edited in round ${round}`);
		// Moves neither `updatedAt` nor `pushedAt`.
		world.addCheck(REPOSITORY, number(4), { name: `check of round ${round}`, conclusion: 'FAILURE' });
	} else if (change === 'label') {
		const [label] = world.repository(REPOSITORY).labels;
		world.renameLabel(REPOSITORY, label?.name ?? '', `renamed in round ${round}`);
	} else if (change === 'each') {
		names.forEach((name) => world.editTitle(name, number(0), `Edited in round ${round}`));
	}
}

function summary(requests: readonly RequestRecord[]): ServerLog {
	const sum = (of: (request: RequestRecord) => number): number => requests.reduce((total, request) => total + of(request), 0);
	return {
		graphql: sum(({ kind }) => Number(kind === 'graphql')),
		rest: sum(({ kind }) => Number(kind === 'rest')),
		points: sum(({ kind, points }) => (kind === 'graphql' ? points : 0)),
		overflowPoints: sum(({ operationName, points }) => (operationName === 'Overflow' ? points : 0)),
		bytes: sum(({ bytes }) => bytes),
		nodes: sum(({ nodes }) => nodes),
		modelMs: sum(({ modelMs }) => modelMs),
		busyMs: sum(({ durationMs }) => durationMs),
	};
}
