import fc from 'fast-check';
import { DAMAGE_KINDS, type DamageKind } from './damage';
import { EDIT_KINDS } from './edits';
import { HOLE_KINDS } from './holes';
import { WAYS, type RunTheme } from './runs';

/**
 * What a history is made of. Of some hundred kinds of things two that need each other for a fault would seldom meet: so
 * most histories draw on a few kinds alone, each on others.
 */
export interface Theme extends RunTheme {
	damages: readonly DamageKind[];
}

function someOf<T>(all: readonly T[], most: number): fc.Arbitrary<readonly T[]> {
	return fc.oneof({ weight: 1, arbitrary: fc.constant(all) }, { weight: 3, arbitrary: fc.shuffledSubarray([...all], { minLength: 2, maxLength: most }) });
}

export const theme: fc.Arbitrary<Theme> = fc.record({
	edits: someOf(EDIT_KINDS, 8),
	ways: someOf(WAYS, 4),
	holes: someOf(HOLE_KINDS, 4),
	damages: someOf(DAMAGE_KINDS, 4),
});
