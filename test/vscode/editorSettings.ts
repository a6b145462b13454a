/** User settings of VS Code, by their full names. */
export type EditorSettings = Readonly<Record<string, unknown>>;

/** Keeps a fresh window still: no welcome page, no chat, no updates, nothing that asks a server outside. */
export const quietSettings: EditorSettings = {
	'workbench.startupEditor': 'none',
	'workbench.reduceMotion': 'on',
	'workbench.tips.enabled': false,
	'workbench.enableExperiments': false,
	'workbench.settings.enableNaturalLanguageSearch': false,
	'workbench.secondarySideBar.defaultVisibility': 'hidden',
	'chat.disableAIFeatures': true,
	'security.workspace.trust.enabled': false,
	// No extension of a test runs in the browser; to start that host costs every window a second.
	'extensions.webWorker': false,
	'extensions.autoCheckUpdates': false,
	'extensions.autoUpdate': false,
	'extensions.ignoreRecommendations': true,
	'telemetry.telemetryLevel': 'off',
	'update.mode': 'none',
	'update.showReleaseNotes': false,
	'git.autofetch': false,
	'git.ignoreMissingGitWarning': true,
	'git.openRepositoryInParentFolders': 'never',
	'npm.fetchOnlinePackageInfo': false,
	'typescript.disableAutomaticTypeAcquisition': true,
	'json.schemaDownload.enable': false,
};

/** As many of the editor's own extensions as the tests use: git and its remotes, sign-in, themes, settings that are checked, pages of Markdown. */
export const fewExtensions: readonly string[] = [
	'configuration-editing',
	'git',
	'git-base',
	'github-authentication',
	'json',
	'json-language-features',
	'markdown-basics',
	'markdown-language-features',
	'theme-defaults',
	'theme-seti',
];
