import {
	getNamedType, isInterfaceType, isObjectType, Kind, valueFromASTUntyped,
	type DocumentNode, type FieldNode, type FragmentDefinitionNode, type GraphQLNamedType, type GraphQLSchema, type OperationDefinitionNode, type SelectionNode,
	type SelectionSetNode,
} from 'graphql';

export interface QueryCost {
	/** At least 1. */
	readonly points: number;
	/** How many rows all connections could hold together. */
	readonly possibleNodes: number;
	/** The connection at which the possible rows pass the limit. */
	readonly excess: { readonly field: FieldNode; readonly nodes: number } | undefined;
}

/** https://docs.github.com/graphql/overview/rate-limits-and-node-limits-for-the-graphql-api#node-limit */
export const maximumNodes = 500_000;

/**
 * The price by the published formula, from the text and the variables alone: each connection needs one request per possible parent;
 * their sum through 100, rounded, at least 1. `nodes(ids:)` stands for as many parents as it has ids.
 * https://docs.github.com/graphql/overview/rate-limits-and-node-limits-for-the-graphql-api#predicting-the-point-value-of-a-query
 */
export function queryCost(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>): QueryCost {
	const walk = new Walk(schema, document, withDefaults(operation, variables));
	walk.visit(schema.getRootType(operation.operation) ?? undefined, [operation.selectionSet], 1);
	return { points: Math.max(1, Math.round(walk.requests / 100)), possibleNodes: walk.nodes, excess: walk.excess };
}

interface MergedField {
	readonly field: FieldNode;
	readonly parent: GraphQLNamedType | undefined;
	readonly sets: SelectionSetNode[];
}

class Walk {
	requests = 0;
	nodes = 0;
	excess: QueryCost['excess'];
	readonly #schema: GraphQLSchema;
	readonly #variables: Readonly<Record<string, unknown>>;
	readonly #fragments = new Map<string, FragmentDefinitionNode>();

	constructor(schema: GraphQLSchema, document: DocumentNode, variables: Readonly<Record<string, unknown>>) {
		this.#schema = schema;
		this.#variables = variables;
		for (const definition of document.definitions) {
			if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
		}
	}

	/** @param parents how many rows there may be at this place */
	visit(type: GraphQLNamedType | undefined, sets: readonly SelectionSetNode[], parents: number): void {
		const merged = new Map<string, MergedField>();
		for (const set of sets) this.#collect(type, set, merged);
		for (const { field, parent, sets: inner } of merged.values()) {
			const definition = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[field.name.value] : undefined;
			const fieldType = definition && getNamedType(definition.type);
			let rows = parents;
			if (fieldType?.name.endsWith('Connection')) {
				const bound = this.#number(field, 'first') ?? this.#number(field, 'last') ?? 0;
				this.requests += parents;
				rows = parents * Math.max(0, bound);
				this.nodes += rows;
				if (this.nodes > maximumNodes) this.excess ??= { field, nodes: this.nodes };
			} else if (field.name.value === 'nodes' && parent === this.#schema.getQueryType()) {
				rows = this.#listLength(field, 'ids');
			}
			if (inner.length > 0) this.visit(fieldType, inner, rows);
		}
	}

	/** Selections of one response key are one field. */
	#collect(type: GraphQLNamedType | undefined, set: SelectionSetNode, merged: Map<string, MergedField>): void {
		for (const selection of set.selections) {
			if (!this.#included(selection)) continue;
			if (selection.kind === Kind.FIELD) {
				const key = selection.alias?.value ?? selection.name.value;
				const known = merged.get(key) ?? { field: selection, parent: type, sets: [] };
				if (selection.selectionSet) known.sets.push(selection.selectionSet);
				merged.set(key, known);
			} else {
				const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? this.#fragments.get(selection.name.value) : selection;
				const condition = fragment?.typeCondition?.name.value;
				if (fragment) this.#collect(condition === undefined ? type : this.#schema.getType(condition), fragment.selectionSet, merged);
			}
		}
	}

	#included(selection: SelectionNode): boolean {
		return (selection.directives ?? []).every((directive) => {
			const condition = directive.arguments?.find((argument) => argument.name.value === 'if');
			const value = condition ? valueFromASTUntyped(condition.value, this.#variables) : true;
			if (directive.name.value === 'skip') return value !== true;
			return directive.name.value !== 'include' || value === true;
		});
	}

	#number(field: FieldNode, name: string): number | undefined {
		const value = this.#argument(field, name);
		return typeof value === 'number' ? value : undefined;
	}

	#listLength(field: FieldNode, name: string): number {
		const value = this.#argument(field, name);
		return Array.isArray(value) ? value.length : 1;
	}

	#argument(field: FieldNode, name: string): unknown {
		const argument = field.arguments?.find((one) => one.name.value === name);
		if (!argument) return undefined;
		const value: unknown = valueFromASTUntyped(argument.value, this.#variables);
		// GraphQL's Int arrives as a number from variables; literals come the same way.
		return typeof value === 'string' && argument.value.kind === Kind.INT ? Number(value) : value;
	}
}

function withDefaults(operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	const values: Record<string, unknown> = {};
	for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
		const name = variable.name.value;
		values[name] = variables[name] ?? (defaultValue ? valueFromASTUntyped(defaultValue) : undefined);
	}
	return values;
}
