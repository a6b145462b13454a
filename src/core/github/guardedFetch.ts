/** Hardly an answer that a sync asks for comes near this: a page of GitHub's is a few hundred kB. One that does is asked for in smaller pieces. */
export const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

/** For so long an answer that has begun may stop, as on a train, before it has to bring what the slowest network does. */
const SLOW_MS = 10_000;
/** Of an unpacked answer; a modem of the last century brings several times as much. */
const LEAST_BYTES_PER_MS = 1;

/** The server sends requests on to a place that the token is not for. */
export class RedirectRefusedError extends Error {
	override readonly name = 'RedirectRefusedError';

	constructor(
		/** The other place's host. */
		readonly target: string,
	) {
		super(`redirected to ${target}`);
	}
}

/** The answer is longer than anything that was asked for; the rest of it was not read. */
export class AnswerTooLargeError extends Error {
	override readonly name = 'AnswerTooLargeError';

	constructor(readonly maxBytes: number) {
		super(`the answer has more than ${maxBytes} bytes`);
	}
}

/** The answer began, and then so little came of it that nobody has such a network; the rest of it was not waited for. */
export class AnswerTooSlowError extends Error {
	override readonly name = 'AnswerTooSlowError';

	constructor() {
		super('the answer drips');
	}
}

interface BodyLimits {
	maxBytes?: number | undefined;
	slowMs?: number | undefined;
}

export interface Answered {
	response: Response;
	body: Uint8Array<ArrayBuffer>;
}

/**
 * Sends a request that carries a token and reads the answer.
 * The token goes to the origin of `apiUrl` alone: a redirect is followed once, by GET, and within that origin, which
 * is what GitHub does for a renamed repository. At most `maxBytes` of unpacked body are held, however much is sent;
 * `init.signal` bounds the time of all of it; one that brings less than 1 kB a second is left `slowMs` after it began.
 * @throws RedirectRefusedError, AnswerTooLargeError, AnswerTooSlowError, or what `fetch` throws
 */
export async function guardedFetch(
	{ fetch, apiUrl, ...limits }: { fetch: typeof globalThis.fetch; apiUrl: string } & BodyLimits,
	input: string | URL | Request,
	init: RequestInit = {},
): Promise<Answered> {
	const url = new URL(input instanceof Request ? input.url : input);
	const { origin } = new URL(apiUrl);
	if (url.origin !== origin) {
		throw new RedirectRefusedError(url.host);
	}
	const response = await fetch(url, { ...init, redirect: 'manual' });
	const target = redirectTarget(response, url);
	if (target === undefined) {
		return { response, body: await readBody(response, limits) };
	}
	await discard(response);
	if (target.origin !== origin || (init.method ?? 'GET').toUpperCase() !== 'GET') {
		throw new RedirectRefusedError(target.host);
	}
	const final = await fetch(target, { ...init, redirect: 'manual' });
	const next = redirectTarget(final, target);
	if (next !== undefined) {
		await discard(final);
		throw new RedirectRefusedError(next.host);
	}
	return { response: final, body: await readBody(final, limits) };
}

/** Where a redirect leads; `undefined` for any other answer. */
function redirectTarget(response: Response, from: URL): URL | undefined {
	// What a browser does not let a page see, it does not follow either.
	if (response.type === 'opaqueredirect') {
		return from;
	}
	const location = [301, 302, 303, 307, 308].includes(response.status) ? response.headers.get('location') : null;
	return location !== null && URL.canParse(location, from.href) ? new URL(location, from.href) : undefined;
}

async function readBody(response: Response, { maxBytes = MAX_ANSWER_BYTES, slowMs = SLOW_MS }: BodyLimits): Promise<Uint8Array<ArrayBuffer>> {
	if (Number(response.headers.get('content-length')) > maxBytes) {
		await discard(response);
		throw new AnswerTooLargeError(maxBytes);
	}
	const chunks: Uint8Array[] = [];
	let size = 0;
	const startedAt = performance.now();
	const reader = (response.body as ReadableStream<Uint8Array> | null)?.getReader();
	for (;;) {
		const next = reader && (await before(startedAt + slowMs + size / LEAST_BYTES_PER_MS, reader));
		if (next === undefined || next.done) {
			break;
		}
		size += next.value.length;
		if (size > maxBytes) {
			await reader?.cancel().catch(() => undefined);
			throw new AnswerTooLargeError(maxBytes);
		}
		chunks.push(next.value);
	}
	const body = new Uint8Array(size);
	let at = 0;
	for (const chunk of chunks) {
		body.set(chunk, at);
		at += chunk.length;
	}
	return body;
}

type BodyReader = ReadableStreamDefaultReader<Uint8Array>;

/** What comes next, if it comes in time. @param deadline by `performance.now()` @throws AnswerTooSlowError */
async function before(deadline: number, reader: BodyReader): ReturnType<BodyReader['read']> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new AnswerTooSlowError()), Math.max(0, deadline - performance.now()));
	});
	try {
		return await Promise.race([reader.read(), late]);
	} catch (error) {
		await reader.cancel().catch(() => undefined);
		throw error;
	} finally {
		clearTimeout(timer);
	}
}

/** A body that nobody reads would keep its connection. */
async function discard(response: Response): Promise<void> {
	await response.body?.cancel().catch(() => undefined);
}
