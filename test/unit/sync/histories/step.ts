import fc from 'fast-check';
import { damage, type Damage } from './damage';
import { edit, type Edit } from './edits';
import { run, type Run } from './runs';
import type { Theme } from './theme';

export interface Wait {
	kind: 'wait';
	seconds: number;
}

export type Step = Edit | Run | Damage | Wait;

// A wait of 0: the next thing happens in the same second.
export const wait: fc.Arbitrary<Wait> = fc.record({ kind: fc.constant('wait' as const), seconds: fc.constantFrom(0, 1, 1, 2, 60, 400, 90_000) });

export function step(of: Theme): fc.Arbitrary<Step> {
	return fc.oneof(
		{ weight: 9, arbitrary: edit(of.edits) },
		{ weight: 3, arbitrary: wait },
		{ weight: 5, arbitrary: run(of) },
		{ weight: 1, arbitrary: damage(of.damages) },
	);
}
