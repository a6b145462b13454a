import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../vscode/paths';
import { bundledPackages, notices } from './notices';

await writeFile(join(repositoryRoot, 'THIRD-PARTY-NOTICES.txt'), notices(await bundledPackages()));
