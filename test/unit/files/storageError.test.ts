import assert from 'node:assert/strict';
import { StorageError, storageError, type FileAction } from '../../../src/core/files/storageError';

const failure = (code: string, syscall: string) => Object.assign(new Error(code), { code, syscall, path: '/data/prs.sqlite' });

function words(code: string, syscall: string, doing?: FileAction): string {
	const error = storageError(failure(code, syscall), doing);
	assert.ok(error instanceof StorageError && error.code === code);
	return error.message;
}

describe('a failure of the storage folder', () => {
	it('says whether it was reading or writing', () => {
		assert.match(words('EACCES', 'scandir'), /^Can't read \/data\/prs\.sqlite: permission was denied/);
		assert.match(words('EACCES', 'rename'), /^Can't write /);
		assert.match(words('EACCES', 'open', 'read'), /^Can't read /);
		assert.match(words('EACCES', 'open', 'write'), /^Can't write /);
		assert.match(words('ENOSPC', 'open', 'read'), /^Can't write /);
	});

	it('takes no side where nobody knows', () => assert.match(words('EACCES', 'open'), /^Can't use /));

	it('gives advice that a terminal and an editor can follow', () => {
		for (const code of ['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EISDIR', 'EMFILE']) {
			assert.match(words(code, 'open'), /, then try again\. Nothing stored before was lost\.$/, code);
			assert.doesNotMatch(words(code, 'open'), /run it|another storage folder/, code);
		}
	});

	it('leaves everything else as it was', () => {
		for (const other of [new Error('x'), failure('ENOENT', 'open'), 'text', undefined]) {
			assert.equal(storageError(other), other);
		}
	});
});
