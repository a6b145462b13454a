import { buildSchema, isInterfaceType, isObjectType, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { formIds } from './formIds';
import { GithubError } from './githubError';
import { guardSchema } from './permissions';
import type { QueryContext } from './queryContext';
import { actorResolvers } from './resolvers/actorResolvers';
import { checkResolvers } from './resolvers/checkResolvers';
import { mergeResolvers } from './resolvers/mergeResolvers';
import { pullRequestResolvers } from './resolvers/pullRequestResolvers';
import { queryResolvers } from './resolvers/queryResolvers';
import { repositoryResolvers } from './resolvers/repositoryResolvers';
import type { ResolverMap } from './resolvers/resolverMap';
import { schemaAdditions } from './schemaAdditions';

let schema: GraphQLSchema | undefined;

/** GitHub's public schema with the stand-in's resolvers, built once per process. https://docs.github.com/graphql/overview/public-schema */
export function githubSchema(): GraphQLSchema {
	schema ??= build();
	return schema;
}

/**
 * A field without a resolver is the property of that name. A field that the world does not model is an error and never a made-up
 * value: a client must not pass its tests on it.
 */
export const fieldOfRow: GraphQLFieldResolver<unknown, QueryContext> = (source, _arguments, _context, info) => {
	const value = (source as Record<string, unknown> | null)?.[info.fieldName];
	if (value === undefined) throw new GithubError('NOT_MODELLED', `The stand-in does not model ${info.parentType.name}.${info.fieldName}.`);
	return value;
};

function build(): GraphQLSchema {
	const built = buildSchema(readFileSync(schemaFile(), 'utf8') + schemaAdditions, { assumeValid: true, assumeValidSDL: true, noLocation: true });
	const maps: ResolverMap[] = [queryResolvers, repositoryResolvers, pullRequestResolvers, mergeResolvers, checkResolvers, actorResolvers];
	for (const [typeName, resolvers] of maps.flatMap((map) => Object.entries(map))) {
		const type = built.getType(typeName);
		if (!isObjectType(type) && !isInterfaceType(type)) throw new Error(`GitHub's schema has no type ${typeName}.`);
		const fields = type.getFields();
		for (const [fieldName, resolve] of Object.entries(resolvers)) {
			const field = fields[fieldName];
			if (!field) throw new Error(`GitHub's schema has no field ${typeName}.${fieldName}.`);
			field.resolve = resolve as GraphQLFieldResolver<unknown, unknown>;
		}
	}
	guardSchema(built, fieldOfRow);
	formIds(built, fieldOfRow);
	return built;
}

/** Found from the running file, from the script that was started, or from the working folder: it may run bundled, or inside the editor. */
function schemaFile(): string {
	const starts = [typeof __filename === 'string' ? __filename : '', process.argv[1] ?? '', join(process.cwd(), 'package.json')];
	for (const start of starts.filter((path) => path !== '')) {
		for (let folder = dirname(resolve(start)); ; folder = dirname(folder)) {
			const file = join(folder, 'node_modules/@octokit/graphql-schema/schema.graphql');
			if (existsSync(file)) return file;
			if (folder === dirname(folder)) break;
		}
	}
	throw new Error('The package @octokit/graphql-schema is not installed.');
}
