import { expect, test } from 'vitest';
import { addressSlug, resultName } from './download-name.ts';

test.each([
  ['12 Main Street', '12-main-street'],
  ['Königsallee 5/3, Düsseldorf', 'konigsallee-5-3-dusseldorf'],
  ['Große Straße 1', 'grosse-strasse-1'],
  ['../../etc/passwd', 'etc-passwd'],
  ['東京都港区1-2', '東京都港区1-2'],
  ['///', 'photo'],
])('%s becomes %s', (address, slug) => {
  expect(addressSlug(address)).toBe(slug);
});

test('a letter of two units at the limit is kept or left out, never halved', () => {
  const letter = '\u{20000}';
  expect(addressSlug(letter.repeat(70))).toBe(letter.repeat(60));
});

test('long addresses end in a whole name', () => {
  const name = resultName('a very long street name '.repeat(10), 7);
  expect(name.length).toBeLessThan(70);
  expect(name).toMatch(/[a-z]-07\.jpg$/);
});
