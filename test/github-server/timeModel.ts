import { setTimeout as wait } from 'node:timers/promises';
import type { Answer } from './answer';
import { badGateway } from './faults';

/** What was served that takes a host long to make; rows that are only counted are none. */
export interface Load {
	/** Check runs and statuses of a rollup. */
	contexts: number;
	files: number;
	/** Commits whose additions or deletions were asked for. */
	statistics: number;
}

/** The forms in which GitHub ends a query that takes too long. */
export const killedForms = ['502 JSON', '502 HTML', '504 JSON', '504 HTML'] as const;
export type KilledForm = (typeof killedForms)[number];

/** How long answers take, in milliseconds, from what they really hold. */
export interface TimeModel {
	readonly baseMs: number;
	/** For every row, of whatever kind. */
	readonly perNodeMs: number;
	readonly perContextMs: number;
	readonly perFileMs: number;
	readonly perCommitStatisticMs: number;
	/** A GraphQL query that would take longer is ended then, and paid for. Infinity: none is. */
	readonly killAtMs: number;
	/** Default `rotate`: each form in its turn. */
	readonly killedAs?: KilledForm | 'rotate';
	/** Whether the answer really waits, does not, or what is called instead, such as a clock's `advance`. */
	readonly sleep: 'real' | 'none' | ((ms: number) => void | Promise<void>);
}

/** Answers at once, and ends nothing. */
export const instantTime: TimeModel = {
	baseMs: 0, perNodeMs: 0, perContextMs: 0, perFileMs: 0, perCommitStatisticMs: 0, killAtMs: Infinity, sleep: 'real',
};

/**
 * For measurements. 180 ms and 0.35 ms a row are the bench's figures of old. The weights are chosen, not measured, so that what people report
 * holds: the full contexts of 50 pull requests with 34 to 86 runs each always pass the 10 s at which GitHub ends a query, while counts by
 * state come fast (QwenLM/qwen-code#10861, cli/cli#7421).
 * https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api#timeouts
 */
export const realisticTime: TimeModel = {
	baseMs: 180, perNodeMs: 0.35, perContextMs: 6, perFileMs: 1, perCommitStatisticMs: 4, killAtMs: 10_000, sleep: 'real',
};

/** How long the answer takes by the model, before anything ends it. */
export function modelledMs(model: TimeModel, { nodes, load }: Answer): number {
	const { contexts = 0, files = 0, statistics = 0 } = load ?? {};
	return model.baseMs + model.perNodeMs * nodes + model.perContextMs * contexts + model.perFileMs * files + model.perCommitStatisticMs * statistics;
}

/** Lets that time pass. */
export async function pass(model: TimeModel, ms: number, signal: AbortSignal): Promise<void> {
	if (ms <= 0 || model.sleep === 'none') return;
	if (model.sleep === 'real') await wait(ms, undefined, { signal });
	else await model.sleep(ms);
}

/** What goes out for a query that was ended; none of them carries the headers of the budget, though the points are gone. */
export function killedAnswer(form: KilledForm, points: number, requestId: string): Answer {
	const status = Number(form.slice(0, 3));
	const page = { '502 HTML': badGateway, '504 HTML': gatewayTimeout } as const;
	const message = `Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug. Please include \`${requestId}\` when reporting this issue.`;
	const json = { '502 JSON': { data: null, errors: [{ message }] }, '504 JSON': { message: inTime } } as const;
	const isPage = form === '502 HTML' || form === '504 HTML';
	return {
		status, points, nodes: 0, possibleNodes: 0,
		headers: { 'content-type': isPage ? 'text/html' : 'application/json; charset=utf-8' },
		body: isPage ? page[form] : json[form],
	};
}

const gatewayTimeout = badGateway.replaceAll('502 Bad Gateway', '504 Gateway Time-out');
const inTime = "We couldn't respond to your request in time. Sorry about that. Please try resubmitting your request and contact us if the problem persists.";
