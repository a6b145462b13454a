import { GraphQLError } from 'graphql';

/** An error that GitHub reports with a `type` beside the message, such as NOT_FOUND. */
export class GithubError extends Error {
	constructor(readonly type: string, message: string, readonly extensions?: Readonly<Record<string, unknown>>) {
		super(message);
	}
}

/** One entry of `errors` as GitHub writes it. */
export interface GithubErrorEntry {
	readonly type?: string;
	readonly path?: readonly (string | number)[];
	readonly extensions?: Readonly<Record<string, unknown>>;
	readonly locations?: readonly { readonly line: number; readonly column: number }[];
	readonly message: string;
}

export function errorEntry(error: GraphQLError): GithubErrorEntry {
	const original = error.originalError instanceof GithubError ? error.originalError : undefined;
	const extensions = original?.extensions ?? (Object.keys(error.extensions).length > 0 ? error.extensions : undefined);
	return {
		...(original && { type: original.type }),
		...(error.path && { path: error.path }),
		...(extensions && { extensions }),
		...(error.locations && { locations: error.locations }),
		message: error.message,
	};
}
