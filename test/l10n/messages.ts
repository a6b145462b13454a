import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';

/** What the code asks the editor to translate. */
export interface Messages {
	/** The English texts, each once, sorted. */
	texts: string[];
	/** Places whose text no bundle can hold, because it is put together or passed by: `file:line`. */
	unreadable: string[];
}

/**
 * Every text in `src` that goes through `vscode.l10n.t` or a `Localizer`: calls of a method `t` of something whose
 * name ends with "l10n"; and every `sentence` of the core, which the editor translates when it shows it.
 */
export async function collectMessages(root: string): Promise<Messages> {
	const texts = new Set<string>();
	const unreadable: string[] = [];
	for (const file of await sources(join(root, 'src'))) {
		const source = ts.createSourceFile(file, await readFile(file, 'utf8'), ts.ScriptTarget.Latest, true);
		visit(source, (node) => {
			const [text] = isTranslated(node) ? node.arguments : [];
			if (text && ts.isStringLiteralLike(text)) {
				texts.add(text.text);
			} else if ((isTranslated(node) && !isPassedOn(file)) || (isUntranslated(node) && !isOfCommandLine(file))) {
				unreadable.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
			}
		});
	}
	return { texts: [...texts].sort(), unreadable };
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
	see(node);
	node.forEachChild((child) => visit(child, see));
}

function isTranslated(node: ts.Node): node is ts.CallExpression {
	return ts.isCallExpression(node) && /l10n\s*\.t$|^sentence$/i.test(node.expression.getText());
}

/** Whether this makes an error of words that nobody translates. */
function isUntranslated(node: ts.Node): boolean {
	const said = ts.isNewExpression(node) && /(Human|Storage)Error$/.test(node.expression.getText()) ? (node.arguments ?? []) : [];
	return said.some((argument) => ts.isStringLiteralLike(argument) || ts.isTemplateExpression(argument));
}

/** The command line speaks English. */
function isOfCommandLine(file: string): boolean {
	return /[\\/]src[\\/]cli[\\/]/.test(file);
}

/** These hand on whatever they are given. */
function isPassedOn(file: string): boolean {
	return /[\\/](editorLocalizer|errorText)\.ts$/.test(file);
}

async function sources(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries.filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name)).map((entry) => join(entry.parentPath, entry.name)).sort();
}
