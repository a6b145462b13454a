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
