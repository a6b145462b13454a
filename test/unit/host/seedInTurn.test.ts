import assert from 'node:assert/strict';
import { CancelledError, HumanError } from '../../../src/core/model/humanError';
import type { RepositoryRef } from '../../../src/core/model/repository';
import { readProjects } from '../../../src/core/projects/readProjects';
import type { RepositoryReport } from '../../../src/core/sync/seedReport';
import { onlyError, outcomeText, seedInTurn, seedJobs, type SeedJob } from '../../../src/host/projects/seedInTurn';
import { english } from './english';

const refused = new HumanError('not signed in');
const job = (name: string, host = 'github.com'): SeedJob => ({ ref: { host, owner: 'octo', name }, options: {} });

/** Seeds of which some fail: with what is thrown, by name. */
async function run(jobs: SeedJob[], failing: Record<string, unknown>) {
	const asked: string[] = [];
	const outcome = await seedInTurn(jobs, {
		run: ({ ref }) => {
			asked.push(ref.name);
			// eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever is thrown
			return ref.name in failing ? Promise.reject(failing[ref.name]) : Promise.resolve({ nameWithOwner: ref.name } as RepositoryReport);
		},
		endsHost: (error) => error === refused,
	});
	return { asked, outcome, text: outcomeText('Port', outcome, english) };
}

describe('several seeds', () => {
	it('go on one after the other, whatever becomes of one', async () => {
		const { asked, outcome, text } = await run([job('one'), job('two'), job('three')], { two: new HumanError('no such repository') });
		assert.deepEqual(asked, ['one', 'two', 'three']);
		assert.deepEqual([outcome.reports.length, outcome.failures.map(({ ref }: { ref: RepositoryRef }) => ref.name), outcome.isCancelled], [2, ['two'], false]);
		assert.equal(text, 'Port: 2 of 3 repositories are up to date. octo/two: no such repository');
	});

	it('end when a person stops one', async () => {
		const { asked, text } = await run([job('one'), job('two'), job('three')], { two: new CancelledError() });
		assert.deepEqual(asked, ['one', 'two']);
		assert.equal(text, 'Port: stopped, 1 of 3 repositories are up to date. What was fetched is kept.');
	});

	it('ask no host again that has turned the account away', async () => {
		const { asked, outcome } = await run([job('one'), job('two', 'ghe.example.com'), job('three')], { one: refused });
		assert.deepEqual([asked, outcome.failures.map(({ error }) => error)], [['one', 'two'], [refused, refused]]);
		assert.equal(outcomeText('Port', outcome, english), 'Port: 1 of 3 repositories are up to date. octo/one, octo/three: not signed in');
	});

	it('have one error where nothing was done for one reason', async () => {
		const only = async (jobs: SeedJob[], failing: Record<string, unknown>) => onlyError((await run(jobs, failing)).outcome);
		assert.equal(await only([job('one'), job('two')], { one: refused }), refused);
		assert.equal(await only([job('one'), job('two', 'ghe.example.com')], { one: refused }), undefined);
		assert.equal(await only([job('one'), job('two')], { one: new HumanError('no'), two: new HumanError('no') }), undefined);
		assert.equal(await only([job('one')], {}), undefined);
		assert.equal(await only([], {}), undefined);
	});

	it('say how it went', async () => {
		assert.equal((await run([job('one')], {})).text, 'Port: 1 repository is up to date');
		assert.equal((await run([job('one'), job('two')], {})).text, 'Port: 2 repositories are up to date');
	});

	it('are those of all projects, each repository once for each set of options', () => {
		const value = {
			One: { repositories: ['octo/harbor', 'octo/pier'], maxPullRequests: 5 },
			Two: { repositories: ['Octo/Harbor', 'octo/quay'], maxPullRequests: 5 },
			Three: { repositories: ['octo/harbor'] },
		};
		const jobs = seedJobs(readProjects(value, { now: 0, options: { checkRuns: false } }).projects);
		assert.deepEqual(
			jobs.map(({ ref, options }) => [ref.name.toLowerCase(), options.maxPullRequests, options.checkRuns]),
			[['harbor', 5, false], ['pier', 5, false], ['quay', 5, false], ['harbor', undefined, false]],
		);
	});
});
