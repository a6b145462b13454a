import { LANES, myWork } from '../../core/insights/myWork';
import { DEFAULT_STUCK_DAYS, TURN_REASONS, turnOf, type Turn } from '../../core/insights/turn';
import { inEnglish } from '../../core/model/sentence';
import { teamsOf } from '../../core/model/viewer';
import type { TurnFacts } from '../../core/store/read/turnFacts';
import { openAttributes } from '../askedFilter';
import { byRepository, type Report, type ReportSource } from './report';

const PULL_REQUEST = [{ title: '#', align: 'right' as const }, { title: 'Title', max: 50 }];
const TURN = [{ title: 'Waits for' }, { title: 'Reason' }, { title: 'Since' }];

/** Every open pull request once, with whose turn it is, why, and since when. */
export async function turnReport(source: ReportSource): Promise<Report> {
	const describe = describer(source);
	return byRepository(source.repositories, [...PULL_REQUEST, ...TURN], await openOnes(source), (facts) => describe(facts, turnOf(facts)));
}

/** What is somebody's, lane by lane; with what is asked of their teams, where a sync has read these. */
export async function mineReport(source: ReportSource): Promise<Report> {
	const { now, asked, repositories, stuckDays = DEFAULT_STUCK_DAYS } = source;
	const describe = describer(source);
	const all = await openOnes(source);
	const hosts = new Map(repositories.map(({ id, host }) => [id, host]));
	const known = await source.store.read.viewers();
	const mine = (asked.asker?.me ?? []).flatMap(({ host, login }) => {
		const teams = teamsOf(known, { host, login });
		return myWork(all.filter(({ repositoryId }) => hosts.get(repositoryId) === host), { login, teams, now, stuckDays });
	});
	const lines = mine.map((one) => ({ ...one, repositoryId: one.facts.repositoryId }));
	return byRepository(source.repositories, [{ title: 'Lane' }, ...PULL_REQUEST, ...TURN], lines, ({ lane, facts, turn }) => {
		const { cells, item } = describe(facts, turn);
		return { cells: [inEnglish(LANES[lane]), ...cells], item: { lane, ...item } };
	});
}

function openOnes({ store, filter, asked }: ReportSource): Promise<TurnFacts[]> {
	return store.read.turnFacts({ ...filter, ...openAttributes(asked, 'This report') });
}

function describer({ repositories }: ReportSource) {
	const names = new Map(repositories.map(({ id, nameWithOwner }) => [id, nameWithOwner]));
	return ({ repositoryId, number, title, authorLogin, url }: TurnFacts, { waitsFor, who, reason, since }: Turn): { cells: string[]; item: object } => {
		const why = inEnglish(TURN_REASONS[reason]);
		return {
			cells: [String(number), title, who.length === 0 ? waitsFor : `${waitsFor}: ${who.join(', ')}`, why, since === null ? 'not known' : since.slice(0, 10)],
			item: { number, nameWithOwner: names.get(repositoryId), title, author: authorLogin, url, waitsFor, who, reason: why, since },
		};
	};
}
