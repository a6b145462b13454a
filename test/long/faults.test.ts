import { faultMatrix, type Outcome } from './faultMatrix';

const SIGNS: Record<Outcome, string> = { whole: '·', resumed: 'r', told: 't', 'after sign-in': 'a' };

describe('every signal at every request of a seed of 200 pull requests', function () {
	this.timeout(3_600_000);

	for (const times of [1, Infinity]) {
		it(`loses nothing when it comes ${times === 1 ? 'once' : 'and stays'}`, async () => show(await faultMatrix(200, undefined, times)));
	}
});

function show(matrix: Record<string, Outcome[]>): void {
	console.log('    · went through   r stopped, and the next run went on   t said what is missing, and the next run read it   a needed a person');
	for (const [signal, outcomes] of Object.entries(matrix)) {
		console.log(`    ${signal.padEnd(22)} ${outcomes.map((outcome) => SIGNS[outcome]).join('')}`);
	}
}
