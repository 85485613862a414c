import { expect, it } from 'vitest';
import { safeNextPath } from './next-path.ts';

it('goes back to where somebody was, or home', () => {
  expect(safeNextPath('/projects/prj_1?q=a')).toBe('/projects/prj_1?q=a');
  expect(safeNextPath(undefined)).toBe('/dashboard');
  expect(safeNextPath('//evil.example')).toBe('/dashboard');
});
