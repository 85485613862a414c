import { expect, it } from 'vitest';
import { byGroup, keyCaps, keyName, type Shortcut, shiftedDigit } from './shortcuts.ts';

const plain = { shiftKey: false, altKey: false, ctrlKey: false, metaKey: false };

it.each([
  [{ ...plain, key: 'm' }, 'm'],
  [{ ...plain, key: 'M', shiftKey: true }, 'm'],
  [{ ...plain, key: '?', shiftKey: true }, '?'],
  [{ ...plain, key: 'ArrowLeft', shiftKey: true }, 'Shift+ArrowLeft'],
  [{ ...plain, key: 'z', metaKey: true }, 'Mod+z'],
  [{ ...plain, key: 'z', ctrlKey: true }, 'Mod+z'],
  [{ ...plain, key: 'C', ctrlKey: true, shiftKey: true }, 'Mod+Shift+c'],
  [{ ...plain, key: 'b', altKey: true }, 'Alt+b'],
])('%j is called %s', (event, name) => {
  expect(keyName(event)).toBe(name);
});

it('knows a digit with Shift by the place of its key, whatever character that is', () => {
  const key = { ...plain, code: 'Digit3', shiftKey: true };
  expect(shiftedDigit(key)).toBe('Shift+3');
  expect(shiftedDigit({ ...key, shiftKey: false })).toBe(undefined);
  expect(shiftedDigit({ ...key, ctrlKey: true })).toBe(undefined);
  expect(shiftedDigit({ ...key, code: 'Slash' })).toBe(undefined);
});

it('shows caps as they stand on the keyboard', () => {
  expect(keyCaps('Shift+ArrowLeft')).toEqual(['Shift', '←']);
  expect(keyCaps('Mod+z', true)).toEqual(['⌘', 'Z']);
  expect(keyCaps('+')).toEqual(['+']);
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
