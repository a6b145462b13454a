import { describeLeaks, MARKED } from './tokenLeaks';

// The one that no pattern can tell; test/long has the others.
describeLeaks(MARKED[2]);
