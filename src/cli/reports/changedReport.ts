import { changeTexts, DEFAULT_CHANGED_HOURS, netChanges } from '../../core/insights/changes';
import { instant } from '../../core/model/clock';
import { inEnglish } from '../../core/model/sentence';
import { byRepository, type Report, type ReportSource } from './report';

/** The pull requests of which syncs have seen something change, and what it comes to. */
export async function changedReport({ store, repositories, filter, asked, now, since = instant(now - DEFAULT_CHANGED_HOURS * 3_600_000) }: ReportSource): Promise<Report> {
	const nameOf = new Map(repositories.map(({ id, nameWithOwner }) => [id, nameWithOwner]));
	const lines = (await store.read.changes({ ...filter, ...asked.filter, since })).flatMap((row) => {
		const net = netChanges(row.changes);
		return net.length === 0 ? [] : [{ ...row, net, seenAt: row.changes.at(-1)?.seenAt ?? since }];
	});
	const columns = [{ title: '#', align: 'right' as const }, { title: 'Title', max: 50 }, { title: 'What changed', max: 80 }, { title: 'Seen' }];
	return byRepository(repositories, columns, lines, ({ repositoryId, number, title, authorLogin, state, url, net, seenAt }) => {
		const texts = changeTexts(net).map(inEnglish);
		return {
			cells: [String(number), title, texts.join('; '), seenAt.replace('T', ' ').slice(0, 16)],
			item: { number, nameWithOwner: nameOf.get(repositoryId), title, author: authorLogin, state, url, seenAt, text: texts.join('; '), changes: net },
		};
	});
}
