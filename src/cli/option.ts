/** An option of the command line. */
export interface Option {
	type: 'string' | 'boolean';
	/** It may be typed several times. */
	multiple?: boolean;
	short?: string;
	/** What the value is called in the help. */
	value?: string;
	help: string;
}
