import type { Localizer } from '../../../src/host/format/localizer';

/** What the editor does in its own language: arguments in place of their numbers. */
export const english: Localizer = {
	language: 'en',
	t: (message, ...args) => message.replace(/\{(\d+)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole)),
};
