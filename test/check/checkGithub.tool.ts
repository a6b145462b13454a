// Settles what is believed of GitHub: checkGithub.tool.mjs OWNER/REPO [--pr N] [--compare FILE] [--host HOST] [--api-url URL]
import { checkGithub } from './checkGithub';

process.exitCode = await checkGithub({ argv: process.argv.slice(2), env: process.env, out: (line) => console.log(line), error: (line) => console.error(line) });
