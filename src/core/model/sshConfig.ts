/**
 * What hosts are called in a person's configuration of ssh, as far as it takes to know which server a remote is on.
 * https://man.openbsd.org/ssh_config
 */
export interface SshConfig {
	/** In their order: what is said first counts. */
	blocks: readonly { patterns: readonly string[]; hostName: string }[];
}

/**
 * Reads a configuration. What stands in a `Match` block depends on more than the name of the host, and counts as not said.
 * @param included the texts of the files that a word of an `Include` names; what they include themselves is left out
 */
export function parseSshConfig(text: string, included: (pattern: string) => readonly string[] = () => []): SshConfig {
	const blocks: SshConfig['blocks'][number][] = [];
	// Before the first block everything is said of all hosts.
	let patterns = ['*'];
	for (const { keyword, words } of statementsOf(text)) {
		switch (keyword) {
			case 'host':
				patterns = words;
				break;
			case 'match':
				patterns = words.length === 1 && words[0]?.toLowerCase() === 'all' ? ['*'] : [];
				break;
			case 'hostname':
				blocks.push({ patterns, hostName: words[0] ?? '' });
				break;
			case 'include':
				// Inside of a block it holds for the hosts of that block alone: there it is not believed.
				if (patterns.includes('*')) {
					blocks.push(...words.flatMap((word) => included(word)).flatMap((one) => parseSshConfig(one).blocks));
				}
		}
	}
	return { blocks };
}

/** The files that a configuration includes, as they are written there. */
export function includesOf(text: string): string[] {
	return statementsOf(text).flatMap(({ keyword, words }) => (keyword === 'include' ? words : []));
}

/** The lines that say something: a keyword in small letters, and the words behind it. */
function statementsOf(text: string): { keyword: string; words: string[] }[] {
	return text.split('\n').flatMap((line) => {
		const [, keyword, rest = ''] = /^(\w+)(?=[\s=])(.*)$/.exec(line.trim()) ?? [];
		const said = rest.trim();
		const words = (said.startsWith('=') ? said.slice(1) : said).matchAll(/"([^"]*)"|(\S+)/g);
		return keyword === undefined ? [] : { keyword: keyword.toLowerCase(), words: [...words].map(([, quoted, plain]) => quoted ?? plain ?? '') };
	});
}

/** The server that a name leads to; the name itself where nothing is said of it. */
export function sshHostName({ blocks }: SshConfig, name: string): string {
	const said = blocks.find(({ patterns }) => isMeant(patterns, name))?.hostName ?? '';
	return said === '' ? name : said.replaceAll('%h', name).replaceAll('%%', '%');
}

/** One pattern fits, and none that takes it out. */
function isMeant(patterns: readonly string[], name: string): boolean {
	const fits = (pattern: string) => fitsPattern(pattern.toLowerCase(), name.toLowerCase());
	return patterns.some((pattern) => !pattern.startsWith('!') && fits(pattern)) && !patterns.some((pattern) => pattern.startsWith('!') && fits(pattern.slice(1)));
}

/** `*` stands for any characters, `?` for one. No regular expression: those take for ever over some patterns. */
function fitsPattern(pattern: string, name: string): boolean {
	let at = 0;
	// Where to go on when what follows the last star turns out not to fit: one character later.
	let star = -1;
	let tried = 0;
	for (let i = 0; i < name.length; ) {
		if (pattern[at] === '*') {
			star = at++;
			tried = i;
		} else if (pattern[at] === '?' || pattern[at] === name[i]) {
			at++;
			i++;
		} else if (star >= 0) {
			at = star + 1;
			i = ++tried;
		} else {
			return false;
		}
	}
	return /^\**$/.test(pattern.slice(at));
}
