import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Store } from '../../src/core/store/store';
import { startNodeWorker } from '../../src/core/store/worker/nodeWorker';
import { openWorkerStore, type WorkerStore } from '../../src/core/store/worker/workerStore';

/** A store as the extension has it, in a folder of its own, which notes the queries that it is asked. */
export class HostStore {
	/** The names of the queries since this was emptied. */
	asked: string[] = [];

	private constructor(
		readonly store: WorkerStore,
		private readonly folder: string,
	) {}

	static async open(): Promise<HostStore> {
		const extension = vscode.extensions.getExtension('pr-seeder.pr-seeder');
		assert.ok(extension);
		await extension.activate();
		const built = (name: string) => join(extension.extensionPath, 'dist', name);
		const folder = await mkdtemp(join(tmpdir(), 'pr-seeder-host-'));
		return new HostStore(await openWorkerStore({ folder, wasm: built('sql-wasm.wasm'), startThread: () => startNodeWorker(built('storeWorker.js')), log: () => undefined }), folder);
	}

	/** The store as a tree takes it. */
	readonly get = (): Promise<Store> => {
		const read = new Proxy(this.store.read, {
			get: (reads, name: keyof WorkerStore['read']) => {
				this.asked.push(name);
				return reads[name];
			},
		});
		return Promise.resolve({ read } as Store);
	};

	async close(): Promise<void> {
		await this.store.close();
		await rm(this.folder, { recursive: true, force: true });
	}
}
