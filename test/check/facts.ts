import type { GraphqlErrorEntry } from '../../src/core/github/answer';
import { GithubClient } from '../../src/core/github/client';
import { type GithubClientOptions } from '../../src/core/github/exchange';
import type { Credentials } from '../../src/core/github/credentials';
import { Dialect } from '../../src/core/github/dialect';
import { InvalidQueryError } from '../../src/core/github/errors';
import { checksQuery, detailsQuery, DETAIL_PARTS, probeQuery } from '../../src/core/github/queries';
import { PAGE_SIZE } from '../../src/core/github/selections';
import { RateBudget } from '../../src/core/github/rateBudget';
import { learnRefusals } from '../../src/core/github/refusals';
import type { WireProbe } from '../../src/core/github/wire';
import { systemClock } from '../../src/core/model/clock';
import { isObject } from '../../src/core/model/guards';
import { messageOf } from '../../src/core/model/humanError';
import type { RepositoryRef } from '../../src/core/model/repository';
import type { Measured, Meter } from './meter';
import { commits, planned, recentQuery, state, suitesQuery, survey, type CommitsRow, type Recent, type StateRow, type SuitesRow, type SurveyRow } from './ownQueries';
import type { Snapshot } from './snapshot';

/** An answer as the wire brought it. */
export interface Answer<T> {
	/** `undefined`: nothing can be used. */
	readonly data: T | undefined;
	readonly errors: readonly GraphqlErrorEntry[];
	/** What the product's client made of it; `undefined`: it took it. */
	readonly failure: Error | undefined;
	readonly request: Measured;
}

/** There is no answer to judge by. */
export class NotAnsweredError extends Error {
	override readonly name = 'NotAnsweredError';
}

export interface FactsOptions {
	readonly credentials: Credentials;
	readonly ref: RepositoryRef;
	readonly meter: Meter;
	/** One pull request that is looked at in any case. */
	readonly pullRequest: number | undefined;
	/** Of an earlier run; `undefined` when this is the first one, or nothing is to be compared. */
	readonly before: Snapshot | undefined;
	/** Where this run's answers are kept; `undefined`: nowhere. */
	readonly compareFile: string | undefined;
}

/** How many pull requests a batch has, so that its price can be told from that of one. */
const BATCH = 30;
const CHECKED = 10;

/** What can be asked of one repository. Each question is sent once, however many beliefs need its answer. */
export class Facts {
	readonly client: GithubClient;
	/** Sends no header for the new form of node ids. */
	readonly formerClient: GithubClient;
	readonly meter: Meter;
	readonly #dialect: Dialect;
	readonly #answers = new Map<string, Promise<Answer<unknown>>>();

	private constructor(readonly options: FactsOptions, client: GithubClientOptions, dialect: Dialect) {
		this.meter = options.meter;
		this.client = new GithubClient(client);
		this.formerClient = new GithubClient({ ...client, fetch: withoutNewIds(client.fetch) });
		this.#dialect = dialect;
	}

	/** @throws one of the errors of `errors.ts` when the repository can't be read */
	static async open(options: FactsOptions): Promise<Facts> {
		const { credentials, ref, meter } = options;
		const client = { credentials, ref, budget: new RateBudget(systemClock), fetch: meter.fetch };
		const facts = new Facts(options, client, new Dialect(await new GithubClient(client).tokenKey()));
		const probe = await facts.probe();
		// Nothing else makes sense then.
		if (probe.failure) throw probe.failure;
		facts.#dialect.observeScopes(facts.client.scopes?.granted);
		return facts;
	}

	/** As the host tells them; `undefined` for a token that has permissions instead. */
	get scopes(): ReadonlySet<string> | undefined {
		return this.client.scopes?.granted;
	}

	get place(): { owner: string; name: string } {
		const { owner, name } = this.options.ref;
		return { owner, name };
	}

	probe(): Promise<Answer<WireProbe>> {
		return this.product('Probe', (dialect) => probeQuery(dialect, { checks: dialect.rollup !== undefined, watched: false, threads: false, moreLabels: false, moreMilestones: false }), { ...this.place, size: PAGE_SIZE });
	}

	survey(): Promise<Answer<Recent<SurveyRow>>> {
		return this.#recent('Survey', survey);
	}

	commits(): Promise<Answer<Recent<CommitsRow>>> {
		return this.#recent('Commits', commits);
	}

	state(): Promise<Answer<Recent<StateRow>>> {
		return this.#recent('State', state);
	}

	planned(): Promise<Answer<Recent<object>>> {
		return this.ask('Planned', recentQuery('Planned', planned, this.options.pullRequest, 5), this.place);
	}

	decisions<Row>(selection: string): Promise<Answer<Recent<Row>>> {
		return this.#recent('Decisions', selection);
	}

