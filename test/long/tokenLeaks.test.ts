import { describeLeaks, MARKED } from '../unit/cli/tokenLeaks';

MARKED.forEach(describeLeaks);
