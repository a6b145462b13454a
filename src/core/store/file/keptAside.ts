/** Between the name of the database and the time at which it was kept aside. */
export const ASIDE = '.corrupt-';

/** Whether a name in the storage folder is that of a database that was kept aside. */
export function isDatabaseKeptAside(name: string): boolean {
	return name.startsWith(`prs.sqlite${ASIDE}`);
}
