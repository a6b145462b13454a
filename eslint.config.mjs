// The lint that holds the shape: an arrow only ever points down, and the core never sees the editor.
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

/** Forbids imports whose path matches, with the reason shown to whoever tries. */
const mayNotImport = (message, ...group) => [
	'error',
	{ patterns: [{ group, message }] },
];

const layer = (folder, message, ...group) => ({
	files: [`src/core/${folder}/**/*.ts`],
	rules: {
		'no-restricted-imports': mayNotImport(message, 'vscode', '**/host/**', '**/cli/**', '**/webview/**', ...group),
	},
});

export default tseslint.config(
	{ ignores: ['dist/**', 'out/**', 'node_modules/**', '.vscode-test/**', '.artifacts/**', '**/*.mjs'] },
	...tseslint.configs.strictTypeChecked,
	{
		languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
		rules: {
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
			'@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
			'@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
			'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
			eqeqeq: 'error',
			'prefer-const': 'error',
		},
	},
	{
		// Foreign text meets them: none may take more than time in proportion to it.
		files: ['src/**/*.ts'],
		plugins: { regexp },
		rules: {
			'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
			'regexp/no-super-linear-move': ['error', { report: 'potential' }],
		},
	},
	layer('model', 'The model imports nothing of the other layers.', '../github/**', '../sync/**', '../cache/**', '../store/**', '../insights/**'),
	layer('github', 'github/ stands on model/ alone.', '../sync/**', '../cache/**', '../store/**', '../insights/**'),
	layer('cache', 'cache/ stands on model/ alone.', '../sync/**', '../github/**', '../store/**', '../insights/**'),
	layer('store', 'store/ stands on model/ alone.', '../sync/**', '../github/**', '../cache/**', '../insights/**'),
	layer('insights', 'insights/ stands on model/ and store/ alone.', '../sync/**', '../github/**', '../cache/**'),
	layer('sync', 'sync/ does not import insights/.', '../insights/**'),
	{
		files: ['src/cli/**/*.ts'],
		rules: { 'no-restricted-imports': mayNotImport('The command line runs without the editor.', 'vscode', '**/host/**', '**/webview/**') },
	},
	{
		files: ['src/webview/**/*.ts'],
		rules: { 'no-restricted-imports': mayNotImport('The page knows the editor by its protocol alone.', 'vscode', 'node:*', '**/host/**', '**/cli/**') },
	},
	{
		files: ['test/**/*.ts'],
		rules: { '@typescript-eslint/no-unused-expressions': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
	},
);
