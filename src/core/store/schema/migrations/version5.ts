/** The authors' index has the state in front, as the others do: groups by author are counted along it. */
export const VERSION_5 = `
DROP INDEX pull_request_by_author;
CREATE INDEX pull_request_by_author ON pull_request (repository_id, state, author_login, updated_at, number);
`;
