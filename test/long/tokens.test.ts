import { CASES, type TokenCase } from './tokenCases';
import { runTokenCase, STEPS, type MatrixRow } from './tokenMatrix';

describe('every kind of token, with every permission missing', function () {
	this.timeout(600_000);
	const rows = new Map<TokenCase, MatrixRow>();
	const passed = new Set<TokenCase>();

	for (const one of CASES) {
		it(`${one.kind}, ${one.has}${one.isPublic === true ? ', public repository' : ''}`, async () => {
			const row: MatrixRow = { requests: new Map(), gaps: {} };
			rows.set(one, row);
			await runTokenCase(one, row);
			passed.add(one);
		});
	}

	after(() => {
		const reading = CASES.filter(({ turnedAway }) => turnedAway === undefined);
		const away = CASES.filter(({ turnedAway }) => turnedAway !== undefined);
		console.log('\n    Requests of each run, and how many of the pull requests are marked after the first:\n');
		print([['token', 'has', ...STEPS, 'marked as incomplete', ''], ...reading.map((one) => cells(one, rows.get(one), passed.has(one)))]);
		console.log('\n    Turned away, with what is stored still there:\n');
		print([['token', 'has', 'exit', ''], ...away.map((one) => [one.kind, one.has, String(one.turnedAway?.exit), passed.has(one) ? 'ok' : 'FAILED'])]);
	});
});

function cells(one: TokenCase, row: MatrixRow | undefined, isGood: boolean): string[] {
	const marked = Object.entries(row?.gaps ?? {}).map(([list, count]) => (list === 'teams' ? `(${count} with nameless teams)` : `${list} ${count}`));
	return [
		one.kind,
		`${one.has}${one.isPublic === true ? ' (public)' : ''}`,
		...STEPS.map((step) => String(row?.requests.get(step) ?? '')),
		marked.join(', '),
		isGood ? 'ok' : 'FAILED',
	];
}

function print(table: readonly (readonly string[])[]): void {
	const widths = (table[0] ?? []).map((_, i) => Math.max(...table.map((row) => row[i]?.length ?? 0)));
	for (const row of table) console.log(`    ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ').trimEnd()}`);
}
