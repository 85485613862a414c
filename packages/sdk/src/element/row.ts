import { breaksRule } from '../client/errors.ts';
import { HOLDABLE, UNFINISHED, type Uploader, type UploadItem } from '../client/uploader.ts';
import { make, setAttribute, setText } from './dom.ts';
import type { ElementLabels } from './words.ts';

type Action = 'pause' | 'resume' | 'cancel' | 'retry' | 'remove';

/** One file of the list, kept while it is there, so that the focus stays on its buttons. */
export interface Row {
  readonly element: HTMLElement;
  update(item: UploadItem, words: ElementLabels): void;
}

/** What starts and stops a file in this state, if anything does. */
function switchOf({ state, error }: UploadItem): Action | null {
  if (HOLDABLE.includes(state)) return 'pause';
  if (state === 'paused') return 'resume';
  return state === 'cancelled' || (state === 'error' && !breaksRule(error)) ? 'retry' : null;
}

/** A row for the file with this key. */
export function createRow(key: string, act: Pick<Uploader, Action>): Row {
  const element = make('li', 'item');
  const name = make('span', 'name', { dir: 'auto' });
  const actions = make('span', '');
  const bar = make('progress', 'bar');
  const text = make('span', 'text');
  const button = () => {
    const made = make('button', 'action', { type: 'button' });
    made.addEventListener('click', () => act[made.dataset['action'] as Action](key));
    return made;
  };
  const [first, second] = [button(), button()];
  actions.append(first, ' ', second);
  element.append(name, actions, bar, text);
  return {
    element,
    update(item, words) {
      const { file, state, progress } = item;
      const isOpen = UNFINISHED.includes(state);
      const isError = state === 'error';
      const dress = (made: HTMLElement, action: Action | null) => {
        made.hidden = action === null;
        if (!action) return;
        made.dataset['action'] = action;
        setText(made, words[action]);
        setAttribute(made, 'aria-label', words.action(words[action], item));
      };
      dress(first, switchOf(item));
      dress(second, isOpen ? 'cancel' : 'remove');
      setAttribute(element, 'data-state', state);
      setText(name, file.name);
      setAttribute(name, 'title', file.name);
      bar.hidden = !isOpen;
      bar.value = progress;
      setAttribute(bar, 'aria-label', file.name);
      setAttribute(text, 'role', isError ? 'alert' : null);
      text.classList.toggle('slipway-error', isError);
      text.part.toggle('error', isError);
      setText(text, words.item(item));
    },
  };
}
