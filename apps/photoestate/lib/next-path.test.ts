import { expect, it } from 'vitest';
import { safeNextPath } from './next-path.ts';

it('goes back to where somebody was, or home', () => {
  expect(safeNextPath('/listings/lst_1?q=a')).toBe('/listings/lst_1?q=a');
  expect(safeNextPath(undefined)).toBe('/home');
  expect(safeNextPath('//evil.example')).toBe('/home');
});
