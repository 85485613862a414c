import { expect, it } from 'vitest';
import { isSingleKey, matchShortcut, nameOfKey, type Shortcut } from './shortcut.ts';

const none = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
const shortcut = (id: string, ...keys: string[]): Shortcut => ({
  id,
  keys,
  label: id,
  group: 'Test',
  run: () => undefined,
});

it.each([
  [{ key: 'j' }, 'j'],
  [{ key: '?', shiftKey: true }, '?'],
  [{ key: ' ' }, 'Space'],
  [{ key: 'A', ctrlKey: true }, 'mod+a'],
  [{ key: 'a', metaKey: true }, 'mod+a'],
  [{ key: 'Z', metaKey: true, shiftKey: true }, 'mod+shift+z'],
  [{ key: 'ArrowDown', shiftKey: true }, 'shift+ArrowDown'],
])('%o is %s', (pressed, name) => {
  expect(nameOfKey({ ...none, ...pressed })).toBe(name);
});

it('finds single keys, sequences, and the nearest of two', () => {
  const all = [
    shortcut('down', 'j', 'ArrowDown'),
    shortcut('files', 'g f'),
    shortcut('other', 'j'),
  ];
  const press = (name: string, before?: string) => {
    const found = matchShortcut(all, { before, name });
    return [found.shortcut?.id, found.begun];
  };
  expect(press('j')).toEqual(['other', false]);
  expect(press('ArrowDown')).toEqual(['down', false]);
  expect(press('g')).toEqual([undefined, true]);
  expect(press('f', 'g')).toEqual(['files', false]);
  expect(press('f')).toEqual([undefined, false]);
  // A key that goes on with no sequence counts for itself.
  expect(press('j', 'g')).toEqual(['other', false]);
});

it('knows which shortcuts can be turned off', () => {
  expect(['j', 'g f', 'Space', '?'].every(isSingleKey)).toBe(true);
  expect(['mod+k', 'ArrowDown', 'Escape', 'Enter'].some(isSingleKey)).toBe(false);
});
