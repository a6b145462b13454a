import {
	getNamedType, GraphQLError, isAbstractType, isCompositeType, isUnionType, Kind, typeFromAST, visit,
	type ASTNode, type ASTVisitor, type DocumentNode, type FragmentDefinitionNode, type GraphQLCompositeType, type GraphQLNamedType, type OperationDefinitionNode,
	type TypeNode, type ValidationContext, type ValidationRule,
} from 'graphql';
import type { HostSchema } from './schemaProfiles';

/**
 * The checks that a host's missing types, union members, fields and arguments fail, in the words and with the codes of GitHub's server:
 * graphql-ruby, https://github.com/rmosolgo/graphql-ruby/tree/master/lib/graphql/static_validation/rules. As there, what lies below a missing
 * field or type is not looked at, so a variable or a fragment that is used nowhere else is reported as unused beside it.
 */
export function hostRules(host: HostSchema): ValidationRule[] {
	const skipped = new WeakSet<ASTNode>();
	return [
		(context) => fieldsExist(context, host, skipped),
		(context) => typesExist(context, host, skipped),
		(context) => spreadsArePossible(context, host),
		(context) => argumentsExist(context, host),
		// Last: it looks at what the others skipped.
		(context) => allIsUsed(context, skipped),
	];
}

function report(context: ValidationContext, message: string, nodes: ASTNode, code: string, details: Record<string, string>): void {
	context.reportError(new GraphQLError(message, { nodes, extensions: { code, ...details } }));
}

function fieldsExist(context: ValidationContext, host: HostSchema, skipped: WeakSet<ASTNode>): ASTVisitor {
	return {
		Field(node) {
			const type = context.getParentType();
			const fieldName = node.name.value;
			if (!type || (context.getFieldDef() && host.hasField(type.name, fieldName))) return undefined;
			skipped.add(node);
			report(context, `Field '${fieldName}' doesn't exist on type '${type.name}'`, node, 'undefinedField', { typeName: type.name, fieldName });
			return false;
		},
	};
}

function typesExist(context: ValidationContext, host: HostSchema, skipped: WeakSet<ASTNode>): ASTVisitor {
	const exists = (name: string): boolean => context.getSchema().getType(name) !== undefined && host.hasType(name);
	const condition = (node: ASTNode, name: string | undefined): false | undefined => {
		if (name === undefined || exists(name)) return undefined;
		skipped.add(node);
		report(context, `No such type ${name}, so it can't be a fragment condition`, node, 'undefinedType', { typeName: name });
		return false;
	};
	return {
		// What a missing field selects is skipped here too.
		Field: (node) => (skipped.has(node) ? false : undefined),
		InlineFragment: (node) => condition(node, node.typeCondition?.name.value),
		FragmentDefinition: (node) => condition(node, node.typeCondition.name.value),
		VariableDefinition(node) {
			const name = namedType(node.type);
			const variableName = node.variable.name.value;
			if (!exists(name)) report(context, `${name} isn't a defined input type (on $${variableName})`, node, 'variableRequiresValidType', { typeName: name, variableName });
		},
	};
}

function spreadsArePossible(context: ValidationContext, host: HostSchema): ASTVisitor {
	const possible = (type: GraphQLCompositeType): string[] => {
		const names = isAbstractType(type) ? context.getSchema().getPossibleTypes(type).map(({ name }) => name) : [type.name];
		return names.filter((name) => host.hasType(name) && (!isUnionType(type) || host.hasMember(type.name, name)));
	};
	const check = (node: ASTNode, parent: GraphQLNamedType | null | undefined, child: GraphQLNamedType | null | undefined, name: string): void => {
		if (!isCompositeType(parent) || !isCompositeType(child) || !host.hasType(child.name) || !host.hasType(parent.name)) return;
		const inside = possible(parent);
		if (possible(child).some((one) => inside.includes(one))) return;
		// The name of a named fragment is really sent with the space before it.
		report(context, `Fragment${name} on ${child.name} can't be spread inside ${parent.name}`, node, 'cannotSpreadFragment', {
			typeName: child.name, fragmentName: name === '' ? 'unknown' : name, parentName: parent.name,
		});
	};
	return {
		InlineFragment(node) {
			if (node.typeCondition) check(node, getNamedType(context.getParentType()), context.getSchema().getType(node.typeCondition.name.value), '');
		},
		FragmentSpread(node) {
			const fragment = context.getFragment(node.name.value);
			const child = fragment && typeFromAST(context.getSchema(), fragment.typeCondition);
			check(node, getNamedType(context.getParentType()), child, ` ${node.name.value}`);
		},
	};
}

