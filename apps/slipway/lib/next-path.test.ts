import { expect, it } from 'vitest';
import { safeNextPath } from './next-path.ts';

it.each(['/projects/prj_1', '/projects/prj_1?status=ready&q=a%20b', '/dashboard'])(
  'keeps %s',
  (path) => {
    expect(safeNextPath(path)).toBe(path);
  },
);

it.each([
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
  '',
  undefined,
  null,
  ['/a', '/b'],
])('does not follow %s', (next) => {
  expect(safeNextPath(next)).toBe('/dashboard');
});
