import { DEFAULT_ROLE, partsOf, WORK_ROLES, type WorkSelection } from '../core/store/read/workParts';
import { MERGED_DAYS, type PageRequest } from './protocol';

/** A request of the page, each field looked at; `undefined` for anything else. */
export function readPageRequest(message: unknown): PageRequest | undefined {
	if (!isRecord(message) || !Number.isSafeInteger(message['id'])) {
		return undefined;
	}
	const id = Number(message['id']);
	const { kind } = message;
	switch (kind) {
		case 'start':
			return { kind, id };
		case 'workload': {
			const mergedDays = MERGED_DAYS.find((known) => known === message['mergedDays']);
			const role = message['role'] === null ? null : WORK_ROLES.find((known) => known === message['role']);
			return isKey(message['repository']) && mergedDays !== undefined && role !== undefined ? { kind, id, repository: message['repository'], mergedDays, role } : undefined;
		}
		case 'milestones':
			return isKey(message['repository']) ? { kind, id, repository: message['repository'] } : undefined;
		case 'milestone':
			return typeof message['milestone'] === 'string' ? { kind, id, milestone: message['milestone'] } : undefined;
		case 'filter': {
			const selection = message['selection'] === null ? null : readSelection(message['selection']);
			return selection === undefined ? undefined : { kind, id, selection };
		}
		case 'save': {
			const { format, content } = message;
			return (format === 'csv' || format === 'svg') && typeof content === 'string' ? { kind, id, format, content } : undefined;
		}
		default:
			return undefined;
	}
}

function readSelection(value: unknown): WorkSelection | undefined {
	if (!isRecord(value)) {
		return undefined;
	}
	const { login, staleBefore, repository } = value;
	const role = WORK_ROLES.find((known) => known === (value['role'] ?? DEFAULT_ROLE));
	const part = role && partsOf(role).find((known) => known === value['part']);
	if (role === undefined || part === undefined || !isKey(login) || typeof staleBefore !== 'string') {
		return undefined;
	}
	const base = { login, role, part, staleBefore };
	if (repository === undefined) {
		return base;
	}
	if (!isRecord(repository) || typeof repository['host'] !== 'string' || typeof repository['nameWithOwner'] !== 'string') {
		return undefined;
	}
	return { ...base, repository: { host: repository['host'], nameWithOwner: repository['nameWithOwner'] } };
}

function isKey(value: unknown): value is string | null {
	return value === null || typeof value === 'string';
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
