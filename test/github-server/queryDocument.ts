import {
	FieldsOnCorrectTypeRule, Kind, KnownArgumentNamesRule, KnownFragmentNamesRule, KnownTypeNamesRule, NoUnusedFragmentsRule, NoUnusedVariablesRule, parse,
	PossibleFragmentSpreadsRule, specifiedRules, validate, visit, type ASTNode, type DocumentNode, type GraphQLError, type OperationDefinitionNode,
} from 'graphql';
import { errorEntry, type GithubErrorEntry } from './githubError';
import { githubSchema } from './schema';
import type { HostSchema } from './schemaProfiles';
import { hostRules } from './validationRules';

/** A query text, parsed and held against the schema. */
export interface QueryDocument {
	/** undefined: not GraphQL. */
	readonly document: DocumentNode | undefined;
	/** Empty when the query may run. */
	readonly errors: readonly GithubErrorEntry[];
}

const known = new Map<string, QueryDocument>();

/** Parses and validates once per text and host. */
export function queryDocument(query: string, host: HostSchema): QueryDocument {
	const key = `${host.key}\n${query}`;
	let found = known.get(key);
	if (!found) {
		found = check(query, host);
		if (known.size >= 500) known.clear();
		known.set(key, found);
	}
	return found;
}

/** The operation of that name, or the only one. */
export function operationOf(document: DocumentNode, name: string | undefined): OperationDefinitionNode | undefined {
	const operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
	return name === undefined ? (operations.length === 1 ? operations[0] : undefined) : operations.find((one) => one.name?.value === name);
}

/** Those that {@link hostRules} stand in for. */
const replaced = new Set([
	FieldsOnCorrectTypeRule, KnownArgumentNamesRule, KnownFragmentNamesRule, KnownTypeNamesRule, NoUnusedFragmentsRule, NoUnusedVariablesRule, PossibleFragmentSpreadsRule,
]);

function check(query: string, host: HostSchema): QueryDocument {
	let document: DocumentNode;
	try {
		document = parse(query);
	} catch (error) {
		return { document: undefined, errors: [errorEntry(error as GraphQLError)] };
	}
	const rules = specifiedRules.filter((rule) => !replaced.has(rule));
	const errors = validate(githubSchema(), document, [...rules, ...hostRules(host)]);
	return { document, errors: errors.map((error) => validationEntry(document, error)) };
}

/** GitHub's codes for what graphql-js says in its own words. */
const codes: readonly (readonly [RegExp, string])[] = [
	[/^Variable ".*" is not defined/, 'variableNotDefined'],
	[/^Variable ".*" of type/, 'variableMismatch'],
	[/argument ".*" of type ".*" is required/, 'missingRequiredArguments'],
	[/must (not )?have a (sub)?selection/, 'selectionMismatch'],
	[/conflict because/, 'fieldConflict'],
];

function validationEntry(document: DocumentNode, error: GraphQLError): GithubErrorEntry {
	const path = error.nodes?.[0] ? pathTo(document, error.nodes[0]) : [];
	const code = error.extensions['code'] ?? codes.find(([pattern]) => pattern.test(error.message))?.[1] ?? 'argumentLiteralsIncompatible';
	return { path, extensions: { ...error.extensions, code }, ...(error.locations && { locations: error.locations }), message: error.message };
}

/** As GitHub's server writes it: `["query Name", "repository", "... on User", "x"]`. */
function pathTo(document: DocumentNode, wanted: ASTNode): string[] {
	const path: string[] = [];
	let found: string[] = [];
	visit(document, {
		enter(node) {
			const step = pathStep(node);
			if (step !== undefined) path.push(step);
			if (node === wanted) found = [...path];
		},
		leave(node) {
			if (pathStep(node) !== undefined) path.pop();
		},
	});
	return found;
}

function pathStep(node: ASTNode): string | undefined {
	switch (node.kind) {
		case Kind.OPERATION_DEFINITION:
			return node.name ? `${node.operation} ${node.name.value}` : node.operation;
		case Kind.FRAGMENT_DEFINITION:
			return `fragment ${node.name.value}`;
		case Kind.INLINE_FRAGMENT:
			return node.typeCondition ? `... on ${node.typeCondition.name.value}` : '...';
		case Kind.FRAGMENT_SPREAD:
			return `... ${node.name.value}`;
		case Kind.ARGUMENT:
			return node.name.value;
		case Kind.FIELD:
			return node.alias?.value ?? node.name.value;
		default:
			return undefined;
	}
}
