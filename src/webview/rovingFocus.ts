/**
 * Makes the parts of all bars one stop of the Tab key: the arrow keys move within, Home and End to the ends
 * of a bar. With sixty people every part a stop of its own would be three hundred.
 */
export class RovingFocus {
	private readonly rows: HTMLElement[][] = [];
	private current: HTMLElement | undefined;

	/** @param rows the parts of each bar from top to bottom; empty bars are left out */
	set(rows: readonly (readonly HTMLElement[])[]): void {
		this.rows.splice(0, this.rows.length, ...rows.filter((row) => row.length > 0).map((row) => [...row]));
		for (const part of this.rows.flat()) {
			part.tabIndex = -1;
			part.addEventListener('keydown', (event) => this.onKey(event, part));
			part.addEventListener('focus', () => this.makeCurrent(part));
		}
		this.makeCurrent(this.rows[0]?.[0]);
	}

	/** The part that the Tab key leads to. */
	makeCurrent(part: HTMLElement | undefined): void {
		if (this.current) {
			this.current.tabIndex = -1;
		}
		this.current = part;
		if (part) {
			part.tabIndex = 0;
		}
	}

	private onKey(event: KeyboardEvent, part: HTMLElement): void {
		const target = this.target(event.key, part);
		if (target) {
			event.preventDefault();
			target.focus();
			target.scrollIntoView({ block: 'nearest' });
		}
	}

	private target(key: string, part: HTMLElement): HTMLElement | undefined {
		const line = this.rows.findIndex((row) => row.includes(part));
		const row = this.rows[line] ?? [];
		const column = row.indexOf(part);
		switch (key) {
			case 'ArrowRight':
				return row[column + 1];
			case 'ArrowLeft':
				return row[column - 1];
			case 'Home':
				return row[0];
			case 'End':
				return row.at(-1);
			case 'ArrowDown':
				return nearest(this.rows[line + 1], part);
			case 'ArrowUp':
				return nearest(this.rows[line - 1], part);
			default:
				return undefined;
		}
	}
}

/** The same part of the other bar, or its nearest to the left. */
function nearest(row: HTMLElement[] | undefined, part: HTMLElement): HTMLElement | undefined {
	const left = part.getBoundingClientRect().left;
	return row?.find((other) => other.dataset['part'] === part.dataset['part']) ?? row?.findLast((other) => other.getBoundingClientRect().left <= left) ?? row?.[0];
}
