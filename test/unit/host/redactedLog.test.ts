import assert from 'node:assert/strict';
import { Redactor } from '../../../src/core/model/redactor';
import { redactedLog } from '../../../src/host/redactedLog';

const TOKEN = 'gho_0123456789abcdefghij';

describe('the log', () => {
	const written: unknown[][] = [];
	const channel = {
		logLevel: 3,
		trace: (...parts: unknown[]) => void written.push(parts),
		info: (...parts: unknown[]) => void written.push(parts),
		warn: (...parts: unknown[]) => void written.push(parts),
		error: (...parts: unknown[]) => void written.push(parts),
		appendLine: (...parts: unknown[]) => void written.push(parts),
		show() {
			assert.equal(this, channel);
		},
	};
	const redactor = new Redactor();
	const log = redactedLog(channel, redactor);

	beforeEach(() => void written.splice(0));

	it('shows no token, whoever writes and however', () => {
		log.info(`signed in with ${TOKEN}`);
		log.warn('a request', { headers: { authorization: `bearer ${TOKEN}` } });
		log.error(Object.assign(new Error(`refused: ${TOKEN}`), { token: TOKEN }));
		log.trace(TOKEN);
		log.appendLine(TOKEN);
		assert.equal(written.length, 5);
		assert.ok(!JSON.stringify(written).includes(TOKEN), JSON.stringify(written));
		assert.deepEqual(written[0], ['signed in with [redacted]']);
	});

	it('takes note of tokens as they come into use', () => {
		redactor.add('as-plain-as-a-word');
		log.info('as-plain-as-a-word');
		assert.deepEqual(written, [['[redacted]']]);
	});

	it('is otherwise the editor’s own', () => {
		assert.equal(log.logLevel, 3);
		log.show();
	});
});
