/** That a row of a table was written by a bot. Whoever is not known to be one is a person, and so is a deleted account. */
export function byBot(table: string): string {
	return `EXISTS (
	SELECT 1 FROM repository JOIN member USING (host)
	WHERE repository.id = ${table}.repository_id AND member.login = ${table}.author_login AND member.kind = 'BOT'
)`;
}
