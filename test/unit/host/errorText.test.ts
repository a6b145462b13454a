import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StorageError, storageError } from '../../../src/core/files/storageError';
import { RateLimitedError, TransientError } from '../../../src/core/github/errors';
import { HumanError } from '../../../src/core/model/humanError';
import { sentence } from '../../../src/core/model/sentence';
import { fromWire, toWire } from '../../../src/core/store/worker/wireError';
import { errorText } from '../../../src/host/format/errorText';
import type { Localizer } from '../../../src/host/format/localizer';
import { repositoryRoot } from '../../vscode/paths';
import { english } from './english';

const bundle = JSON.parse(readFileSync(join(repositoryRoot, 'l10n', 'bundle.l10n.de.json'), 'utf8')) as Record<string, string>;
const german: Localizer = { language: 'de', t: (text, ...values) => english.t(bundle[text] ?? text, ...values) };

describe('an error of the core, in the editor’s language', () => {
	it('is translated part by part', () => {
		const error = new TransientError('github.com', 'server', 502);
		assert.equal(error.message, 'github.com returned a server error (HTTP 502). What was fetched is stored; sync again to continue from there.');
		assert.equal(errorText(error, english), error.message);
		assert.equal(errorText(error, german), 'github.com hat einen Serverfehler gemeldet (HTTP 502). Das Abgerufene ist gespeichert; synchronisieren Sie erneut, um von dort weiterzumachen.');
		assert.match(errorText(new RateLimitedError('graphql', 90_000), german), /in 2 Min\./);
	});

	it('is so too when it came from the database’s thread', () => {
		const full = storageError(Object.assign(new Error('no space'), { code: 'ENOSPC', path: '/prs.sqlite', syscall: 'write' }));
		assert.ok(full instanceof StorageError);
		const arrived = fromWire(structuredClone(toWire(full)));
		assert.ok(arrived instanceof StorageError);
		assert.equal(arrived.code, 'ENOSPC');
		assert.match(errorText(arrived, german), /^\/prs\.sqlite kann nicht geschrieben werden: der Datenträger ist voll\./);
		assert.equal(errorText(fromWire(structuredClone(toWire(new HumanError(sentence('{0} refused: {1}', 'ghe', 'no'))))), german), 'ghe hat abgelehnt: no');
	});

	it('takes what a server says for text, whatever is in it', () => {
		assert.equal(errorText(new HumanError(sentence('{0} refused: {1}', '{1}', '{0} $& {2}')), english), '{1} refused: {0} $& {2}');
	});

	it('stays as it is when it was put into words by the editor’s side, or is none of ours', () => {
		assert.equal(errorText(new HumanError('Schon übersetzt {0}'), german), 'Schon übersetzt {0}');
		assert.equal(errorText(new TypeError('x is not a function'), german), 'x is not a function');
		assert.equal(errorText('thrown text', german), 'thrown text');
	});
});
