import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';

/** What the code asks the editor to translate. */
export interface Messages {
	/** The English texts, each once, sorted. */
	texts: string[];
	/** Calls whose text is put together, which no bundle can hold: `file:line`. */
	unreadable: string[];
}

/**
 * Every text in `src` that goes through `vscode.l10n.t` or a `Localizer`: calls of a method `t` of something whose
 * name ends with "l10n".
 */
export async function collectMessages(root: string): Promise<Messages> {
	const texts = new Set<string>();
	const unreadable: string[] = [];
	for (const file of await sources(join(root, 'src'))) {
		const source = ts.createSourceFile(file, await readFile(file, 'utf8'), ts.ScriptTarget.Latest, true);
		visit(source, (call) => {
			const [text] = call.arguments;
			if (text && ts.isStringLiteralLike(text)) {
				texts.add(text.text);
			} else if (!isPassedOn(file)) {
				unreadable.push(`${file}:${source.getLineAndCharacterOfPosition(call.getStart()).line + 1}`);
			}
		});
	}
	return { texts: [...texts].sort(), unreadable };
}

function visit(node: ts.Node, found: (call: ts.CallExpression) => void): void {
	if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 't') {
		if (/l10n$/i.test(node.expression.expression.getText())) {
			found(node);
		}
	}
	node.forEachChild((child) => visit(child, found));
}

/** The port itself hands on whatever it is given. */
function isPassedOn(file: string): boolean {
	return file.endsWith('editorLocalizer.ts');
}

async function sources(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries.filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name)).map((entry) => join(entry.parentPath, entry.name)).sort();
}
