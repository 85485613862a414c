import type { UploadRules } from '../shared/types.ts';
import { CSS } from '../ui/css.ts';
import { DROPZONE_CSS } from '../ui/dropzone-css.ts';
import { make, setAttribute, setText } from './dom.ts';
import type { ElementLabels } from './words.ts';

/** What the element shows around its list. */
export interface View {
  readonly root: HTMLElement;
  readonly button: HTMLButtonElement;
  readonly list: HTMLElement;
  update(state: {
    readonly words: ElementLabels;
    readonly rules: UploadRules | null;
    readonly title: string;
    readonly button: string;
    readonly many: boolean;
    readonly disabled: boolean;
    readonly isButton: boolean;
    readonly status: string;
  }): void;
}

interface Handlers {
  take(files: readonly File[]): void;
  arrive(event: DragEvent | ClipboardEvent): void;
}

let sheet: CSSStyleSheet | undefined;

/** One sheet for all elements; as it is no inline style, no Content-Security-Policy stops it. */
function styles(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(
      `:host{display:block}:host([hidden]),[hidden]{display:none!important}${CSS}${DROPZONE_CSS}`,
    );
  }
  return sheet;
}

/** Fills a shadow root. */
export function createView(shadow: ShadowRoot, { take, arrive }: Handlers): View {
  shadow.adoptedStyleSheets = [styles()];
  const root = make('div', 'root');
  const input = make('input', '', { type: 'file', hidden: '' });
  const button = make('button', 'button', { type: 'button' });
  const zone = make('div', 'dropzone', { role: 'group' });
  const [drop, rule] = [make('span', 'hint'), make('span', 'hint')];
  const list = make('ul', 'list');
  const spoken = make('span', '', { role: 'status', class: 'slipway-spoken' });
  zone.append(input, button, drop, rule);
  root.append(zone, list, spoken);
  shadow.append(root);
  input.addEventListener('change', () => {
    take([...(input.files ?? [])]);
    input.value = '';
  });
  button.addEventListener('click', () => input.click());
  for (const type of ['dragenter', 'dragover', 'dragleave', 'drop', 'paste'] as const)
    root.addEventListener(type, arrive);
  return {
    ...{ root, button, list },
    update({ words, rules, title, many, disabled, isButton, status, button: text }) {
      setAttribute(zone, 'class', isButton ? null : 'slipway-dropzone');
      setAttribute(zone, 'part', isButton ? null : 'dropzone');
      setAttribute(zone, 'role', isButton ? null : 'group');
      setAttribute(zone, 'aria-label', isButton ? null : title);
      drop.hidden = isButton;
      rule.hidden = isButton || !rules;
      setText(button, text);
      setText(drop, words.drop(many));
      setText(rule, rules ? words.rules(rules) : '');
      setText(spoken, status);
      button.disabled = disabled;
      input.disabled = disabled;
      input.multiple = many;
      setAttribute(input, 'accept', rules?.types.join(',') || null);
    },
  };
}