	/** The details of one pull request, or of a batch; with everything that the product asks of this token. */
	async details(how: 'one' | 'batch'): Promise<Answer<{ nodes: unknown[] }> & { count: number; query: string }> {
		const ids = (await this.ids()).slice(0, how === 'one' ? 1 : BATCH);
		if (ids.length === 0) throw new NotAnsweredError('this repository has no pull request');
		const build = (dialect: Dialect): string => detailsQuery(dialect, DETAIL_PARTS);
		const answer = await this.product<{ nodes: unknown[] }>('Details', build, { ids }, `Details of ${how}`);
		return { ...answer, count: ids.length, query: build(this.#dialect) };
	}

	/** The product's own query for the checks of a few pull requests. */
	async checks(): Promise<Answer<{ nodes: unknown[] }>> {
		return this.product('Checks', checksQuery, { ids: await this.#checkedIds() });
	}

	/** The same checks with the suites that they are in. */
	async suites(): Promise<Answer<{ nodes: (SuitesRow | null)[] }>> {
		return this.ask('Suites', suitesQuery, { ids: await this.#checkedIds() });
	}

	/** Node ids of the last updated pull requests, the named one first. */
	async ids(): Promise<string[]> {
		const own = (await this.commits()).data ?? (await this.state()).data;
		const named = own?.repository?.asked?.id;
		const { updated, open } = (await this.probe()).data?.repository ?? {};
		const listed = [...(updated?.nodes ?? []), ...(open?.nodes ?? [])].flatMap((node) => node?.id ?? []);
		return [...new Set([...(named === undefined ? [] : [named]), ...listed])];
	}

	/** A query of the product. What the host or the token refuses is left out as in a sync, and it is sent again. */
	product<T>(operation: string, build: (dialect: Dialect) => string, variables: Record<string, unknown>, key = operation): Promise<Answer<T>> {
		return this.#once(key, async () => {
			for (let round = 1; ; round++) {
				const answer = await this.#send<T>(this.client, operation, build(this.#dialect), variables);
				if (round === 4 || !this.#learn(answer)) return answer;
			}
		});
	}

	/** Any other query. */
	ask<T>(operation: string, query: string, variables: Record<string, unknown>, { client = this.client, key = operation } = {}): Promise<Answer<T>> {
		return this.#once(key, () => this.#send<T>(client, operation, query, variables));
	}

	#recent<Row>(operation: string, selection: string): Promise<Answer<Recent<Row>>> {
		return this.ask(operation, recentQuery(operation, selection, this.options.pullRequest), this.place);
	}

	/** Whose checks are worth a look: those whose states differ by how they are asked first. */
	async #checkedIds(): Promise<string[]> {
		const rows = rowsOf(await this.state()).filter(({ beside }) => beside !== null);
		const rank = ({ alone, beside, number }: StateRow): number => (number === this.options.pullRequest ? 2 : 0) + (alone?.state !== beside?.state ? 1 : 0);
		const ids = rows.sort((left, right) => rank(right) - rank(left)).slice(0, CHECKED).map(({ id }) => id);
		if (ids.length === 0) throw new NotAnsweredError('none of the pull requests looked at has checks that this token may read: name one with --pr');
		return ids;
	}

	/** @returns whether asking again brings more */
	#learn({ failure, data, errors }: Answer<unknown>): boolean {
		const now = this.client.budget.serverNow();
		if (failure instanceof InvalidQueryError) return failure.missing.map((name) => this.#dialect.refuse(name, 'schema', now)).includes(true);
		return isObject(data) && learnRefusals(this.#dialect, { data, errors: [...errors], readAt: now }, now);
	}

	#once<T>(key: string, send: () => Promise<Answer<T>>): Promise<Answer<T>> {
		const known = (this.#answers.get(key) as Promise<Answer<T>> | undefined) ?? send();
		this.#answers.set(key, known);
		return known;
	}

	async #send<T>(client: GithubClient, operation: string, query: string, variables: Record<string, unknown>): Promise<Answer<T>> {
		this.meter.expectOneLeft();
		const sent = this.meter.requests.length;
		let failure: Error | undefined;
		try {
			await client.graphql<object>({ operation, query, variables, isUsable: (data) => !('repository' in data && data.repository === null) });
		} catch (error) {
			failure = error instanceof Error ? error : new Error(messageOf(error));
		}
		const request = this.meter.requests.slice(sent).at(-1);
		// Nothing came back: the network, or a request that was not let through.
		if (request === undefined) throw failure ?? new NotAnsweredError(`${operation} was not answered`);
		const { data, errors } = isObject(request.body) ? request.body : {};
		return { data: isObject(data) ? (data as T) : undefined, errors: Array.isArray(errors) ? (errors as GraphqlErrorEntry[]) : [], failure, request };
	}
}

/** The data of an answer. @throws NotAnsweredError when there is none, with the reason */
export function dataOf<T>({ data, failure, request }: Answer<T>): T {
	if (data === undefined) throw new NotAnsweredError(`${request.operation} was not answered: ${failure?.message ?? 'no data'}`);
	return data;
}

/** The rows that came, the named one first. @throws NotAnsweredError */
export function rowsOf<Row extends { readonly number: number }>(answer: Answer<Recent<Row>>): Row[] {
	const { recent, asked } = dataOf(answer).repository ?? {};
	const found = new Map<number, Row>();
	for (const row of [asked, ...(recent?.nodes ?? [])]) if (row && !found.has(row.number)) found.set(row.number, row);
	return [...found.values()];
}

/** What stands at a place of an answer's data. */
export function at(data: unknown, path: readonly (string | number)[]): unknown {
	return path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[key] : undefined), data);
}

function withoutNewIds(send: typeof globalThis.fetch): typeof globalThis.fetch {
	return (input, init) => {
		const headers = new Headers(init?.headers);
		headers.delete('x-github-next-global-id');
		return send(input, { ...init, headers });
	};
}
