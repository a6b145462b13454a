import { isFieldName } from '../model/shape';
import type { PullRequest } from '../model/pullRequest';

/** Of a pull request, with what is known of its fields in the place of those that could not be read this time. */
export function withKnownFields(read: PullRequest, stored: PullRequest | undefined): PullRequest {
	const unread = new Set(read.partial.filter(isFieldName));
	if (!stored || read.partial.length === 0) {
		return read;
	}
	const { labelIds, assignees } = stored;
	return {
		...read,
		...(read.partial.includes('labels') && labelIds.length > read.labelIds.length ? { labelIds } : {}),
		...(read.partial.includes('assignees') && assignees.length > read.assignees.length ? { assignees } : {}),
		...(unread.has('author') ? { author: stored.author } : {}),
		...(unread.has('milestone') ? { milestoneId: stored.milestoneId } : {}),
		...(unread.has('closedAt') ? { closedAt: stored.closedAt } : {}),
		...(unread.has('mergedAt') ? { mergedAt: stored.mergedAt } : {}),
		...(unread.has('mergedBy') ? { mergedBy: stored.mergedBy } : {}),
	};
}
