import { filterParameters } from '../core/filter/conditions';
import { optionName, type Parameter } from '../core/filter/parameters';
import type { Option } from './option';

/** The options by which a command takes a filter: every condition's parameters. */
export const FILTER_OPTIONS: Readonly<Record<string, Option>> = Object.fromEntries(filterParameters().flatMap(optionsOf));

function optionsOf(parameter: Parameter): [string, Option][] {
	const name = optionName(parameter);
	const { kind, choices = [], description, not, value = 'TEXT' } = parameter;
	const help = `${description.slice(0, 1).toLowerCase()}${description.slice(1).replace(/\.$/, '')}`;
	switch (kind) {
		case 'flag':
			return [[name, { type: 'boolean', help }], ...(not === undefined ? [] : [[`no-${name}`, { type: 'boolean', help: not }] satisfies [string, Option]])];
		case 'choice':
			return [[name, { type: 'string', value: choices.join('|'), help }]];
		case 'texts':
			return [[name, { type: 'string', multiple: true, value, help: `${help}; may be given several times` }]];
		case 'text':
			return [[name, { type: 'string', value, help }]];
	}
}
