export type Shortcut = {
  /** Any of these does it: "m", "?", "Shift+ArrowLeft", "Mod+z" (Mod is Ctrl, or ⌘ on a Mac). */
  keys: readonly string[];
  label: string;
  /** The caps that the sheet shows where the keys are a range: ["Shift", "0–5"]. */
  caps?: readonly string[];
  group: string;
  /** Only while the focus is inside an element with `data-keys` of this name. */
  scope?: string;
  run: (event: KeyboardEvent) => void;
  /** For keys that act as long as they are held down. */
  release?: () => void;
  /** Whether holding the key down repeats it. */
  repeats?: boolean;
};

type KeyLike = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>;
type KeyPlace = Pick<KeyboardEvent, 'code' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>;

/** The name of what was pressed. Shift is part of the name only where it makes no other character, or with Mod. */
export function keyName(event: KeyLike): string {
  const character = event.key.length === 1;
  const command = event.ctrlKey || event.metaKey;
  const parts = [
    command ? 'Mod' : '',
    event.altKey ? 'Alt' : '',
    event.shiftKey && (!character || command) ? 'Shift' : '',
    character ? event.key.toLowerCase() : event.key,
  ];
  return parts.filter(Boolean).join('+');
}

/** A digit with Shift, which is another character on every keyboard: "Shift+3" by the place of its key. */
export function shiftedDigit(event: KeyPlace): string | undefined {
  if (!event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return undefined;
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  return digit && `Shift+${digit}`;
}

const caps: Record<string, string> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  ' ': 'Space',
};

/** "Shift+ArrowLeft" as the caps to show: ["Shift", "←"]. */
export function keyCaps(key: string, mac = false): string[] {
  if (key === '+') return ['+'];
  return key.split('+').map((part) => {
    if (part === 'Mod') return mac ? '⌘' : 'Ctrl';
    return caps[part] ?? (part.length === 1 ? part.toUpperCase() : part);
  });
}

const editable =
  'input:not([type=range]), textarea, select, [contenteditable=""], [contenteditable="true"]';
const typing =
  'input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable=""], [contenteditable="true"]';
/** A slider wants these and no others. */
const sliding = /(^|\+)(Arrow\w+|Home|End|PageUp|PageDown)$/;
const layers = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox]';

function elementOf(event: KeyboardEvent): Element | null {
  return event.target instanceof Element ? event.target : null;
}

/** Keys that are a single character can trigger by accident, so a person may turn them off. */
function isSingleCharacter(key: string): boolean {
  return key.length === 1;
}

export class ShortcutRegistry {
  #shortcuts: readonly Shortcut[] = [];
  #listeners = new Set<() => void>();
  #held: { key: string; shortcut: Shortcut } | undefined;
  singleKeys = true;

  add(shortcuts: readonly Shortcut[]): () => void {
    this.#set([...this.#shortcuts, ...shortcuts]);
    return () => this.#set(this.#shortcuts.filter((each) => !shortcuts.includes(each)));
  }

  list = (): readonly Shortcut[] => this.#shortcuts;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  down = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const name = keyName(event);
    const target = elementOf(event);
    // Where digits need Shift, one with it is a digit.
    const digit = /^\d$/.test(name) ? undefined : shiftedDigit(event);
    const shortcut = (digit && this.#find(digit, target)) || this.#find(name, target);
    if (!shortcut) return;
    event.preventDefault();
    if (event.repeat && !shortcut.repeats) return;
    if (shortcut.release) this.#held = { key: event.key.toLowerCase(), shortcut };
    shortcut.run(event);
  };

  up = (event: KeyboardEvent): void => {
    if (this.#held?.key === event.key.toLowerCase()) this.letGo();
  };

  /** Ends a held key: its release may never be seen when the window loses the focus. */
  letGo = (): void => {
    this.#held?.shortcut.release?.();
    this.#held = undefined;
  };

  /** What is bound last wins; scopes that the focus is in win over the page, the innermost over all. */
  #find(name: string, target: Element | null): Shortcut | undefined {
    if (!this.singleKeys && isSingleCharacter(name)) return undefined;
    const candidates = this.#shortcuts.filter(({ keys }) => keys.includes(name)).reverse();
    // Fields that want the keys themselves are left alone, and so is the page behind an open layer.
    if (target?.closest('input[type=range]') && sliding.test(name)) return undefined;
    if (target?.closest(typing)) return undefined;
    const scoped = innermost(candidates, target);
    if (scoped) return scoped;
    if (target?.closest(editable) || document.querySelector(layers)) return undefined;
    return candidates.find(({ scope }) => scope === undefined);
  }

  #set(shortcuts: readonly Shortcut[]): void {
    this.#shortcuts = shortcuts;
    for (const listener of this.#listeners) listener();
  }
}

/** Of those whose scope the focus is in, the one that is nearest to it. */
function innermost(candidates: readonly Shortcut[], target: Element | null): Shortcut | undefined {
  let found: { shortcut: Shortcut; place: Element } | undefined;
  for (const shortcut of candidates) {
    const { scope } = shortcut;
    const place = scope === undefined ? null : target?.closest(`[data-keys~="${scope}"]`);
    if (place && (!found || (place !== found.place && found.place.contains(place))))
      found = { shortcut, place };
  }
  return found?.shortcut;
}

/** In groups, in order of first appearance: what the sheet shows. */
export function byGroup(shortcuts: readonly Shortcut[]): [string, Shortcut[]][] {
  const groups = new Map<string, Shortcut[]>();
  for (const shortcut of shortcuts) {
    const known = groups.get(shortcut.group) ?? [];
    if (known.some(({ label }) => label === shortcut.label)) continue;
    groups.set(shortcut.group, [...known, shortcut]);
  }
  return [...groups];
}
