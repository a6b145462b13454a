import type * as vscode from 'vscode';
import { isObject } from '../../core/model/guards';
import type { MemoryPort, SessionAccount } from './sessionChoice';

/** Keeps what is known of a host's sessions in the editor's own storage; what lies there is looked at before it is believed. */
export function sessionMemory(memento: Pick<vscode.Memento, 'get' | 'update'>, host: string): MemoryPort {
	const key = `prSeeder.sessions.${host}`;
	return {
		get: () => {
			const value = memento.get<unknown>(key);
			const { account, refused } = isObject(value) ? value : {};
			return { account: isAccount(account) ? account : undefined, refused: Array.isArray(refused) ? refused.filter((id) => typeof id === 'string') : [] };
		},
		set: (memory) => void memento.update(key, memory),
	};
}

function isAccount(value: unknown): value is SessionAccount & Record<string, unknown> {
	return isObject(value) && typeof value['id'] === 'string' && typeof value['label'] === 'string';
}
