/** `pull_request.merged_by`: a login; null where it is not known, as for all that was written before. */
export const VERSION_6 = `
ALTER TABLE pull_request ADD COLUMN merged_by TEXT COLLATE NOCASE;
`;
