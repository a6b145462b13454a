// A cell that begins so is a formula to spreadsheets, and names and titles come from anybody.
// https://owasp.org/www-community/attacks/CSV_Injection
const FORMULA = /^[\s\u0000-\u001f]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/** Stands before CSV in a file: without it Excel takes UTF-8 for the code page of the machine. */
export const CSV_MARK = '\ufeff';

type CsvRow = readonly (string | number)[];

/** Rows as CSV for spreadsheets: CRLF, UTF-8 with its mark, every text harmless. https://www.rfc-editor.org/rfc/rfc4180 */
export function csvText(rows: readonly CsvRow[]): string {
	return CSV_MARK + csvRows(rows);
}

/** The same without the mark: rows that follow on others. */
export function csvRows(rows: readonly CsvRow[]): string {
	return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

function csvCell(value: string | number): string {
	const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value);
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
