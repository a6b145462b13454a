import assert from 'node:assert/strict';
import { workloadModel } from '../../../src/core/insights/workloadModel';
import { overviewTexts } from '../../../src/host/panel/overviewTexts';
import { workloadSvg, type Palette } from '../../../src/webview/workloadSvg';
import { english } from '../host/english';

const palette: Palette = { background: '#fff', text: '#000', ready: '#0a0', changesRequested: 'red', draft: 'rgba(0, 0, 0, 0.5)', stale: 'url(https://evil.example/x)', reviewRequested: '"/><script>' };
const row = { login: 'ada', ready: 2, changesRequested: 0, draft: 1, stale: 0, alsoStale: 0, reviewRequested: 0, merged: 0, reviewed: 0 };

describe('the chart as a file', () => {
	const draw = (login: string) => {
		const model = workloadModel([{ ...row, login }, { ...row, login: null, ready: 30 }]);
		return workloadSvg([...model.people, model.unassigned], { model, role: 'assignee' }, overviewTexts(english), palette);
	};

	it('shows everybody with name, parts and total', () => {
		const svg = draw('ada');
		assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
		assert.match(svg, />ada<\/text>/);
		assert.match(svg, /ada, Ready: 2<\/title>/);
		assert.match(svg, />Unassigned<\/text>/);
		assert.match(svg, />31 \(bar not to scale\)<\/text>/);
	});

	it('lets neither a name nor a theme write more than itself', () => {
		const svg = draw('<script>alert(1)</script>&"\u0000\ud800');
		assert.ok(svg.includes('&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;\ufffd\ufffd'));
		assert.ok(!svg.includes('<script') && !svg.includes('url('));
		assert.ok(svg.includes('.stale{fill:gray}') && svg.includes('.reviewRequested{fill:gray}'));
		assert.ok(svg.includes('.draft{fill:none;stroke:rgba(0, 0, 0, 0.5)}'));
	});
});
