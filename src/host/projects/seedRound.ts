import * as vscode from 'vscode';
import { UnauthorizedError } from '../../core/github/errors';
import { SignedOutError } from '../auth/gitHubSessions';
import { editorLocalizer } from '../editorLocalizer';
import { notificationText, withoutIcons } from '../format/plainText';
import { reportText } from '../format/progressText';
import { goingOn } from '../goingOn';
import type { SeedRunner } from '../seed/seedRunner';
import { onlyError, outcomeText, seedInTurn, type SeedJob, type SeedOutcome } from './seedInTurn';

/** How long a word that needs no answer stays in the status bar. */
const HINT_MS = 5_000;

export interface SeedRoundOptions {
	runner: Pick<SeedRunner, 'run' | 'isRunning'>;
	log: vscode.LogOutputChannel;
	/** Notes what went wrong with one of several repositories. */
	note: (error: unknown) => void;
}

type TellSuccess = (text: string, outcome: SeedOutcome) => void;

/** Seeds several repositories in turn, and tells once how it ended. */
export class SeedRound {
	constructor(private readonly options: SeedRoundOptions) {}

	/**
	 * @param title what is seeded, as its end is told
	 * @throws what alone kept all of it from being done
	 */
	run(title: string, jobs: readonly SeedJob[], tellSuccess: TellSuccess = inNotification): Promise<SeedOutcome> {
		return goingOn(() => this.runAll(title, jobs, tellSuccess));
	}

	private async runAll(title: string, jobs: readonly SeedJob[], tellSuccess: TellSuccess): Promise<SeedOutcome> {
		const { runner, note, log } = this.options;
		const outcome = await seedInTurn(jobs, {
			// What goes on already does the same; whoever asked first chose its options.
			run: ({ ref, options }) => (runner.isRunning(ref) ? runner.run(ref) : runner.run(ref, options)),
			endsHost: (error) => error instanceof SignedOutError || error instanceof UnauthorizedError,
		});
		const only = onlyError(outcome);
		if (only !== undefined) {
			// Shown as for one repository, with the way to sign in where that is it.
			throw only;
		}
		outcome.reports.forEach((report) => log.info(reportText(report, editorLocalizer)));
		const text = outcomeText(title, outcome, editorLocalizer);
		if (outcome.failures.length === 0) {
			log.info(text);
			tellSuccess(text, outcome);
			return outcome;
		}
		outcome.failures.forEach(({ error }) => note(error));
		const showLog = vscode.l10n.t('Show Log');
		void vscode.window.showWarningMessage(notificationText(text), showLog).then((chosen) => chosen === showLog && log.show());
		return outcome;
	}
}

/** For what was asked for by name. */
function inNotification(text: string): void {
	void vscode.window.showInformationMessage(notificationText(text));
}

/** For what is done often: a few words that go away by themselves. */
export function inStatusBar(text: string): void {
	vscode.window.setStatusBarMessage(`$(check) ${withoutIcons(text)}`, HINT_MS);
}
