import type { SeedOptions } from '../../../../src/core/sync/seedOptions';

/**
 * What a plain run does not promise to bring:
 * - `verify`: what changes without an update of the pull request
 * - `rows`: what another tool did to the database, which only a verify compares
 * - `refresh`: many pull requests that vanished at once, names of accounts that a verify does not look at, and what a
 *   cache of an earlier release does not know
 * - `day`: what was refused, or came back incomplete three times
 */
export type Debt = 'verify' | 'rows' | 'refresh' | 'day';

/** So many pull requests that vanish at once are believed to be gone. */
const FEW = 10;
const INCOMPLETE_RUNS = 3;

/** What the last run of a history has to be, so that all is as on the server: no more than the product promises. */
export class Debts {
	private readonly owed = new Set<Debt>();
	private undecided: (() => Debt)[] = [];
	private gone = 0;
	private incomplete = 0;
	/** A refresh went through everything since it was owed; what it could not read, the next runs read. */
	private isRenewing = false;
	/** There were more pull requests than are believed to vanish at once. */
	hasHadMany = false;

	owe(debt: Debt): void {
		this.owed.add(debt);
		this.isRenewing &&= debt !== 'refresh';
	}

	/** Which of them it is shows when it is paid. */
	oweOneOf(debt: () => Debt): void {
		this.undecided.push(debt);
		this.isRenewing = false;
	}

	owes(debt: Debt): boolean {
		return this.owed.has(debt) || this.undecided.some((decide) => decide() === debt);
	}

	/** So many pull requests vanished. */
	removed(count: number): void {
		this.gone += count;
		if (this.gone > FEW) this.owe('refresh');
	}

	/** A run could not read everything. */
	ranIncomplete(): void {
		if (++this.incomplete >= INCOMPLETE_RUNS) this.owe('day');
	}

	/** A refresh of everything went through, whatever it could not read. */
	renewing(): void {
		this.isRenewing = true;
	}

	/** A run over everything, with nothing in its way. */
	paidBy({ refresh, verify }: SeedOptions): void {
		this.gone = 0;
		if (verify === true) {
			this.owed.delete('verify');
			this.owed.delete('rows');
			this.undecided = this.undecided.filter((decide) => decide() !== 'verify');
		}
		if (refresh === true || this.isRenewing) {
			this.undecided = this.undecided.filter((decide) => refresh !== true && decide() !== 'refresh');
			this.owed.delete('refresh');
		}
		if (refresh === true) {
			this.owed.delete('day');
		}
	}

	/** The runs that remain to be done. */
	get lastRuns(): SeedOptions[] {
		const owesRefresh = this.owes('refresh') && !this.isRenewing;
		const runs = [...(this.owes('verify') || this.owes('rows') ? [{ verify: true }] : []), ...(owesRefresh ? [{ refresh: true }] : [])];
		return runs.length > 0 ? runs : [{}];
	}
}
