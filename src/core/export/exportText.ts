import { CSV_MARK, csvRows } from '../insights/csv';
import { throwIfCancelled } from '../model/clock';
import type { ExportRows } from './exportRows';
import type { ExportedValue } from './exportTable';

export const EXPORT_FORMATS = ['csv', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Takes a piece of text; resolves when it wants the next. */
export type Sink = (text: string) => Promise<void>;

export interface TextOptions {
	format: ExportFormat;
	/** Whether CSV begins with the mark of UTF-8, as files for spreadsheets do. */
	mark: boolean;
	/** What a text becomes before it is written: in CSV before it is judged whether it begins a formula. As it is when absent. */
	shown?: ((text: string) => string) | undefined;
	signal?: AbortSignal | undefined;
	/** Told after every page how many rows are written. */
	onProgress?: ((rows: number) => void) | undefined;
}

/**
 * Writes rows as text, page by page: no more than one is held.
 * CSV has a line of titles, lists joined by `; `, and no cell or item that a spreadsheet would take for a formula;
 * JSON is one array with an object a line.
 * @returns how many rows there were
 * @throws CancelledError
 */
export async function writeText({ columns, pages }: ExportRows, sink: Sink, { format, mark, shown = asIs, signal, onProgress }: TextOptions): Promise<number> {
	let count = 0;
	await sink(format === 'csv' ? `${mark ? CSV_MARK : ''}${csvRows([columns])}` : '[');
	for await (const page of pages) {
		throwIfCancelled(signal);
		if (page.length > 0) {
			await sink(format === 'csv' ? csvRows(page.map((row) => row.map((value) => csvValue(value, shown)))) : jsonRows(columns, page, count === 0));
			count += page.length;
			onProgress?.(count);
		}
	}
	throwIfCancelled(signal);
	await sink(format === 'csv' ? '' : count === 0 ? ']\n' : '\n]\n');
	return count;
}

function asIs(text: string): string {
	return text;
}

function csvValue(value: ExportedValue, shown: (text: string) => string): string | number | boolean {
	if (value === null) {
		return '';
	}
	const plain = typeof value === 'object' ? value.join('; ') : value;
	return typeof plain === 'string' ? shown(plain) : plain;
}

function jsonRows(columns: readonly string[], rows: readonly ExportedValue[][], isFirst: boolean): string {
	const objects = rows.map((row) => JSON.stringify(Object.fromEntries(columns.map((name, i) => [name, row[i]]))));
	return `${isFirst ? '' : ','}\n${objects.join(',\n')}`;
}
