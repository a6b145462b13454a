import {
	FieldsOnCorrectTypeRule, GraphQLError, Kind, parse, specifiedRules, validate, visit,
	type ASTNode, type ASTVisitor, type DocumentNode, type OperationDefinitionNode, type ValidationContext,
} from 'graphql';
import { githubSchema } from './schema';
import { errorEntry, type GithubErrorEntry } from './githubError';

/** A query text, parsed and held against the schema. */
export interface QueryDocument {
	/** undefined: not GraphQL. */
	readonly document: DocumentNode | undefined;
	/** Empty when the query may run. */
	readonly errors: readonly GithubErrorEntry[];
}

const known = new Map<string, QueryDocument>();

/**
 * Parses and validates once per text.
 * @param hiddenFields such as `PullRequest.fullDatabaseId`: fields that this host's schema does not have
 */
export function queryDocument(query: string, hiddenFields: readonly string[]): QueryDocument {
	const key = `${hiddenFields.join(' ')}\n${query}`;
	let found = known.get(key);
	if (!found) {
		found = check(query, new Set(hiddenFields));
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

function check(query: string, hidden: ReadonlySet<string>): QueryDocument {
	let document: DocumentNode;
	try {
		document = parse(query);
	} catch (error) {
		return { document: undefined, errors: [errorEntry(error as GraphQLError)] };
	}
	const rules = specifiedRules.filter((rule) => rule !== FieldsOnCorrectTypeRule);
	const errors = validate(githubSchema(), document, [...rules, (context) => fieldsExist(context, hidden)]);
	return { document, errors: errors.map((error) => validationEntry(document, error)) };
}

/** GitHub's own words for a field that the schema lacks. */
function fieldsExist(context: ValidationContext, hidden: ReadonlySet<string>): ASTVisitor {
	return {
		Field(node) {
			const type = context.getParentType();
			const field = node.name.value;
			if (!type || (context.getFieldDef() && !hidden.has(`${type.name}.${field}`))) return;
			const extensions = { code: 'undefinedField', typeName: type.name, fieldName: field };
			context.reportError(new GraphQLError(`Field '${field}' doesn't exist on type '${type.name}'`, { nodes: node, extensions }));
		},
	};
}

/** GitHub's codes for what graphql-js says in its own words. */
const codes: readonly (readonly [RegExp, string])[] = [
	[/^Unknown argument/, 'argumentNotAccepted'],
	[/^Unknown type/, 'undefinedType'],
	[/^Unknown fragment|is never used\.$/, 'useAndDefineFragments'],
	[/^Variable ".*" is not defined/, 'variableNotDefined'],
	[/^Variable ".*" is never used/, 'variableNotUsed'],
	[/^Variable ".*" of type/, 'variableMismatch'],
	[/argument ".*" of type ".*" is required/, 'missingRequiredArguments'],
	[/must (not )?have a (sub)?selection/, 'selectionMismatch'],
	[/conflict because/, 'fieldConflict'],
];

function validationEntry(document: DocumentNode, error: GraphQLError): GithubErrorEntry {
	const path = error.nodes?.[0] ? pathTo(document, error.nodes[0]) : [];
	const code = error.extensions['code'] ?? [...codes].reverse().find(([pattern]) => pattern.test(error.message))?.[1] ?? 'argumentLiteralsIncompatible';
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
		case Kind.FIELD:
			return node.alias?.value ?? node.name.value;
		default:
			return undefined;
	}
}
