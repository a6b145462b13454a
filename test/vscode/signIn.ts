import { setTimeout as delay } from 'node:timers/promises';
import type { Workbench } from './workbench';

/** The part of the GitHub stand-in that tells whether the editor got its session. */
export interface SignInServer {
	readonly requests: readonly { readonly path: string; readonly status: number }[];
}

/**
 * Signs in as a person does, once a command has asked for a GitHub Enterprise session: allows the extension to, copies
 * the device code, and looks at the page it is for. Returns when the editor knows the account.
 *
 * @throws Error when the editor does not ask, or does not get its session, within a minute each
 */
export async function signIn(workbench: Workbench, server: SignInServer): Promise<void> {
	const before = new Set(server.requests);
	await workbench.dialogButton('Allow');
	const opened = workbench.page.context().waitForEvent('page');
	await workbench.dialogButton('Copy & Continue to Browser');
	const tab = await opened;
	await tab.waitForLoadState();
	await tab.close();
	const deadline = Date.now() + 60_000;
	// The account is the last thing the editor asks for before it keeps the session.
	while (!server.requests.some((request) => !before.has(request) && request.status === 200 && request.path.startsWith('/api/v3/user'))) {
		if (Date.now() > deadline) throw new Error('The editor did not ask GitHub for the account after the device code was confirmed.');
		await delay(50);
	}
}

/** Leaves the sign-in at the first dialog, as a person does who does not want to. */
export async function refuseSignIn(workbench: Workbench): Promise<void> {
	await workbench.dialogButton('Cancel');
}
