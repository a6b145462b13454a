import * as vscode from 'vscode';
import type { Clock } from '../../core/model/clock';
import { chooseOne, typeText } from '../quickInput/steps';
import { selectedPullRequests } from '../tree/selection';
import type { Marks } from './marks';
import type { MyRow } from './myWorkRows';

type Choice = 'tomorrow' | 'monday' | 'date' | 'change';

/** Pins and snoozes the rows of My Work that a menu was called on. */
export class MarkCommands {
	constructor(
		private readonly marks: Pick<Marks, 'pin' | 'setSnooze'>,
		private readonly clock: Pick<Clock, 'now'>,
	) {}

	async pin(node: unknown, selected: unknown, isPinned: boolean): Promise<void> {
		await this.marks.pin(rowsOf(node, selected).map(({ name }) => name), isPinned);
	}

	async wake(node: unknown, selected?: unknown): Promise<void> {
		await this.marks.setSnooze(rowsOf(node, selected), undefined, this.clock.now());
	}

	/** Asks until when. */
	async snooze(node: unknown, selected?: unknown): Promise<void> {
		const rows = rowsOf(node, selected);
		const now = this.clock.now();
		const until = rows.length === 0 ? undefined : await askUntil(now);
		if (until !== undefined) {
			await this.marks.setSnooze(rows, until, now);
		}
	}
}

async function askUntil(now: number): Promise<number | 'change' | undefined> {
	const title = vscode.l10n.t('Snooze Pull Request');
	for (;;) {
		const answer = await chooseOne<Choice>({ title, canGoBack: false }, [
			{ value: 'tomorrow', label: vscode.l10n.t('Until tomorrow') },
			{ value: 'monday', label: vscode.l10n.t('Until Monday') },
			{ value: 'date', label: vscode.l10n.t('Until a date…') },
			{ value: 'change', label: vscode.l10n.t('Until something changes') },
		]);
		if (answer === undefined || answer === 'back') {
			return undefined;
		}
		if (answer.value !== 'date') {
			return answer.value === 'change' ? 'change' : answer.value === 'tomorrow' ? tomorrow(now) : nextMonday(now);
		}
		const typed = await typeText({ title, canGoBack: true }, {
			value: '',
			prompt: vscode.l10n.t('Enter a date after today, as YYYY-MM-DD.'),
			placeholder: vscode.l10n.t('YYYY-MM-DD'),
			problemWith: (text) => (dayOf(text, now) === undefined ? vscode.l10n.t('Enter a date after today, as YYYY-MM-DD.') : undefined),
		});
		if (typed !== 'back') {
			return typed && dayOf(typed.value, now);
		}
	}
}

/** When tomorrow begins by the machine's clock, in milliseconds since the Unix epoch. */
export function tomorrow(now: number): number {
	return dayAfter(now, 1);
}

/** When the next Monday begins; on a Monday the one in a week. */
export function nextMonday(now: number): number {
	const weekday = new Date(now).getDay();
	return dayAfter(now, (8 - weekday) % 7 || 7);
}

/** When a day begins that is written as YYYY-MM-DD; `undefined` where it is none, or not after today. */
export function dayOf(text: string, now: number): number | undefined {
	const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text.trim()) ?? [];
	const date = new Date(Number(year), Number(month) - 1, Number(day));
	return date.getMonth() === Number(month) - 1 && date.getTime() > now ? date.getTime() : undefined;
}

function dayAfter(now: number, days: number): number {
	const date = new Date(now);
	return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}

function rowsOf(node: unknown, selected: unknown): MyRow[] {
	return selectedPullRequests(node, selected).flatMap((one) => ('mine' in one ? [one.mine as MyRow] : []));
}
