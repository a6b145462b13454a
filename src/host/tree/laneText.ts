import { LANES } from '../../core/insights/myWork';
import { localized } from '../format/errorText';
import type { Localizer } from '../format/localizer';
import type { LaneNode } from './treeNode';

/** What a lane is called. */
export function laneText(lane: LaneNode['lane'], l10n: Localizer): string {
	return lane === 'branch' ? l10n.t('Checked-out branch') : localized(LANES[lane], l10n);
}
