/** A fault that was mended once, put back by edits of exact texts; the random histories have to find it. */
export interface Mutation {
	/** What goes wrong, in a few words. */
	what: string;
	/** Below `src/core`. */
	file: string;
	/** What stands there, once, and what is put in its place. */
	edits: readonly (readonly [string, string])[];
}

export const MUTATIONS: readonly Mutation[] = [
	{ what: 'a null that an error explains is taken for nothing', file: 'github/holes.ts', edits: [['\t\t\tholder[key] = undefined;\n\t\t\treturn;', '\t\t\treturn;']] },
	{ what: 'a label that was missing once stays dropped for good', file: 'sync/catalogue.ts', edits: [['dropped: [...new Set(before)].filter((one) => !present.has(one)),', 'dropped: [...new Set(before)].filter((one) => !present.has(one) || state.dropped.includes(one)),']] },
	{ what: 'labels and milestones are known by their count', file: 'sync/catalogueDigest.ts', edits: [['createHash(\'sha256\').update(JSON.stringify(list)).digest(\'base64url\')', 'String(list.length)']] },
	{ what: 'labels and milestones are known by counts of what changed', file: 'sync/catalogueDigest.ts', edits: [['return { labels: labelsRead && digestOf(labels), milestones: milestonesRead && digestOf(milestones) };', 'return { labels: labelsRead && `${labels.length} ${labels.filter(({ name }) => name.startsWith(\'renamed\')).length}`, milestones: milestonesRead && digestOf(milestones) };']] },
	{ what: 'damaged lines are left out when all is read', file: 'cache/repositoryCache.ts', edits: [['.forEach(({ number }) => this.lose(number));', '.forEach(() => undefined);']] },
	{ what: 'a damaged line is left out when it is read by itself', file: 'cache/repositoryCache.ts', edits: [['\t\t\t\t} else {\n\t\t\t\t\tthis.lose(number);\n\t\t\t\t}', '\t\t\t\t}']] },
	{ what: 'rows that a run has not come to are dropped', file: 'sync/storeFollower.ts', edits: [['return listing.complete && watermark !== null;', 'return true;']] },
	{ what: 'labels and milestones that were not read are none', file: 'sync/catalogueDigest.ts', edits: [['labels: labelsRead && digestOf(labels), milestones: milestonesRead && digestOf(milestones)', 'labels: digestOf(labels), milestones: digestOf(milestones)']] },
	{ what: 'what was refused is not noted', file: 'sync/detailsRecord.ts', edits: [['refused: [...refused, ...unnamed(fetched, dialect, stored?.refused ?? [], sameHead)],', 'refused: [],']] },
	{ what: 'a slow-down lasts by the local clock', file: 'github/rateBudget.ts', edits: [['this.quiet.ms - msSince(this.quiet.since, this.clock)', 'this.quiet.until - this.clock.now()'], ['this.quiet = { since: momentOf(this.clock), ms };', 'this.quiet = { since: momentOf(this.clock), ms, until: this.clock.now() + ms };']] },
	{ what: 'what came back incomplete is never asked for again', file: 'sync/staleness.ts', edits: [['return tries > 0 && (tries < MAX_TRIES || readAt < serverNow - RETRY_AFTER_MS);', 'return false;']] },
	{ what: 'what came back incomplete is not asked for once a day', file: 'sync/staleness.ts', edits: [['(tries < MAX_TRIES || readAt < serverNow - RETRY_AFTER_MS)', 'tries < MAX_TRIES']] },
	{ what: 'a verify does not look at the rows', file: 'repositoryRun.ts', edits: [['options.verify === true ? this.compare(follower) : follower.follow()', 'follower.follow()']] },
	{ what: 'a verify does not look at names', file: 'sync/reconcile.ts', edits: [['...(verifies ? await renamed(context, page) : [])', '']] },
	{ what: 'what is withheld counts as never listed', file: 'sync/reconcile.ts', edits: [['unlisted: listing.complete && withheld === 0 ?', 'unlisted: listing.complete ?']] },
	{ what: 'details of the second of an edit are the last word', file: 'sync/staleness.ts', edits: [['return entry.detailsOf !== null && entry.readAt < Date.parse(entry.detailsOf) + SAME_SECOND_MS;', 'return false;']] },
	{ what: 'labels and milestones beyond the second page are not looked at', file: 'sync/catalogue.ts', edits: [['next: besides?.cursor ?? list.cursor,', 'next: list.cursor,']] },
	{ what: 'a label that comes back is not put back into the rows', file: 'sync/catalogue.ts', edits: [['state.restored + Number(state.dropped.some((one) => present.has(one)))', 'state.restored']] },
	{ what: 'a smaller part takes the place of a larger one', file: 'sync/window.ts', edits: [['return isWider ? extent : asked;', 'return asked;']] },
	{ what: 'open ones beyond the newest so many are not looked for', file: 'sync/moved.ts', edits: [['return options.allOpen === true && !listing.complete &&', 'return false &&']] },
	{ what: 'a list that came back shorter replaces what is known', file: 'sync/detailsRecord.ts', edits: [['\t\tif (name !== \'checks\' && (lists[name]', '\t\tif (false && name !== \'checks\' && (lists[name]']] },
	{ what: 'a field that could not be read replaces what is known', file: 'sync/knownFields.ts', edits: [['\tif (!stored) {\n\t\treturn read;', '\tif (true) {\n\t\treturn read;']] },
	{ what: 'somebody with another login is another person', file: 'store/write/memberWriter.ts', edits: [['\t\t\tthis.rename(former.login, login);', '']] },
	{ what: 'a label that is counted and not shown is dropped', file: 'sync/catalogue.ts', edits: [['items.length < totalCount ? known.filter(', 'false ? known.filter(']] },
	{ what: 'what was refused is not tried again', file: 'sync/staleness.ts', edits: [['return refused.filter((part) => !isWithheld(dialect, part) && (wantsChecks || (part !== \'checks\' && part !== \'workflowNames\')));', 'return [];']] },
	{ what: 'what a refresh could not read is as if it had been', file: 'sync/repositorySync.ts', edits: [['...(awaitingRenewal(cache).every(({ number }) => this.reading.fetched.has(number)) ? { renewal: null } : {}),', 'renewal: null,']] },
	{ what: 'what an id does not lead to is gone', file: 'sync/vanished.ts', edits: [['if (notFound.has(`pr${number}`)) {', 'if (true) {']] },
	{ what: 'a label that comes after the pull request stays away', file: 'sync/storeFollower.ts', edits: [['if (record && awaitsLabel(record.pullRequest, catalogue)) {', 'if (false) {']] },
	{ what: 'checks that were not shown this time are gone', file: 'sync/detailsRecord.ts', edits: [['\t} else if (incomplete) {\n\t\tdetails.checks = [', '\t} else if (incomplete) {\n\t\tdetails.checks = true ? details.checks : [']] },
	{ what: 'as many labels as before are the same labels', file: 'sync/catalogue.ts', edits: [['read?.count === seen.totalCount && areKnown(seen.items, known)', 'read?.count === seen.totalCount']] },
	{ what: 'the watermark passes what could not be read', file: 'sync/repositorySync.ts', edits: [['...(forgotten ? {} : { watermark, pendingWatermark: null }),', 'watermark, pendingWatermark: null,']] },
	{ what: 'rows of a journal that is lost stay', file: 'sync/storeFollower.ts', edits: [['if (!alone && this.knowsAll) {', 'if (false) {']] },
	{ what: 'a listed row that lacks fields replaces what is stored', file: 'sync/listing.ts', edits: [['pullRequest: { ...withKnownFields(listed, stored.pullRequest, dialect),', 'pullRequest: { ...listed,']] },
	{ what: 'a state of checks that is known is forgotten when it can not be read', file: 'sync/detailsRecord.ts', edits: [['return state === NO_CHECKS ? null : state;', 'return null;']] },
	{ what: 'a login that nobody was seen with is believed', file: 'store/write/memberWriter.ts', edits: [[' && this.wasSeen(newest.login) ?', ' ?']] },
	{ what: 'a verify does not look at who is asked for a review', file: 'sync/seenNames.ts', edits: [['(details !== null && differs(seen.reviewers', '(false && differs(seen.reviewers']] },
	{ what: 'which lines are damaged shows after it was asked what is missing', file: 'sync/repositorySync.ts', edits: [['await this.context.followed();', 'await this.context.stored();']] },
	{ what: 'a due date that could not be read is none', file: 'github/nodeReaders.ts', edits: [['dueOn === undefined ? known.find((one) => one.id === id)?.dueOn : dueOn;', 'dueOn ?? null;']] },
];
