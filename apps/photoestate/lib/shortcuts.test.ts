import { expect, it } from 'vitest';
import { byGroup, keyCaps, keyName, type Shortcut } from './shortcuts.ts';

const plain = { shiftKey: false, altKey: false, ctrlKey: false, metaKey: false };

it.each([
  [{ ...plain, key: 'm' }, 'm'],
  [{ ...plain, key: 'M', shiftKey: true }, 'm'],
  [{ ...plain, key: '?', shiftKey: true }, '?'],
  [{ ...plain, key: 'ArrowLeft', shiftKey: true }, 'Shift+ArrowLeft'],
  [{ ...plain, key: 'z', metaKey: true }, 'Mod+z'],
  [{ ...plain, key: 'z', ctrlKey: true }, 'Mod+z'],
  [{ ...plain, key: 'b', altKey: true }, 'Alt+b'],
])('%j is called %s', (event, name) => {
  expect(keyName(event)).toBe(name);
});

it('shows caps as they stand on the keyboard', () => {
  expect(keyCaps('Shift+ArrowLeft')).toEqual(['Shift', '←']);
  expect(keyCaps('Mod+z', true)).toEqual(['⌘', 'Z']);
});

it('the sheet has every label once, under its group', () => {
  const shortcut = (label: string, group: string): Shortcut => ({
    keys: ['x'],
    label,
    group,
    run: () => undefined,
  });
  const sheet = byGroup([
    shortcut('Move', 'Frames'),
    shortcut('Fit', 'View'),
    shortcut('Move', 'Frames'),
    shortcut('Delete', 'Frames'),
  ]);
  expect(sheet.map(([group, list]) => [group, list.map(({ label }) => label)])).toEqual([
    ['Frames', ['Move', 'Delete']],
    ['View', ['Fit']],
  ]);
});
