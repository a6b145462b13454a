/** Few writes, and yet no piece that takes long to make. */
const PIECE = 64 * 1024;

/**
 * The text of `JSON.stringify(document, null, 2)` and a line break in pieces, with the lists of its top level item by item: as a whole it may
 * be longer than any string can be.
 */
export function* jsonPieces(document: object): Generator<string> {
	let before = '{\n';
	for (const [name, value] of Object.entries(document) as [string, unknown][]) {
		if (value === undefined) {
			continue;
		}
		yield `${before}  ${JSON.stringify(name)}: `;
		before = ',\n';
		yield* Array.isArray(value) && value.length > 0 ? listPieces(value) : [indented(value, 2)];
	}
	yield before === ',\n' ? '\n}\n' : '{}\n';
}

/** The same text in pieces of a good size; one that is longer stays as it is. */
export function* gathered(pieces: Iterable<string>): Generator<string> {
	let text = '';
	for (const piece of pieces) {
		if (text !== '' && text.length + piece.length > PIECE) {
			yield text;
			text = '';
		}
		text += piece;
	}
	yield text;
}

function* listPieces(list: readonly unknown[]): Generator<string> {
	let before = '[\n';
	for (const item of list) {
		yield `${before}    ${indented(item, 4)}`;
		before = ',\n';
	}
	yield '\n  ]';
}

/** In JSON a line break is never part of a text. */
function indented(value: unknown, columns: number): string {
	return (JSON.stringify(value, null, 2) as string | undefined)?.replaceAll('\n', `\n${' '.repeat(columns)}`) ?? 'null';
}
