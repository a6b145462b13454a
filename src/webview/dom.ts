type Child = Node | string | null;

/** Attributes by name; `null` and `false` leave one out. Text from outside is only ever an attribute's value or a text node. */
export type Attributes = Readonly<Record<string, string | number | boolean | null>>;

/** An HTML element with its attributes and children. */
export function html<K extends keyof HTMLElementTagNameMap>(name: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
	const element = document.createElement(name);
	setAttributes(element, attributes);
	element.append(...children.filter((child) => child !== null));
	return element;
}

/** The same in SVG. */
export function svg<K extends keyof SVGElementTagNameMap>(name: K, attributes: Attributes = {}, ...children: Child[]): SVGElementTagNameMap[K] {
	const element = document.createElementNS('http://www.w3.org/2000/svg', name);
	setAttributes(element, attributes);
	element.append(...children.filter((child) => child !== null));
	return element;
}

function setAttributes(element: Element, attributes: Attributes): void {
	for (const [name, value] of Object.entries(attributes)) {
		if (value !== null && value !== false) {
			element.setAttribute(name, value === true ? '' : String(value));
		}
	}
}

/** A button with a text. */
export function button(text: string, onClick: () => void, attributes: Attributes = {}): HTMLButtonElement {
	const element = html('button', { type: 'button', ...attributes }, text);
	element.addEventListener('click', onClick);
	return element;
}

/** A list to choose one of, with its label. `choices` are values and texts. */
export class LabelledSelect<T extends string> {
	readonly element: HTMLLabelElement;
	private readonly select = html('select');
	private readonly label = html('span');

	constructor(label: string, onChange: (value: T) => void) {
		this.element = html('label', { class: 'field' }, this.label, this.select);
		this.rename(label);
		this.select.addEventListener('change', () => onChange(this.select.value as T));
	}

	rename(label: string): void {
		this.label.textContent = label;
	}

	/** Leaves the list as it is when nothing differs, so that an open one stays open. */
	set(choices: readonly (readonly [T, string])[], value: T): void {
		const shown = [...this.select.options].map((option) => `${option.value}\n${option.text}`);
		if (shown.join('\n') !== choices.map(([key, text]) => `${key}\n${text}`).join('\n')) {
			this.select.replaceChildren(...choices.map(([key, text]) => html('option', { value: key }, text)));
		}
		this.select.value = value;
	}
}

/** A box to tick, with its label. */
export function checkbox(label: string, checked: boolean, onChange: (checked: boolean) => void): HTMLLabelElement {
	const input = html('input', { type: 'checkbox', checked });
	input.addEventListener('change', () => onChange(input.checked));
	return html('label', { class: 'check' }, input, html('span', {}, label));
}

/** Gives the focus back after a redraw, but only while the page has it: it would be taken from the rest of the editor. */
export function focusAgain(element: HTMLElement | undefined): void {
	if (document.hasFocus()) {
		element?.focus();
	}
}
