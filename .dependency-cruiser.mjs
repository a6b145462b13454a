// The lint that holds the shape (`npm run lint`): arrows only ever point down, and none comes back to where it began.

const CORE = '^src/core/';

/** What each part of the core stands on, besides itself. A part that is not named here may import nothing. */
const STANDS_ON = {
	model: [],
	files: ['model'],
	github: ['model'],
	cache: ['model', 'files'],
	filter: ['model', 'store/sqlite', 'insights/turn.ts'],
	'store/sqlite': ['model'],
	'store/schema': ['model', 'store/sqlite'],
	// Whose turn it is stands on what is known of a pull request alone: the store asks for it to group and filter by it.
	'insights/turn.ts': ['model'],
	'store/read': ['model', 'filter', 'store/sqlite', 'store/storeErrors.ts', 'insights/turn.ts'],
	'store/write': ['model', 'store/sqlite', 'store/read', 'store/storeErrors.ts'],
	'store/file': ['model', 'files', 'store/sqlite', 'store/schema', 'store/write'],
	'store/worker': ['model', 'files', 'store'],
	insights: ['model', 'store/read'],
	sync: ['model', 'files', 'github', 'cache', 'store'],
	projects: ['model', 'store/read', 'sync'],
	export: ['model', 'files', 'insights', 'store'],
	background: ['model', 'files', 'github', 'sync', 'seeder.ts', 'seedService.ts', 'repositoryRun.ts'],
};

const startOf = (part) => `${CORE}${part.replace('.', '\\.')}${part.endsWith('.ts') ? '$' : '/'}`;

/** What lies in a folder itself, of one whose subfolders stand on something of their own. */
const STORE_ITSELF = { path: `${CORE}store/[^/]+$` };

const layers = Object.entries(STANDS_ON).map(([part, below]) => ({
	name: `${part.replace('/', '-')}-stands-on`,
	comment: `core/${part}/ stands on ${below.join(', ') || 'nothing'} alone.`,
	severity: 'error',
	from: { path: startOf(part) },
	to: { path: CORE, pathNot: [part, ...below].map(startOf) },
}));
layers.push({
	name: 'store-stands-on',
	comment: 'core/store/ itself stands on model/, files/ and its own parts alone, and not on the worker, which is made of it.',
	severity: 'error',
	from: STORE_ITSELF,
	to: { path: CORE, pathNot: [...['model', 'files'].map(startOf), `${CORE}store/(?!worker/)`] },
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
	forbidden: [
		{
			name: 'no-circle',
			comment: 'Two files that need each other are one, or a third is missing. Types count too.',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		...layers,
		{
			name: 'core-is-below',
			comment: 'The core knows nothing of those that use it, and never the editor.',
			severity: 'error',
			from: { path: CORE },
			to: { path: '^src/(?!core/)|^vscode$|node_modules/@types/vscode/' },
		},
		{
			name: 'cli-without-editor',
			comment: 'The command line runs without the editor.',
			severity: 'error',
			from: { path: '^src/cli/' },
			to: { path: '^src/(host|webview)/|^vscode$|node_modules/@types/vscode/' },
		},
		{
			name: 'page-by-protocol',
			comment: 'The page knows the editor by its protocol alone, and runs in a browser.',
			severity: 'error',
			from: { path: '^src/webview/' },
			to: { path: '^src/(host|cli)/|^vscode$|node_modules/@types/vscode/' },
		},
		{
			name: 'page-in-a-browser',
			comment: 'The page runs in a browser: nothing of Node is there.',
			severity: 'error',
			from: { path: '^src/webview/' },
			to: { dependencyTypes: ['core'] },
		},
		{
			name: 'known-parts',
			comment: 'A new folder of the core says in STANDS_ON what it stands on.',
			severity: 'error',
			from: { path: `${CORE}.+/`, pathNot: [...Object.keys(STANDS_ON).map(startOf), STORE_ITSELF.path] },
			to: {},
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
		enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.js'] },
	},
};
