import { getDirectiveValues, GraphQLIncludeDirective, GraphQLSkipDirective, Kind, type GraphQLResolveInfo, type SelectionNode, type SelectionSetNode } from 'graphql';

/** Whether one of these fields is asked of what is being resolved, under any alias and through fragments; all fields of one response key count together. */
export function selects(info: GraphQLResolveInfo, names: readonly string[]): boolean {
	const inSet = (set: SelectionSetNode): boolean =>
		set.selections.some((selection) => {
			if (!isIncluded(selection, info)) return false;
			if (selection.kind === Kind.FIELD) return names.includes(selection.name.value);
			const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : info.fragments[selection.name.value];
			return fragment !== undefined && inSet(fragment.selectionSet);
		});
	return info.fieldNodes.some((field) => field.selectionSet !== undefined && inSet(field.selectionSet));
}

function isIncluded(selection: SelectionNode, info: GraphQLResolveInfo): boolean {
	if (!selection.directives?.length) return true;
	if (getDirectiveValues(GraphQLSkipDirective, selection, info.variableValues)?.['if'] === true) return false;
	return getDirectiveValues(GraphQLIncludeDirective, selection, info.variableValues)?.['if'] !== false;
}
