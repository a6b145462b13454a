import { sentence, type Sentence } from '../model/sentence';
import type { RowsCompared } from './storeFollower';

/** What a comparison found in the database, for a person; nothing when it found all as it should. */
export function mendedNotes({ repository, numbers: [first, ...others], catalogue }: RowsCompared): Sentence[] {
	const notes: Sentence[] = [];
	if (repository) {
		notes.push(sentence('This repository was missing from the database. It was restored from the cache.'));
	}
	if (first !== undefined) {
		notes.push(
			others.length === 0
				? sentence('Pull request #{0} had been changed in the database by another tool. It was restored from the cache.', first)
				: sentence('{0} pull requests had been changed in the database by another tool. They were restored from the cache.', others.length + 1),
		);
	}
	if (catalogue) {
		notes.push(sentence('Labels, milestones or people had been changed in the database by another tool. They were restored from the cache.'));
	}
	return notes;
}
