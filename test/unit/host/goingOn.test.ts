import assert from 'node:assert/strict';
import { goingOn, sameAgain } from '../../../src/host/goingOn';

describe('going on after a sign-in', () => {
	it('does the very same again, as often as it fails', async () => {
		let count = 0;
		const failing = async () => {
			await Promise.resolve();
			if (++count < 3) throw new Error(`attempt ${count}`);
			return 'octo/harbor';
		};
		const first = await goingOn(failing).then(() => assert.fail(), (error: unknown) => error as Error);
		assert.equal(first.message, 'attempt 1');
		const second = await Promise.resolve(sameAgain(first)?.()).then(() => assert.fail(), (error: unknown) => error as Error);
		assert.equal(second.message, 'attempt 2');
		assert.equal(await sameAgain(second)?.(), 'octo/harbor');
	});

	it('keeps to the innermost of what failed, which knows the repository', async () => {
		const error = new Error('refused');
		const inner = () => goingOn(() => Promise.reject(error));
		await assert.rejects(goingOn(inner));
		const noted = sameAgain(error);
		await assert.rejects(goingOn(() => Promise.reject(error)));
		assert.equal(sameAgain(error), noted);
	});

	it('knows nothing of other failures, nor of what is no error', async () => {
		assert.equal(sameAgain(new Error('another')), undefined);
		// eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what is thrown may be anything
		await assert.rejects(goingOn(() => Promise.reject('text')), (thrown) => thrown === 'text');
	});
});
