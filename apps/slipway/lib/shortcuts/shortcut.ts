/** What a key does on the page that is open. The sheet of shortcuts shows these, and no others are bound. */
export type Shortcut = {
  id: string;
  /** Any of them: `j`, `ArrowDown`, `mod+a`, `shift+ArrowDown`, or one after another: `g f`. */
  keys: readonly string[];
  label: string;
  group: string;
  run: (event: KeyboardEvent) => void;
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
