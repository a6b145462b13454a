#!/usr/bin/env node
// The executable that @vscode/test-electron starts in place of the desktop editor. The work is in TypeScript:
// `node esbuild.mjs --tests` builds it.
import '../../out/test/vscode/editorLauncher.tool.mjs';
