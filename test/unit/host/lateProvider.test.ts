import assert from 'node:assert/strict';
import { whenProviderIsThere } from '../../../src/host/auth/lateProvider';

describe('a sign-in that begins late', () => {
	const late = new Error("Timed out waiting for authentication provider 'github-enterprise' to register.");
	const asker = (...outcomes: (Error | string)[]) => {
		let asked = 0;
		const ask = () => {
			const outcome = outcomes[Math.min(asked++, outcomes.length - 1)]!;
			return outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome);
		};
		return { ask, asked: () => asked };
	};

	it('is waited for', async () => {
		const { ask, asked } = asker(late, late, 'session');
		assert.equal(await whenProviderIsThere(ask), 'session');
		assert.equal(asked(), 3);
	});

	it('is not waited for forever', async () => {
		const { ask, asked } = asker(late);
		await assert.rejects(whenProviderIsThere(ask), late);
		assert.equal(asked(), 6);
	});

	it('is not what a person does who declines', async () => {
		const { ask, asked } = asker(new Error('User did not consent to login.'));
		await assert.rejects(whenProviderIsThere(ask), /consent/);
		assert.equal(asked(), 1);
	});
});
