import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Attendance } from '../../src/host/background/attendance';

const MINUTE_MS = 60_000;

describe('whether somebody looks at a window', () => {
	const now = 1_000_000_000;

	const make = (focused: boolean) => {
		const changes = new vscode.EventEmitter<vscode.WindowState>();
		const clock = { at: now, now: () => clock.at };
		const attendance = new Attendance(clock, { state: { focused, active: focused }, onDidChangeWindowState: changes.event });
		let came = 0;
		attendance.onDidCome(() => came++);
		const setFocus = (is: boolean) => changes.fire({ focused: is, active: is });
		return { attendance, clock, setFocus, came: () => came };
	};

	it('is so while it has the focus, and a quarter of an hour after', () => {
		const { attendance, clock, setFocus } = make(true);
		assert.equal(attendance.until, Infinity);
		clock.at += 5 * MINUTE_MS;
		setFocus(false);
		clock.at += MINUTE_MS;
		// The editor tells more of a window's state than its focus.
		setFocus(false);
		assert.equal(attendance.until, now + 20 * MINUTE_MS);
		setFocus(true);
		assert.equal(attendance.until, Infinity);
		attendance.dispose();
	});

	it('is not so in a window that never had the focus, until somebody comes', () => {
		const { attendance, came, setFocus } = make(false);
		assert.ok(attendance.until < now);
		setFocus(true);
		setFocus(true);
		assert.deepEqual([attendance.until, came()], [Infinity, 1]);
		attendance.dispose();
	});
});
