import { answer, type Answer } from './answer';
import { stableOid } from './identifiers';

export interface DeviceLoginOptions {
	/** How many polls are answered `authorization_pending` before the token. Default 0. */
	readonly pendingAnswers?: number;
	/** Seconds that the client is told to wait between polls. GitHub says 5; the default here is 1. */
	readonly interval?: number;
}

/** The device flow, with a person who agrees at once. https://docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps#device-flow */
export class DeviceLogin {
	readonly #grant: (scopes: readonly string[]) => string;
	readonly #options: DeviceLoginOptions;
	readonly #pending = new Map<string, { polls: number; scopes: readonly string[] }>();
	#count = 0;

	/** @param grant makes a token with these scopes and tells its value */
	constructor(grant: (scopes: readonly string[]) => string, options: DeviceLoginOptions) {
		this.#grant = grant;
		this.#options = options;
	}

	/** @param parameters of the query string and of the body */
	answer(method: string, path: string, parameters: URLSearchParams, accept: string, serverUrl: string): Answer {
		if (method === 'GET' && path === '/login/device') return answer(200, page, { 'content-type': 'text/html; charset=utf-8' });
		if (method === 'POST' && path === '/login/device/code') return written(this.#start(parameters, serverUrl), accept);
		if (method === 'POST' && path === '/login/oauth/access_token') return written(this.#poll(parameters), accept);
		return answer(404, 'Not Found', { 'content-type': 'text/plain; charset=utf-8' });
	}

	#start(parameters: URLSearchParams, serverUrl: string): Record<string, string | number> {
		if (!parameters.get('client_id')) return { error: 'Not Found' };
		const device = stableOid(`device-${++this.#count}`);
		const scopes = (parameters.get('scope') ?? '').split(/[\s,]+/).filter((scope) => scope !== '');
		this.#pending.set(device, { polls: this.#options.pendingAnswers ?? 0, scopes });
		return {
			device_code: device,
			user_code: `WDJB-${String(1000 + this.#count)}`,
			verification_uri: `${serverUrl}/login/device`,
			expires_in: 900,
			interval: this.#options.interval ?? 1,
		};
	}

	#poll(parameters: URLSearchParams): Record<string, string | number> {
		const device = parameters.get('device_code') ?? '';
		const pending = this.#pending.get(device);
		if (pending === undefined) return { error: 'incorrect_device_code', error_description: 'The device_code provided is not valid.' };
		if (pending.polls > 0) {
			pending.polls--;
			return { error: 'authorization_pending', error_description: 'The authorization request is still pending.' };
		}
		this.#pending.delete(device);
		return { access_token: this.#grant(pending.scopes), token_type: 'bearer', scope: pending.scopes.join(',') };
	}
}

/** GitHub answers in the form's own encoding unless JSON is asked for. */
function written(values: Record<string, string | number>, accept: string): Answer {
	if (accept.includes('json')) return answer(200, values);
	const form = new URLSearchParams();
	for (const [name, value] of Object.entries(values)) form.set(name, String(value));
	return answer(200, form.toString(), { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' });
}

const page = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Device activation</title></head>
<body><h1>Device activation</h1><p>Enter the code shown on your device. This stand-in has approved it already.</p></body></html>
`;
