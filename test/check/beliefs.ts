import type { Belief } from './belief';
import { checkBeliefs } from './beliefs/checks';
import { costBeliefs } from './beliefs/costs';
import { rowBeliefs } from './beliefs/rows';
import { tokenBeliefs } from './beliefs/tokens';
import { updateBeliefs } from './beliefs/updates';

/** All that is believed, in the order in which it is asked. CONTRIBUTING.md has the same list. */
export const BELIEFS: readonly Belief[] = [...tokenBeliefs, ...rowBeliefs, ...checkBeliefs, ...updateBeliefs, ...costBeliefs];
