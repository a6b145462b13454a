import { HumanError, messageOf } from '../../core/model/humanError';
import { inWords, type Sentence } from '../../core/model/sentence';
import { oneLine } from '../../core/model/visibleText';
import type { Localizer } from './localizer';

/** What the core says, in the editor's language. @param shown how the values in it are written */
export function localized(said: Sentence, l10n: Localizer, shown: (value: string) => string = (value) => value): string {
	return inWords(said, (text, ...values) => l10n.t(text, ...values.map((value) => (typeof value === 'string' ? shown(value) : value))));
}

/** The line to show for anything that was thrown, in the editor's language as far as it is meant for a person. */
export function errorText(error: unknown, l10n: Localizer): string {
	return oneLine(error instanceof HumanError && error.sentence ? localized(error.sentence, l10n) : messageOf(error));
}