function argumentsExist(context: ValidationContext, host: HostSchema): ASTVisitor {
	const refuse = (node: ASTNode, kind: string, name: string, argumentName: string): void =>
		report(context, `${kind} '${name}' doesn't accept argument '${argumentName}'`, node, 'argumentNotAccepted', { name, typeName: kind, argumentName });
	return {
		Field(node) {
			const [definition, type] = [context.getFieldDef(), context.getParentType()];
			if (!definition || !type) return;
			for (const one of node.arguments ?? []) {
				const name = one.name.value;
				if (!definition.args.some((known) => known.name === name) || !host.hasArgument(type.name, node.name.value, name)) refuse(one, 'Field', node.name.value, name);
			}
		},
		Directive(node) {
			const definition = context.getDirective();
			for (const one of node.arguments ?? []) {
				if (definition && !definition.args.some((known) => known.name === one.name.value)) refuse(one, 'Directive', node.name.value, one.name.value);
			}
		},
	};
}

function allIsUsed(context: ValidationContext, skipped: WeakSet<ASTNode>): ASTVisitor {
	return {
		Document: {
			leave(document) {
				const fragments = new Map(document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [])));
				for (const operation of document.definitions) {
					if (operation.kind === Kind.OPERATION_DEFINITION) variablesAreUsed(context, operation, used(operation, fragments, skipped));
				}
				fragmentsAreUsed(context, document, fragments, skipped);
			},
		},
	};
}

function variablesAreUsed(context: ValidationContext, operation: OperationDefinitionNode, names: ReadonlySet<string>): void {
	const by = operation.name?.value ?? `anonymous ${operation.operation}`;
	for (const { variable: { name: { value: variableName } } } of operation.variableDefinitions ?? []) {
		if (!names.has(variableName)) report(context, `Variable $${variableName} is declared by ${by} but not used`, operation, 'variableNotUsed', { variableName });
	}
}

function fragmentsAreUsed(
	context: ValidationContext, document: DocumentNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>, skipped: WeakSet<ASTNode>,
): void {
	const spread = new Set<string>();
	visit(document, {
		enter(node) {
			if (skipped.has(node)) return false;
			if (node.kind === Kind.FRAGMENT_SPREAD) {
				const fragmentName = node.name.value;
				spread.add(fragmentName);
				if (!fragments.has(fragmentName)) report(context, `Fragment ${fragmentName} was used, but not defined`, node, 'useAndDefineFragment', { fragmentName });
			}
			return undefined;
		},
	});
	for (const [fragmentName, node] of fragments) {
		if (!spread.has(fragmentName)) report(context, `Fragment ${fragmentName} was defined, but not used`, node, 'useAndDefineFragment', { fragmentName });
	}
}

/** The variables that an operation really gets to, through its fragments. */
function used(operation: OperationDefinitionNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>, skipped: WeakSet<ASTNode>): Set<string> {
	const names = new Set<string>();
	const seen = new Set<string>();
	const walk = (root: ASTNode): void => {
		visit(root, {
			enter(node) {
				if (skipped.has(node) || node.kind === Kind.VARIABLE_DEFINITION) return false;
				if (node.kind === Kind.VARIABLE) names.add(node.name.value);
				const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : undefined;
				if (fragment && !seen.has(fragment.name.value)) {
					seen.add(fragment.name.value);
					walk(fragment);
				}
				return undefined;
			},
		});
	};
	walk(operation);
	return names;
}

function namedType(node: TypeNode): string {
	return node.kind === Kind.NAMED_TYPE ? node.name.value : namedType(node.type);
}
