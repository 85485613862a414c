/**
 * What can be done on the page that is open: by its keys, and from the command palette. The sheet of shortcuts
 * and the palette show these, and no others are bound.
 */
export type Shortcut = {
  id: string;
  /** Any of them: `j`, `ArrowDown`, `mod+a`, `shift+ArrowDown`, or one after another: `g f`. None: by the palette alone. */
  keys: readonly string[];
  label: string;
  group: string;
  /** Without an event when it was chosen in the palette. */
  run: (event?: KeyboardEvent) => void;
  /** Whether it would do anything now; the palette leaves out what would not. */
  when?: () => boolean;
  /** Off for what makes sense by keys alone, such as going one line down. */
  inPalette?: boolean;
};

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** How a pressed key is written in `keys`. Ctrl and ⌘ are both `mod`. */
export function nameOfKey({ key, ctrlKey, metaKey, shiftKey, altKey }: Pressed): string {
  const named = key === ' ' ? 'Space' : key;
  // A character already says whether Shift was held: `?` is Shift and `/`.
  const isCharacter = [...named].length === 1;
  const parts = [
    (ctrlKey || metaKey) && 'mod',
    altKey && 'alt',
    shiftKey && (!isCharacter || ctrlKey || metaKey) && 'shift',
    isCharacter && (ctrlKey || metaKey) ? named.toLowerCase() : named,
  ];
  return parts.filter(Boolean).join('+');
}

/** Single characters are easily hit by speech input: they can be turned off (WCAG 2.1.4). */
export const isSingleKey = (keys: string): boolean =>
  keys.split(' ').every((part) => [...part].length === 1 || part === 'Space');

/** The shortcut that this key completes, or whether a sequence has begun with it. */
export function matchShortcut(
  shortcuts: readonly Shortcut[],
  { before, name }: { before: string | undefined; name: string },
): { shortcut: Shortcut | undefined; keys: string; begun: boolean } {
  const sequence = before === undefined ? name : `${before} ${name}`;
  for (const keys of [sequence, name]) {
    // What was registered last is nearest to the person.
    const shortcut = shortcuts.findLast((each) => each.keys.includes(keys));
    if (shortcut) return { shortcut, keys, begun: false };
  }
  const begun = shortcuts.some((each) => each.keys.some((keys) => keys.startsWith(`${name} `)));
  return { shortcut: undefined, keys: name, begun };
}
