import { expect, test } from 'vitest';
import { archiveName, photoNames } from './names.ts';

const photos = (...titles: (string | null)[]) =>
  titles.map((title, index) => ({ title, position: index + 1 }));

test('files are named by their house, in their order, so that no two are the same', () => {
  expect(photoNames('123 Main St.', photos('Kitchen', null, 'Kitchen'))).toEqual([
    '123-main-st-01-kitchen',
    '123-main-st-02',
    '123-main-st-03-kitchen',
  ]);
  expect(photoNames('1 A', photos(...Array<null>(120).fill(null)))[99]).toBe('1-a-100');
});

test.each([
  ['../../etc/passwd', '../.. \\ CON:*?"<>|'],
  ['東京都 1-2', '台所'],
  ['Hauptstraße 5', 'Küche & Bad'],
  ['\u202Egpj.exe', 'a\u0000b'],
  ['', ''],
])('%s is safe on every system', (address, title) => {
  for (const name of [...photoNames(address, photos(title, title)), archiveName(address, 'mls')]) {
    expect(name).toMatch(/^[a-z0-9][a-z0-9.-]{0,120}$/);
    expect(name).not.toMatch(/\.\.|^(con|nul|aux|prn)(\.|$)|[.-]$/);
  }
});
