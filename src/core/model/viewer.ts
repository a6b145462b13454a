import { isName, isText, listOfEach, nullOr, shaped } from './guards';

/** Who a token signs in: "me". */
export interface Viewer {
	login: string;
	/** `organization/slug`, as far as they are those of repositories that were synced; `null`: the token may not read them. */
	teams: string[] | null;
}

export const isViewer = shaped<Viewer>({ login: isName, teams: nullOr(listOfEach(isText)) });
