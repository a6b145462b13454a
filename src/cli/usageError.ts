import { HumanError } from '../core/model/humanError';

/** The command line was written wrongly; nothing was done. */
export class UsageError extends HumanError {
	override readonly name = 'UsageError';
}
