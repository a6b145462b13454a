// A cell that begins so is a formula to spreadsheets, and names and titles come from anybody.
// https://owasp.org/www-community/attacks/CSV_Injection
const FORMULA = /^[\s\u0000-\u001f\u007f-\u009f\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*[=+\-@＝＋－＠]|^[\t\r\n]/u;
/*
 * The same within a text, where another reader begins a cell: at a line's beginning, and behind a semicolon or a tab
 * where that is the separator, as in Excel where decimals have a comma. Quotes don't help there: around the text they
 * stand in the middle of such a reader's cell, and those right before the sign it takes away.
 * The sign comes first and is looked back from, so that long runs of anything else cost nothing.
 */
const INNER_FORMULA = /[=+\-@＝＋－＠](?<=[;\t\r\n][\s"\u0000-\u001f\u007f-\u009f\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*.)|[\r\n](?<=;"*.)|\t(?<=[;\r\n]"*.)/gsu;

/** Stands before CSV in a file: without it Excel takes UTF-8 for the code page of the machine. */
export const CSV_MARK = '\ufeff';

type CsvRow = readonly (string | number | boolean)[];

/**
 * Rows as CSV for spreadsheets: CRLF, UTF-8 with its mark, every text in quotes and harmless, whether commas,
 * semicolons or tabs are read as separators. https://www.rfc-editor.org/rfc/rfc4180
 */
export function csvText(rows: readonly CsvRow[]): string {
	return CSV_MARK + csvRows(rows);
}

/** The same without the mark: rows that follow on others. */
export function csvRows(rows: readonly CsvRow[]): string {
	return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

/** Numbers, `true` and `false` stand bare, and nothing is nothing. */
function csvCell(value: string | number | boolean): string {
	if (typeof value !== 'string' || value === '') {
		return String(value);
	}
	const text = `${FORMULA.test(value) ? "'" : ''}${value.replace(INNER_FORMULA, "'$&")}`;
	return `"${text.replaceAll('"', '""')}"`;
}
