import * as vscode from 'vscode';
import { MissingScopeError, SamlError, UnauthorizedError } from '../core/github/errors';
import { CancelledError, HumanError } from '../core/model/humanError';
import { SignedOutError } from './auth/gitHubSessions';
import type { SignInTarget } from './auth/signIn';
import { editorLocalizer } from './editorLocalizer';
import { errorText } from './format/errorText';
import { notificationText, withoutIcons } from './format/plainText';
import { sameAgain } from './goingOn';

/** How long the word that a stop was heard stays in the status bar. */
const HINT_MS = 5_000;

/**
 * The one place that shows failures. What knows how to help itself (`HumanError`) is shown as it stands;
 * anything else is a defect: its stack goes to the log and a person hears where to find it.
 */
export class ErrorReporter implements vscode.Disposable {
	private hint: vscode.Disposable | undefined;

	constructor(private readonly log: vscode.LogOutputChannel) {}

	/**
	 * Shows what went wrong with something a person asked for. Resolves at once; buttons act later.
	 * @param retry does it again, after the person has signed in
	 */
	show(error: unknown, retry?: () => unknown): void {
		if (error instanceof CancelledError) {
			this.showHint(`$(circle-slash) ${error.message}`);
			return;
		}
		this.write(error);
		if (error instanceof SignedOutError) {
			// The person closed the dialog, or the editor has said itself why it failed: either way no alarm.
			this.showHint(`$(sign-in) ${vscode.l10n.t('Not signed in to {0}', withoutIcons(error.host))}`);
			return;
		}
		if (error instanceof HumanError) {
			void this.offer(notificationText(errorText(error, editorLocalizer)), this.signInTarget(error, retry));
		} else {
			void this.offer(vscode.l10n.t('Something went wrong. The log says what.'), undefined);
		}
	}

	/** Takes away what the status bar says of the command before: it is no longer so, or no longer matters. */
	clearHint(): void {
		this.hint?.dispose();
		this.hint = undefined;
	}

	dispose(): void {
		this.clearHint();
	}

	/** A command that shows its own failures; the editor would show them a second time, in its own words. */
	guard<A extends unknown[]>(run: (...parameters: A) => unknown): (...parameters: A) => Promise<unknown> {
		const guarded = async (...parameters: A): Promise<unknown> => {
			this.clearHint();
			try {
				return await run(...parameters);
			} catch (error) {
				this.show(error, () => guarded(...parameters));
				return undefined;
			}
		};
		return guarded;
	}

	/** Notes what went wrong with something nobody asked for. */
	write(error: unknown): void {
		if (error instanceof HumanError) {
			this.log.warn(`${error.message}${causeOf(error)}`);
		} else {
			this.log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
		}
	}

	private showHint(text: string): void {
		this.clearHint();
		this.hint = vscode.window.setStatusBarMessage(text, HINT_MS);
	}

	private async offer(message: string, signIn: SignInTarget | undefined): Promise<void> {
		const signInButton = vscode.l10n.t('Sign In');
		const logButton = vscode.l10n.t('Show Log');
		const buttons = signIn ? [signInButton, logButton] : [logButton];
		const chosen = await vscode.window.showErrorMessage(message, ...buttons);
		if (chosen === signInButton) {
			await vscode.commands.executeCommand('prSeeder.signIn', signIn);
		} else if (chosen === logButton) {
			this.log.show();
		}
	}

	private signInTarget(error: HumanError, retry: (() => unknown) | undefined): SignInTarget | undefined {
		const helps = error instanceof UnauthorizedError || error instanceof MissingScopeError || error instanceof SamlError;
		if (!helps) {
			return undefined;
		}
		// The same repository rather than the same command, which would ask for one.
		const same = sameAgain(error);
		const then = same ? this.guard(same) : retry;
		return { host: error.host, again: true, ...(then && { then }) };
	}
}

function causeOf(error: Error): string {
	return error.cause instanceof Error ? ` (${error.cause.message})` : '';
}
