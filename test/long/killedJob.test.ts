import { sampleRepository } from '../github-server/sampleRepository';
import { Scene } from '../unit/cli/commandLine';
import { killAndGoOn } from '../unit/cli/killedJob';

describe('a job that is killed', function () {
	this.timeout(60_000);
	let scene: Scene;

	beforeEach(async () => {
		scene = await Scene.make([sampleRepository(Date.now())]);
	});
	afterEach(() => scene.dispose());

	for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
		for (const requests of [1, 4, 8]) {
			it(`goes on where ${signal} hit it, in request ${requests}, until it equals the server`, async function () {
				if (process.platform === 'win32') this.skip();
				await killAndGoOn(scene, signal, requests);
			});
		}
	}
});
