import { expect, it } from 'vitest';
import { safeNextPath } from './next-path.ts';

it.each(['/listings/lst_1', '/listings/lst_1/scenes/scn_2?before=pho_3', '/account#name'])(
  'goes back to %s',
  (path) => {
    expect(safeNextPath(path)).toBe(path);
  },
);

it.each([
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  'https://evil.example/listings',
  'javascript:alert(1)',
  '',
  undefined,
  ['/account'],
])('does not leave this site for %j', (path) => {
  expect(safeNextPath(path)).toBe('/home');
});
