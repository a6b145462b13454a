/**
 * The address when it is safe to hand to the system's browser: https, or http on this very machine
 * (a stand-in for GitHub in tests and demonstrations), without a user name or password inside.
 */
export function openableUrl(text: string): string | undefined {
	if (!URL.canParse(text)) {
		return undefined;
	}
	const url = new URL(text);
	const allowed = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
	return allowed && url.username === '' && url.password === '' ? url.href : undefined;
}

/** Whether a URL's host name is this machine itself: nothing sent there crosses a network. */
export function isLoopback(hostname: string): boolean {
	return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
