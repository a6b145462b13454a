import { nodeFiles } from '../../files/nodeFiles';
import { loadSqlJs } from '../sqlite/loadSqlJs';
import { openSqlStore } from '../sqlStore';
import { nodeWorkerPort } from './nodeWorker';
import { serveStore } from './storeServer';

// Built to dist/storeWorker.js. A web worker needs a file like this one with its own port, file port and wasm.
serveStore({
	port: nodeWorkerPort(),
	nextTurn: setImmediate,
	openStore: ({ folder, wasm }, log, hurry) => openSqlStore({ files: nodeFiles, folder, loadSql: () => loadSqlJs(wasm), log, hurry }),
});
