// What a file says. Which file may import which is in .dependency-cruiser.mjs.
import { getStaticValue } from '@eslint-community/eslint-utils';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

/** What `regexp` can't read it lets pass: a pattern that is put together has to be of constants that it can put together too. */
const knownPattern = {
	create: ({ sourceCode, report }) => {
		const check = (node) => {
			const [pattern] = node.arguments;
			if (pattern !== undefined && getStaticValue(pattern, sourceCode.getScope(node)) === null) {
				report({ node, message: 'No lint can tell how long this pattern takes: write it out, or put it together from constants.' });
			}
		};
		return { 'NewExpression[callee.name="RegExp"]': check, 'CallExpression[callee.name="RegExp"]': check };
	},
};

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
		plugins: { regexp, own: { rules: { 'known-pattern': knownPattern } } },
		rules: {
			'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
			'regexp/no-super-linear-move': ['error', { report: 'potential' }],
			'own/known-pattern': 'error',
		},
	},
	{
		files: ['test/**/*.ts'],
		rules: { '@typescript-eslint/no-unused-expressions': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
	},
);
