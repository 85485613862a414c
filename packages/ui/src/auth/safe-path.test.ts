import { expect, it } from 'vitest';
import { safePath } from './safe-path.ts';

it.each(['/home', '/projects/prj_1?status=ready&q=a%20b', '/listings/lst_1#name', '/a/../b//c'])(
  'keeps %s',
  (path) => {
    expect(safePath(path, '/other')).toBe(path.replace('/a/..', ''));
  },
);

it.each([
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  '/%2e//evil.example',
  '/.\\/evil.example',
  'javascript:alert(1)',
  '',
  undefined,
  null,
  ['/a', '/b'],
])('does not leave this site for %j', (path) => {
  expect(safePath(path, '/other')).toBe('/other');
});
