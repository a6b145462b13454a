import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Within what a process id names one process: a machine between two starts, and on it a container or whatever else has ids of its own. */
export interface ProcessPlace {
	host: string;
	/** Another one after every start of the machine; absent where the system does not tell. */
	boot?: string;
	/** Which process ids are meant; absent where there is one kind alone, or the system does not tell. */
	namespace?: string;
}

/** Where this process runs. */
export function processPlace(): ProcessPlace {
	own ??= {
		host: hostname(),
		// https://man7.org/linux/man-pages/man5/proc_sys_kernel.5.html, https://man7.org/linux/man-pages/man7/namespaces.7.html
		...told('boot', () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
		...told('namespace', () => readlinkSync('/proc/self/ns/pid')),
	};
	return own;
}

let own: ProcessPlace | undefined;

function told<N extends 'boot' | 'namespace'>(name: N, read: () => string): { [K in N]?: string } {
	try {
		return { [name]: read() } as { [K in N]: string };
	} catch {
		return {};
	}
}

/** Whether two processes run where one's id says something to the other. */
export function samePlace(one: Partial<ProcessPlace>, other: ProcessPlace): boolean {
	return one.host === other.host && one.boot === other.boot && one.namespace === other.namespace;
}
