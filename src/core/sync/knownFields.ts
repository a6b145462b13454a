import { isFieldName } from '../model/shape';
import type { Dialect } from '../github/dialect';
import type { PullRequest } from '../model/pullRequest';

/** Of a pull request, with what is known of its fields in the place of those that could not be read this time, or were not asked for. */
export function withKnownFields(read: PullRequest, stored: PullRequest | undefined, dialect: Dialect): PullRequest {
	if (!stored) {
		return read;
	}
	const unread = new Set(read.partial.filter(isFieldName));
	const { labelIds, assignees } = stored;
	return {
		...read,
		...(read.partial.includes('labels') && labelIds.length > read.labelIds.length ? { labelIds } : {}),
		...(read.partial.includes('assignees') && assignees.length > read.assignees.length ? { assignees } : {}),
		...(unread.has('author') ? { author: stored.author } : {}),
		...(unread.has('milestone') ? { milestoneId: stored.milestoneId } : {}),
		...(unread.has('closedAt') ? { closedAt: stored.closedAt } : {}),
		...(unread.has('mergedAt') ? { mergedAt: stored.mergedAt } : {}),
		...(unread.has('mergedBy') || !dialect.has('PullRequest.mergedBy') ? { mergedBy: stored.mergedBy } : {}),
	};
}
