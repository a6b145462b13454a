import { isName, isText, listOfEach, nullOr, shaped } from './guards';

/** Who a token signs in: "me". */
export interface Viewer {
	login: string;
	/** `organization/slug`, as far as they are those of repositories that were synced; `null`: the token may not read them. */
	teams: string[] | null;
}

export const isViewer = shaped<Viewer>({ login: isName, teams: nullOr(listOfEach(isText)) });

/** The teams of somebody, by what is known of those who signed in; none where that is not known. */
export function teamsOf(known: readonly (Viewer & { host: string })[], { host, login }: { host: string; login: string }): string[] {
	return known.find((viewer) => viewer.host === host && viewer.login.toLowerCase() === login.toLowerCase())?.teams ?? [];
}
